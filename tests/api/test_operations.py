"""What the API gives of each kind, page by page, and to whom it says no."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conditions.services import publish_condition, rename_condition, withdraw_condition
from publishing.models import Revision
from remedies.models import Precaution
from remedies.services import publish_entry, publish_remedy, withdraw_entry
from search.citing import published_works
from tests.factories import make_citation, make_condition, make_entry, make_remedy

ROOT = "/api/v1"
LEGS = f"{ROOT}/entries/magnesium/restless-legs-syndrome"


@pytest.fixture
def world(standing_world):
    return standing_world


def get(client, path: str, status: int = 200):
    response = client.get(path)
    assert response.status_code == status, response.content
    return response.json()


def all_of(client, path: str) -> list[dict]:
    """The items of every page, in order."""
    items, pages = [], 0
    url = path
    while url:
        page = get(client, url.removeprefix("http://127.0.0.1:8000"))
        items += page["items"]
        url, pages = page["next"], pages + 1
        assert pages < 50
    return items


def test_an_entry_holds_its_evidence_doses_warnings_interactions_and_grade(world, client):
    record = get(client, LEGS)
    assert (record["remedy"], record["condition"]) == ("magnesium", "restless-legs-syndrome")
    document = record["document"]
    assert "Ahlberg2020" in {row["citation"] for row in document["evidence_items"]}
    assert document["regimens"]
    assert document["precautions"]
    assert record["remedy_safety"]["interactions"]
    assert [step["name"] for step in record["grade"]["steps"]]
    assert record["certainty"] == record["grade"]["certainty"]
    assert record["url"].endswith("/remedies/magnesium/restless-legs-syndrome/")


def test_a_remedy_a_condition_and_a_work_are_given_whole(world, client):
    assert get(client, f"{ROOT}/remedies/magnesium")["document"]["limits"]
    assert get(client, f"{ROOT}/conditions/insomnia")["document"]["red_flags"]
    work = get(client, f"{ROOT}/citations/Ahlberg2020")
    assert work["document"]["title"] == "A trial of magnesium"
    assert work["url"].endswith("/references/Ahlberg2020/")


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_lists_give_everything_once_whatever_the_size_of_a_page(world, client, limit):
    for number in range(4):
        make_entry(make_remedy(f"Alpha {number}"), world.insomnia)
    works = published_works().count()
    for kind, total in (("remedies", 5), ("conditions", 2), ("entries", 6), ("citations", works)):
        items = all_of(client, f"{ROOT}/{kind}?limit={limit}")
        assert len(items) == len({item["api_url"] for item in items}) == total, kind
        for item in items:
            record = get(client, item["api_url"].removeprefix("http://127.0.0.1:8000"))
            assert record.items() >= item.items()


def test_lists_are_narrowed_by_each_filter(world, client):
    iron = make_entry(make_remedy("Iron", kind="mineral"), world.insomnia)
    wanted = {
        "entries?remedy=iron": 1,
        "entries?condition=insomnia": 2,
        f"entries?effect={iron.shown_effect}&condition=insomnia&remedy=iron": 1,
        "entries?effect=harm": 0,
        f"entries?certainty={iron.shown_certainty}&remedy=iron": 1,
        "entries?certainty=high": 0,
        "remedies?kind=mineral": 2,
        "remedies?kind=herb": 0,
        "conditions?category=urological": 0,
        "citations?study_type=guideline": 1,
        "citations?retracted=true": 0,
        "citations?retracted=false": published_works().count(),
    }
    found = {path: len(get(client, f"{ROOT}/{path}")["items"]) for path in wanted}
    assert found == wanted


def test_what_was_published_since_a_day_is_found(world, client):
    today = timezone.now().date()
    for kind in ("remedies", "conditions", "entries"):
        path = f"{ROOT}/{kind}?updated_since="
        assert get(client, f"{path}{today - timedelta(days=1)}")["items"], kind
        assert get(client, f"{path}{today + timedelta(days=2)}")["items"] == [], kind


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("remedies?colour=red", "colour"),
        ("remedies/magnesium?limit=3", "limit"),
        ("entries?effect=wonderful", "effect"),
        ("entries?limit=0", "limit"),
        ("entries?limit=101", "limit"),
        ("entries?limit=5&limit=6", "limit"),
        ("entries?after=magnesium", "after"),
        ("remedies?after=%00", "after"),
        ("remedies?updated_since=yesterday", "updated_since"),
        ("remedies?updated_since=1700000000", "updated_since"),
        ("remedies?updated_since=2026-02-30", "updated_since"),
        ("openapi.json?pretty=1", "pretty"),
        ("?page=2", "page"),
        ("remedies/Magnesium", "slug"),
        ("citations?retracted=yes", "retracted"),
    ],
)
def test_a_parameter_that_is_not_known_or_wrong_is_named(world, client, path, name):
    response = client.get(f"{ROOT}/{path}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert [error["name"] for error in body["errors"]] == [name]
    assert name in body["detail"]
    assert body["status"] == 400


def test_what_is_not_published_is_the_same_as_what_is_not_there(world, client):
    make_remedy("Secret", published=False)
    make_entry(world.magnesium, make_condition("Migraine"), published=False)
    make_citation("Uncited2020")
    texts = {
        client.get(f"{ROOT}/{path}").content
        for path in (
            *("remedies/secret", "remedies/nothing", "conditions/nothing"),
            *("entries/magnesium/migraine", "entries/nothing/insomnia"),
            *("citations/Uncited2020", "citations/Nobody1999"),
        )
    }
    assert len(texts) == 1
    assert json.loads(texts.pop())["status"] == 404


def test_what_was_withdrawn_is_gone_with_the_reason(world, client):
    withdraw_entry(world.legs_entry, by=None, reason="A figure was wrong.")
    body = get(client, LEGS, 410)
    assert "A figure was wrong." in body["detail"]
    withdraw_condition(world.insomnia, by=None, reason="It was merged.")
    assert get(client, f"{ROOT}/conditions/insomnia", 410)
    assert get(client, f"{ROOT}/entries/magnesium/insomnia", 410)
    assert get(client, f"{ROOT}/entries")["items"] == []


def test_what_was_renamed_is_redirected(world, client):
    rename_condition(world.insomnia, slug="sleeplessness")
    for old, new in (
        ("conditions/insomnia", "conditions/sleeplessness"),
        ("entries/magnesium/insomnia", "entries/magnesium/sleeplessness"),
    ):
        response = client.get(f"{ROOT}/{old}")
        assert (response.status_code, response["Location"]) == (301, f"{ROOT}/{new}")
        assert get(client, response["Location"])


def test_warnings_name_no_condition_that_is_not_published(world, client):
    hidden = make_condition("Hidden thing", published=False)
    warning = Precaution.objects.create(
        remedy=world.magnesium, kind="caution", severity="ask", text="Ask first.", checked=False
    )
    warning.matters_for.set([hidden, world.insomnia])
    publish_remedy(world.magnesium, by=None)
    for path in (f"{ROOT}/remedies/magnesium", LEGS):
        text = client.get(path).content.decode()
        assert "hidden-thing" not in text
        assert '"matters_for":["insomnia"]' in text


def test_products_are_given_only_where_pages_show_them(world, client, settings):
    world.magnesium.products.create(
        name="Some tablets", url="https://shop.example/", disclosure="affiliate"
    )
    publish_remedy(world.magnesium, by=None)
    assert get(client, f"{ROOT}/remedies/magnesium")["document"]["products"] == []
    settings.PRODUCTS = True
    products = get(client, f"{ROOT}/remedies/magnesium")["document"]["products"]
    assert [row["name"] for row in products] == ["Some tablets"]


def test_codes_that_nobody_checked_stay_out(world, client):
    world.insomnia.icd10 = "G47.0"
    world.insomnia.save()
    publish_condition(world.insomnia, by=None)
    assert isinstance(world.insomnia.current_revision, Revision)
    assert world.insomnia.current_revision.document["icd10"] == "G47.0"
    assert "G47.0" not in client.get(f"{ROOT}/conditions/insomnia").content.decode()


SIZES = (1, 12, 40)


def grow(hub, size: int) -> None:
    for _number in range(size):
        entry = make_entry(make_remedy(), hub, published=False)
        work = make_citation()
        entry.verdict = f"We do not know whether it helps [@{work.key}]."
        entry.save()
        publish_entry(entry, by=None)


def test_an_address_needs_as_many_queries_at_every_size_and_never_counts_or_skips(db, client):
    hub = make_condition("Hub")
    grow(hub, 1)
    entry = hub.entries.get()
    key = entry.shown_citations[0]
    paths = [
        *("remedies", "conditions", "entries", "citations"),
        f"entries?condition=hub&after={entry.pk}&limit=5",
        f"remedies/{entry.remedy.slug}",
        "conditions/hub",
        f"entries/{entry.remedy.slug}/hub",
        f"citations/{key}",
    ]
    counts: dict[str, set[int]] = {path: set() for path in paths}
    client.get(f"{ROOT}/remedies")  # what is looked up once and kept
    before = 1
    for size in SIZES:
        grow(hub, size - before)
        before = size
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"{ROOT}/{path}").status_code == 200
            counts[path].add(len(queries))
            sql = " ".join(query["sql"] for query in queries.captured_queries).upper()
            assert "OFFSET" not in sql
            assert "COUNT(" not in sql
    assert {path: found for path, found in counts.items() if len(found) > 1} == {}
    assert max(max(found) for found in counts.values()) <= 4
