"""The sitemap: an index of parts, which hold what is published, at most ten thousand URLs each."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.revisions import withdraw
from remedies import sitemaps
from remedies.models import Remedy
from tests.factories import make_condition, make_entry, make_remedy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def https(settings):
    settings.SITE_URL = "https://remedies.example"


def urls(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    found = re.findall(r"<loc>https://remedies\.example(/[^<]*)</loc>", response.content.decode())
    assert response.content.count(b"<loc>") == len(found)
    return found


def every_url(client: Client) -> list[str]:
    return [url for part in urls(client, "/sitemap.xml") for url in urls(client, part)]


def test_a_page_says_when_its_revision_was_published(client):
    remedy = make_remedy("Alpha")
    (part,) = (path for path in urls(client, "/sitemap.xml") if "remedies" in path)
    text = client.get(part).content.decode()
    assert f"/remedies/alpha/</loc><lastmod>{remedy.published_at:%Y-%m-%d}</lastmod>" in text


def test_the_index_says_when_a_section_of_one_part_changed_and_nothing_of_several(
    client, monkeypatch
):
    older, newest = make_remedy(), make_remedy()
    Remedy.objects.filter(pk=older.pk).update(published_at=newest.published_at - timedelta(days=9))
    day = f"<lastmod>{newest.published_at:%Y-%m-%d}</lastmod>"
    index = client.get("/sitemap.xml").content.decode()
    assert f"/sitemap/remedies-1.xml</loc>{day}" in index
    assert "/sitemap/pages.xml</loc></sitemap>" in index
    monkeypatch.setattr(sitemaps, "PER_PART", 1)
    index = client.get("/sitemap.xml").content.decode()
    assert "/sitemap/remedies-" in index
    assert "lastmod" not in index


def test_parts_take_up_where_the_one_before_ends_and_name_every_page_once(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_PART", 3)
    entries = [make_entry(make_remedy(), make_condition()) for _number in range(10)]
    index = urls(client, "/sitemap.xml")
    assert all(len(urls(client, part)) <= 3 for part in index if "pages" not in part)
    listed = every_url(client)
    assert len(listed) == len(set(listed)) == 19 + 3 * 10
    pages = {subject.get_absolute_url() for entry in entries for subject in entry.parts}
    assert pages < set(listed)


def test_the_index_needs_as_many_queries_for_many_parts_as_for_one(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_PART", 1)
    counts = set()
    for _number in range(3):
        make_entry()
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
        counts.add(len(queries))
    assert counts == {6}


def test_a_part_where_nothing_is_left_is_not_listed_and_not_there(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_PART", 1)
    gone, kept = make_remedy(), make_remedy()
    withdraw(gone, by=None, reason="Wrong.")
    index = urls(client, "/sitemap.xml")
    assert f"/sitemap/remedies-{kept.pk}.xml" in index
    assert f"/sitemap/remedies-{gone.pk}.xml" not in index
    assert client.get(f"/sitemap/remedies-{gone.pk}.xml").status_code == 404


@pytest.mark.parametrize("place", [0, 1])
def test_a_part_whose_entries_lost_their_remedies_or_conditions_is_not_listed(
    client, monkeypatch, place
):
    monkeypatch.setattr(sitemaps, "PER_PART", 1)
    gone, kept = make_entry(), make_entry()
    withdraw((gone.remedy, gone.condition)[place], by=None, reason="Wrong.")
    index = urls(client, "/sitemap.xml")
    assert f"/sitemap/entries-{kept.pk}.xml" in index
    assert f"/sitemap/entries-{gone.pk}.xml" not in index
    assert client.get(f"/sitemap/entries-{gone.pk}.xml").status_code == 404


@pytest.mark.parametrize("part", ["no-such-1", "remedies-0", "remedies-999999999", "pages-1"])
def test_other_parts_are_not_there(client, part):
    assert client.get(f"/sitemap/{part}.xml").status_code == 404
