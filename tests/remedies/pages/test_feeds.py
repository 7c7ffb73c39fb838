"""Feeds tell of what editors published, as sound Atom, and of nothing that readers cannot see."""

import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conditions.services import publish_condition
from remedies.pages.feeds import MOST_ITEMS
from remedies.services import (
    publish_entry,
    publish_remedy,
    rename_remedy,
    withdraw_entry,
    withdraw_remedy,
)
from tests.factories import make_comment, make_condition, make_entry, make_remedy, make_user
from tests.site.pagecache.site import Site as PageSite

pytestmark = pytest.mark.django_db
SITE = "/feeds/updates.atom"
CORRECTIONS = "/feeds/corrections.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(url: str) -> ET.Element:
    response = Client().get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, no-cache"
    return ET.fromstring(response.content)


def titles(url: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in read(url).iter(f"{ATOM}entry")]


def feed_of(subject) -> str:
    return f"{subject.get_absolute_url()}-/feed.atom"


def correct(entry, note: str = "The dose was wrong.") -> None:
    entry.verdict = "We do not know whether it helps. Much is open."
    publish_entry(entry, by=None, note=note, correction=True)


def test_each_has_what_atom_asks_for_and_names_itself(settings):
    entry = make_entry()
    correct(entry)
    for url, page in (
        (SITE, "/"),
        (CORRECTIONS, "/recent/corrected/"),
        (feed_of(entry.remedy), entry.remedy.get_absolute_url()),
        (feed_of(entry.condition), entry.condition.get_absolute_url()),
    ):
        feed = read(url)
        assert feed.tag == f"{ATOM}feed"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {"self": settings.SITE_URL + url, "alternate": settings.SITE_URL + page}
        assert feed.findtext(f"{ATOM}id") == settings.SITE_URL + url
        assert feed.findtext(f"{ATOM}title")
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == settings.SITE_NAME
        entries = feed.findall(f"{ATOM}entry")
        moments = [datetime.fromisoformat(each.findtext(f"{ATOM}updated")) for each in entries]
        assert moments == sorted(moments, reverse=True)
        assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == moments[0]
        assert len({each.findtext(f"{ATOM}id") for each in entries}) == len(entries)
        for each in entries:
            assert each.findtext(f"{ATOM}title")
            assert each.find(f"{ATOM}link").get("href").startswith(settings.SITE_URL)


def test_a_correction_comes_first_with_what_was_wrong():
    entry = make_entry()
    correct(entry, "5 < 6 & so on")
    newest = read(SITE).find(f"{ATOM}entry")
    assert newest.findtext(f"{ATOM}title") == f"{entry.shown_title}: correction"
    summary = newest.find(f"{ATOM}summary")
    assert (summary.get("type"), summary.text) == ("html", "5 &lt; 6 &amp; so on")


def test_a_page_s_feed_has_its_own_and_its_entries_revisions_alone():
    entry, _other = make_entry(), make_entry()
    of_remedy, of_condition, of_entry = (
        f"{part.shown_title}: new page" for part in (entry.remedy, entry.condition, entry)
    )
    assert set(titles(feed_of(entry.remedy))) == {of_remedy, of_entry}
    assert set(titles(feed_of(entry.condition))) == {of_condition, of_entry}
    assert len(titles(SITE)) == 6


def test_drafts_and_their_names_are_in_none():
    entry = make_entry()
    make_entry(entry.remedy, make_condition("Unheard", published=False))
    entry.remedy.name = "Unheard too"
    entry.remedy.save()
    for url in (SITE, feed_of(entry.remedy), feed_of(entry.condition)):
        assert "Unheard" not in Client().get(url).content.decode()


def test_what_is_withdrawn_leaves_with_all_its_revisions_and_its_own_feed_is_gone():
    entry = make_entry()
    correct(entry)
    withdraw_entry(entry, by=None, reason="It was wrong.")
    assert not [title for title in titles(SITE) if entry.shown_title in title]
    withdraw_remedy(entry.remedy, by=None, reason="It was wrong.")
    assert titles(SITE) == [f"{entry.condition.shown_name}: new page"]
    assert Client().get(feed_of(entry.remedy)).status_code == 410
    assert Client().get(feed_of(make_remedy(published=False))).status_code == 404


def test_an_id_stays_when_the_page_is_renamed_and_the_old_path_leads_to_the_new_one():
    remedy = make_remedy()
    old = feed_of(remedy)
    ids = [entry.findtext(f"{ATOM}id") for entry in read(old).iter(f"{ATOM}entry")]
    assert ids[0].startswith("tag:")
    rename_remedy(remedy, slug="another-slug")
    response = Client().get(old)
    assert (response.status_code, response["Location"]) == (301, feed_of(remedy))
    assert [
        each.findtext(f"{ATOM}id") for each in read(feed_of(remedy)).iter(f"{ATOM}entry")
    ] == ids


def test_a_feed_is_bounded_and_takes_four_queries_whatever_there_is():
    remedy = make_remedy()
    for number in range(MOST_ITEMS + 3):
        remedy.one_line = f"Line {number}."
        publish_remedy(remedy, by=None)
    condition = make_condition()
    condition.one_line = "The newest."
    publish_condition(condition, by=None)
    assert len(titles(SITE)) == MOST_ITEMS
    assert titles(SITE)[0] == f"{condition.shown_name}: update"
    with CaptureQueriesContext(connection) as queries:
        Client().get(SITE)
    assert len(queries) <= 4


def test_corrections_have_a_feed_of_their_own_that_leads_to_what_changed(settings):
    entry = make_entry(make_remedy("Zinc"), make_condition("Colds"))
    entry.remedy.one_line = "Another line."
    publish_remedy(entry.remedy, by=None, note="An update.")
    entry.condition.one_line = "Another line."
    publish_condition(entry.condition, by=None, note="It said a wrong thing.", correction=True)
    correct(entry)
    assert titles(CORRECTIONS) == ["Zinc for Colds: correction", "Colds: correction"]
    links = [
        item.find(f"{ATOM}link").get("href") for item in read(CORRECTIONS).iter(f"{ATOM}entry")
    ]
    assert links == [
        f"{settings.SITE_URL}/remedies/zinc/colds/history/1...2/",
        f"{settings.SITE_URL}/conditions/colds/-/history/1...2/",
    ]
    for link in links:
        assert Client().get(link.removeprefix(settings.SITE_URL)).status_code == 200
    withdraw_entry(entry, by=None, reason="Wrong.")
    assert titles(CORRECTIONS) == ["Colds: correction"]


def test_no_comment_is_in_any():
    entry = make_entry()
    make_comment(entry, body="A very personal text.")
    make_comment(entry.remedy, body="A very personal text.")
    for url in (SITE, feed_of(entry.remedy), feed_of(entry.condition)):
        assert "personal" not in Client().get(url).content.decode()


def test_pages_name_their_feeds_for_members_and_readers_but_drafts_and_old_versions_do_not():
    entry = make_entry()
    member = Client()
    member.force_login(make_user())
    for browser in (Client(), member):
        for page, feed in (
            ("/", SITE),
            ("/recent/corrected/", CORRECTIONS),
            ("/recent/reviewed/", SITE),
            (entry.remedy.get_absolute_url(), feed_of(entry.remedy)),
            (entry.condition.get_absolute_url(), feed_of(entry.condition)),
        ):
            head = browser.get(page).content.decode().partition("</head>")[0]
            link = [part for part in head.split("<link ") if "application/atom+xml" in part][-1]
            assert f'href="{feed}"' in link
    old = Client().get(f"{entry.remedy.get_absolute_url()}-/r/1/").content.decode()
    assert "feed.atom" not in old


@pytest.mark.django_db(transaction=True)
def test_a_feed_is_kept_for_readers_and_shows_a_change_on_the_next_request():
    site = PageSite()
    entry = make_entry()
    urls = (SITE, feed_of(entry.remedy), feed_of(entry.condition))
    before = [site.get(url) for url in urls]
    assert [site.get(url) for url in urls] == before
    assert site.django.times == len(urls)
    correct(entry)
    after = [site.get(url)[2].decode() for url in urls]
    assert all(f"{entry.shown_title}: correction" in feed for feed in after)
    make_comment(entry, body="A very personal text.")
    assert [site.get(url)[2].decode() for url in urls] == after
