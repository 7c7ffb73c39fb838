"""The history of a page, what differs between two of its versions, and who sees them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions.services import publish_condition, withdraw_condition
from publishing.models import Kind
from remedies.services import publish_entry, publish_remedy, withdraw_entry
from tests.factories import make_entry, make_user
from tests.reading import Page, words
from tests.site.pagecache.site import Site as PageSite
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world) -> World:
    return standing_world


def edit(subject, publish, text, **options):
    """Another sentence on the page, published."""
    name = "verdict" if hasattr(subject, "verdict") else "one_line"
    setattr(subject, name, text)
    subject.save()
    return publish(subject, **{"by": None} | options)


def items(page: Page) -> list[str]:
    return [words(item) for item in page.all("li", class_="history__item")]


def read(browser, url: str) -> Page:
    response = browser.get(url)
    assert response.status_code == 200
    return Page(response)


@pytest.fixture
def subjects(world):
    """One of each kind with three versions: its path, the path of its history, its publisher."""
    found = {
        "remedy": (world.magnesium, "-/history/", publish_remedy),
        "condition": (world.restless_legs, "-/history/", publish_condition),
        "entry": (world.legs_entry, "history/", publish_entry),
    }
    for subject, _below, publish in found.values():
        edit(subject, publish, "There may be a quiet sentence.", note="Clearer words.")
        edit(
            subject,
            publish,
            "There may be a plain sentence.",
            note="It was wrong.",
            correction=True,
        )
    return found


@pytest.mark.parametrize("kind", ["remedy", "condition", "entry"])
def test_the_history_lists_every_version_newest_first(world, subjects, kind):
    subject, below, _publish = subjects[kind]
    page = read(world.vera, subject.get_absolute_url() + below)
    assert page.h1 == f"History of {subject.shown_title}"
    listed = items(page)
    assert [item.split()[1] for item in listed] == ["3", "2", "1"]
    assert "correction" in listed[0]
    assert "It was wrong." in listed[0]
    assert "first published" in listed[2]
    assert "What version 1 changed" not in listed[2]
    for link in page.all("a", class_=None):
        if link.get("href", "").startswith(subject.get_absolute_url()):
            assert world.vera.get(link.get("href")).status_code == 200


@pytest.mark.parametrize("kind", ["remedy", "condition", "entry"])
def test_two_versions_are_compared_by_a_form_without_scripts(world, subjects, kind):
    subject, below, _publish = subjects[kind]
    url = subject.get_absolute_url() + below
    page = read(world.vera, url)
    form = page.one("form", class_="history")
    assert form.get("method") == "get"
    checked = {
        button.get("name"): button.get("value")
        for button in page.all("input", type="radio")
        if button.get("checked") is not None
    }
    assert checked == {"from": "2", "to": "3"}
    for query in ("?from=1&to=3", "?from=3&to=1"):
        response = world.vera.get(url + query)
        assert (response.status_code, response["Location"]) == (302, f"{url}1...3/")
    response = world.vera.get(f"{url}3...1/")
    assert (response.status_code, response["Location"]) == (301, f"{url}1...3/")
    for query in ("?from=2&to=2", "?from=2", "?to=x&from=1", "?from=&to="):
        response = world.vera.get(url + query)
        assert response.status_code == 400
        assert "Choose two different versions." in Page(response).words
    for missing in ("1...9/", "2...2/", "8...9/"):
        assert world.vera.get(url + missing).status_code == 404


@pytest.mark.parametrize("kind", ["remedy", "condition", "entry"])
def test_the_difference_marks_what_was_taken_out_and_added_without_colour(world, subjects, kind):
    subject, below, _publish = subjects[kind]
    page = read(world.vera, f"{subject.get_absolute_url()}{below}2...3/")
    part = page.one("section", class_="change")
    assert words(next(part.iter("del"))) == "taken out: quiet"
    assert words(next(part.iter("ins"))) == "added: plain"
    assert "1 field changed." in page.words
    assert "It was wrong." in page.words
    (robots,) = page.all("meta", name="robots")
    assert robots.get("content") == "noindex"


def test_the_parts_that_did_not_change_are_folded(world, subjects):
    page = read(world.vera, f"{world.legs_entry.get_absolute_url()}history/1...2/")
    folded = page.one("details", class_="change__rest")
    assert "Doses that studies used" in words(folded)
    assert "are the same" in words(folded)


def test_the_first_line_says_whether_anything_bears_on_safety(world):
    entry = world.legs_entry
    edit(entry, publish_entry, "There may be a quiet sentence.")
    entry.warnings = "Ask a pharmacist first."
    edit(entry, publish_entry, "There may be a plain sentence.")
    url = f"{entry.get_absolute_url()}history/"
    assert "bears on safety" not in read(world.vera, f"{url}1...2/").words
    assert "Some of it bears on safety." in read(world.vera, f"{url}2...3/").words


def test_who_wrote_and_who_approved_stand_there(world, settings):
    settings.REVIEW = "two"
    from publishing.review.drafts import lock_draft, record_edit
    from remedies.schema import EntryDocument

    entry, ben = world.legs_entry, make_user("publisher", name="ben")
    before = lock_draft(entry, EntryDocument)
    entry.verdict = "There may be something to it, or not."
    entry.save()
    record_edit(entry, EntryDocument, before, world.edda)
    publish_entry(entry, by=ben)
    newest = items(read(world.vera, f"{entry.get_absolute_url()}history/"))[0]
    assert "By edda , approved by ben" in newest or "By edda, approved by ben" in newest


def test_a_grade_that_the_system_computed_again_is_said_in_words(world):
    entry = world.legs_entry
    revision = entry.revisions.get(number=1)
    revision.pk, revision.number, revision.kind = None, 2, Kind.SYSTEM
    revision.grade = revision.grade | {"certainty": "very_low"}
    revision.note = "Changed in the library: Ahlberg2020."
    revision.save()
    page = read(world.vera, f"{entry.get_absolute_url()}history/")
    newest = items(page)[0]
    assert "graded again" in newest
    assert "The grade was “May help. Low certainty” and is now “Not known. Very low" in newest
    assert "No editor changed the page." in newest
    assert "By the system" in newest
    number = revision.number
    page = read(world.vera, f"{entry.get_absolute_url()}history/{number - 1}...{number}/")
    first = page.all("section", class_="change")[0]
    assert words(first).startswith("Grade")


def test_a_withdrawal_stands_in_the_history_once_the_page_is_back(world):
    entry = world.legs_entry
    url = f"{entry.get_absolute_url()}history/"
    withdraw_entry(entry, by=world.edda, reason="A dose was wrong.")
    for gone in (url, f"{url}1...2/"):
        response = world.vera.get(gone)
        assert response.status_code == 410
        assert "A dose was wrong." in Page(response).words
    publish_entry(entry, by=None)
    listed = items(read(world.vera, url))
    assert "withdrawn" in listed[1]
    assert "Withdrawn: A dose was wrong." in listed[1]


def test_what_is_hidden_hides_its_history(world):
    withdraw_condition(world.restless_legs, by=None, reason="It was wrong.")
    for url in (
        f"{world.restless_legs.get_absolute_url()}-/history/",
        f"{world.legs_entry.get_absolute_url()}history/",
    ):
        assert world.vera.get(url).status_code == 410
    for url in (
        "/remedies/none/-/history/",
        "/conditions/none/-/history/",
        "/remedies/magnesium/none/history/",
    ):
        assert world.vera.get(url).status_code == 404


def test_a_renamed_page_takes_its_history_along(world, subjects):
    from remedies.services import rename_remedy

    old = world.magnesium.get_absolute_url()
    rename_remedy(world.magnesium, slug="magnesium-salts")
    response = world.vera.get(f"{old}-/history/?from=1&to=2")
    assert response.status_code == 301
    assert response["Location"] == "/remedies/magnesium-salts/-/history/?from=1&to=2"


def test_pages_lead_to_their_history_and_versions_to_their_neighbours(world, subjects):
    for subject, below, _publish in subjects.values():
        url = subject.get_absolute_url()
        assert f'href="{url}{below}"' in world.vera.get(url).content.decode()
        base = (url + below).removesuffix("history/")
        links = {
            link.get("href")
            for link in read(world.vera, f"{base}r/2/")
            .one("aside", aria_label="Old version")
            .iter("a")
        }
        assert links == {
            *(url, f"{base}r/1/", f"{base}r/3/", f"{base}history/1...2/", f"{base}history/"),
        }
        first = read(world.vera, f"{base}r/1/").one("aside", aria_label="Old version")
        assert f"{base}r/0/" not in [link.get("href") for link in first.iter("a")]
        newest = read(world.vera, f"{base}r/3/").one("aside", aria_label="Old version")
        assert f"{base}r/4/" not in [link.get("href") for link in newest.iter("a")]


def test_a_version_says_how_to_cite_it(world, subjects):
    page = read(world.vera, f"{world.legs_entry.get_absolute_url()}r/2/")
    text = words(page.by_id("cite"))
    assert "Magnesium for Restless legs syndrome" in text
    assert "version 2" in text
    assert text.endswith(f"{world.legs_entry.get_absolute_url()}r/2/")


def grow(entry, size: int) -> None:
    """As many versions, without publishing each."""
    model = type(entry.revisions.first())
    last = entry.revisions.first()
    model.objects.bulk_create(
        model(
            entry=entry,
            number=number,
            kind=Kind.SYSTEM if number % 3 == 0 else Kind.UPDATE,
            document=last.document,
            html=last.html,
            renderer_version=last.renderer_version,
            grade=last.grade,
            published_at=last.published_at,
            author_name="ana",
        )
        for number in range(last.number + 1, size + 1)
    )


def test_a_long_history_costs_what_a_short_one_does(world, client):
    entry = world.legs_entry
    url = f"{entry.get_absolute_url()}history/"
    counts = []
    for size in (5, 60, 1_000):
        grow(entry, size)
        by_url = []
        for path in (url, f"{url}?last=1", f"{url}1...{size}/"):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
            assert response.status_code == 200
            by_url.append(len(queries))
            is_list = not path.endswith(f"...{size}/")
            sql = " ".join(query["sql"] for query in queries)
            assert ('"document"' not in sql) == is_list
            assert '_entryrevision"."html"' not in sql
        counts.append(by_url)
    assert counts[1] == counts[2]
    assert max(counts[2]) <= 5  # the last is whose challenges prompted a version
    assert len(items(read(client, url))) == 25
    page = read(client, f"{url}?after=976")
    assert items(page)[0].split()[1] == "975"


def test_a_history_is_not_indexed_since_search_engines_have_the_page_itself(world, client):
    grow(world.legs_entry, 60)
    url = f"{world.legs_entry.get_absolute_url()}history/"
    for path in (url, f"{url}?after=36"):
        (robots,) = read(client, path).all("meta", name="robots")
        assert robots.get("content") == "noindex"


@pytest.mark.django_db(transaction=True)
def test_a_kept_history_is_right_on_the_next_request():
    site = PageSite()
    entry = make_entry()
    url = f"{entry.get_absolute_url()}history/"
    before = site.get(url)
    assert site.get(url) == before
    assert site.django.times == 1
    edit(entry, publish_entry, "We do not know whether it helps or not.", note="One more word.")
    assert "One more word." in site.get(url)[2].decode()
    difference = site.get(f"{url}1...2/")
    assert site.get(f"{url}1...2/") == difference
    assert site.django.times == 3
    withdraw_entry(entry, by=None, reason="It was wrong.")
    assert site.get(f"{url}1...2/")[0] == 410
