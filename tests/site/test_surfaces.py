"""What no reader may see is on no surface, and every address is on `tests/surfaces.py`."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import resolve

from conditions.services import publish_condition, withdraw_condition
from remedies.models import RemedyConditionEntry
from remedies.services import publish_entry, publish_remedy, withdraw_entry, withdraw_remedy
from tests.counts import count
from tests.factories import make_condition, make_entry, make_remedy, make_user
from tests.marking import MARKER, SLUG_MARKER, mark, text_fields
from tests.reading import Page
from tests.surfaces import (
    DEEDS,
    GOVERNANCE,
    STAFF_ALONE,
    SURFACES,
    TALK,
    WITHOUT_CONTENT,
    addresses_of,
    named_patterns,
)
from tests.world import World

pytestmark = pytest.mark.every_page

# The name of a withdrawn page stands on the answer that says so.
NAMED = ("name",)


@pytest.fixture
def world(standing_world):
    return standing_world


def draft_remedy(world: World) -> RemedyConditionEntry:
    """A remedy never published, with a published entry and a draft one below it."""
    remedy = make_remedy("Nothing", slug=f"{SLUG_MARKER}-remedy", published=False)
    mark(remedy)
    mark(make_entry(remedy, world.insomnia, published=False))
    entry = make_entry(remedy, world.restless_legs, published=False)
    mark(entry)
    publish_entry(entry, by=None)
    return entry


def draft_condition(world: World) -> RemedyConditionEntry:
    """A condition never published, with a published entry."""
    condition = make_condition("Nothing", slug=f"{SLUG_MARKER}-condition", published=False)
    mark(condition)
    entry = make_entry(world.magnesium, condition, published=False)
    mark(entry)
    publish_entry(entry, by=None)
    return entry


def draft_entry(world: World) -> RemedyConditionEntry:
    """An entry never published, of a published pair."""
    entry = make_entry(world.magnesium, make_condition("Migraine"), published=False)
    mark(entry)
    return entry


def edited_remedy(world: World) -> RemedyConditionEntry:
    """A published remedy with edits that nobody published."""
    mark(world.magnesium)
    return world.legs_entry


def edited_condition(world: World) -> RemedyConditionEntry:
    """A published condition with edits that nobody published."""
    mark(world.restless_legs)
    return world.legs_entry


def edited_entry(world: World) -> RemedyConditionEntry:
    """A published entry with edits that nobody published."""
    mark(world.legs_entry)
    return world.legs_entry


def withdrawn_remedy(world: World) -> RemedyConditionEntry:
    """A remedy taken from readers, and with it its entries, one of them marked itself."""
    mark(world.magnesium, leave_out=NAMED)
    mark(world.legs_entry)
    publish_remedy(world.magnesium, by=None)
    publish_entry(world.legs_entry, by=None)
    withdraw_remedy(world.magnesium, by=None, reason="It was wrong.")
    return world.legs_entry


def withdrawn_condition(world: World) -> RemedyConditionEntry:
    """A condition taken from readers, and with it its entries, one of them marked itself."""
    mark(world.restless_legs, leave_out=NAMED)
    mark(world.legs_entry)
    publish_condition(world.restless_legs, by=None)
    publish_entry(world.legs_entry, by=None)
    withdraw_condition(world.restless_legs, by=None, reason="It was wrong.")
    return world.legs_entry


def withdrawn_entry(world: World) -> RemedyConditionEntry:
    """An entry taken from readers."""
    mark(world.legs_entry)
    publish_entry(world.legs_entry, by=None)
    withdraw_entry(world.legs_entry, by=None, reason="It was wrong.")
    return world.legs_entry


def edited_after_withdrawal(world: World) -> RemedyConditionEntry:
    """An entry taken from readers, then edited."""
    withdraw_entry(world.legs_entry, by=None, reason="It was wrong.")
    mark(world.legs_entry)
    return world.legs_entry


HIDDEN: dict[str, list[Callable[[World], RemedyConditionEntry]]] = {
    "drafts": [draft_remedy, draft_condition, draft_entry],
    "edited": [edited_remedy, edited_condition, edited_entry],
    "withdrawn_remedy": [withdrawn_remedy],
    "withdrawn_condition": [withdrawn_condition],
    "withdrawn_entry": [withdrawn_entry],
    "edited_after_withdrawal": [edited_after_withdrawal],
}
"""What may be hidden at the same time without one hiding the other is looked for in one walk."""


def visitor(_world: World) -> Client:
    """Nobody in particular."""
    return Client()


def visitor_with_htmx(_world: World) -> Client:
    """A script of the page asking for a part of it."""
    return Client(headers={"HX-Request": "true"})


def member(world: World) -> Client:
    """Somebody with an account."""
    return world.browser_of(world.mara)


def staff_without_rights(world: World) -> Client:
    """Somebody who may enter the admin and see nothing there."""
    person = make_user()
    person.is_staff = True
    person.save()
    return world.browser_of(person)


READERS = [visitor, visitor_with_htmx, member, staff_without_rights]
MOSTLY = [(hidden, reader) for hidden in HIDDEN for reader in (visitor, member)]
RARELY = [
    (hidden, reader) for hidden in HIDDEN for reader in (visitor_with_htmx, staff_without_rights)
]
TRIED = [*MOSTLY, *RARELY[:: count(small=3, full=1)]]


def name_of(value: Callable | str) -> str:
    return getattr(value, "__name__", str(value))


def leaks(browser: Client, entries: list[RemedyConditionEntry]) -> list[str]:
    """The addresses at which this browser is shown the marker, or an unpublished address."""
    found = []
    urls = dict.fromkeys(url for entry in entries for _name, url in addresses_of(entry))
    for url in urls:
        response = browser.get(url)
        assert response.status_code in {200, 400, 404, 410}, url
        text = f"{response.content.decode()} {response.headers}".lower()
        text = text.replace(url.lower(), "")  # what was asked for is said back: no news
        if MARKER.lower() in text:
            found.append(url)
        if SLUG_MARKER in text and SLUG_MARKER not in url:
            found.append(url)
    return found


def test_every_address_is_on_the_list_of_surfaces():
    names = {
        pattern.name
        for route, pattern in named_patterns()
        if not route.startswith(("admin/", "accounts/"))
    }
    assert (
        names == SURFACES.keys() | (TALK.keys() - {"pages"}) | DEEDS | STAFF_ALONE | WITHOUT_CONTENT
    )


def test_every_surface_is_asked_at_its_own_address(world):
    for name, url in addresses_of(world.legs_entry):
        if name in SURFACES:
            assert resolve(url.partition("?")[0]).url_name == name


@pytest.mark.parametrize(("hidden", "reader"), TRIED, ids=name_of)
def test_what_is_not_published_shows_nowhere(world, settings, hidden, reader):
    settings.PRODUCTS = True
    entries = [hide(world) for hide in HIDDEN[hidden]]
    assert leaks(reader(world), entries) == []


def test_what_is_published_shows_on_every_surface_that_has_a_place_for_it(world, settings):
    settings.PRODUCTS = True
    for thing in (world.magnesium, world.restless_legs, world.legs_entry):
        mark(thing)
    for thing, publish in (
        (world.magnesium, publish_remedy),
        (world.restless_legs, publish_condition),
        (world.legs_entry, publish_entry),
    ):
        publish(thing, by=None, correction=True)
    shown = {
        name
        for name, url in addresses_of(world.legs_entry)
        if MARKER in world.vera.get(url).content.decode()
    }
    without_texts = {
        "about",
        "privacy",
        "rules",
        "grading",
        "sitemap",
        "robots",
        "healthz",
        "readyz",
    }
    without_texts |= {"sitemap_pages", "sitemap_part", "moderation_log", "reviewers", "reviewer"}
    without_texts |= {"challenges", "challenge", "requests", "ask"}  # of what readers write
    without_texts |= {"api_page", "api_index", "opensearch"}
    without_texts |= set(GOVERNANCE)
    assert SURFACES.keys() - shown == without_texts


DRAFTS = [
    (draft_remedy, "remedy"),
    (draft_condition, "condition"),
    (draft_entry, "entry"),
    (edited_remedy, "remedy"),
    (edited_condition, "condition"),
    (edited_entry, "entry"),
    (withdrawn_entry, "entry"),
]


# Codes stay out until somebody has checked them, and the name of a condition whose entry is read
# comes from its own draft.
NOT_ON_THE_PAGE = {"icd10", "mesh"}


@pytest.mark.parametrize("role", ["editor", "moderator"])
@pytest.mark.parametrize(
    ("draft", "part"), DRAFTS, ids=lambda value: getattr(value, "__name__", "")
)
def test_staff_see_the_draft_at_its_address_under_a_banner(world, draft, part, role):
    entry = draft(world)
    thing = entry if part == "entry" else getattr(entry, part)
    url = thing.get_absolute_url() + ("?draft" if thing.is_published else "")
    response = world.browser_of(make_user(role)).get(url)
    page = Page(response)
    assert response.status_code == 200
    assert "This is a draft." in page.words
    assert response.headers["Cache-Control"] == "private, no-store"
    model = type(thing)
    missing = [
        field.name
        for field in text_fields(model)
        if f"{MARKER} {model._meta.model_name} {field.name}".replace("_", " ") not in page.words
        and field.name != "aliases"
    ]
    assert set(missing) <= NOT_ON_THE_PAGE
    assert MARKER in page.h1 or part == "entry"


def test_staff_without_the_query_see_what_readers_see(world):
    mark(world.legs_entry)
    browser = world.browser_of(world.edda)
    page = Page(browser.get(world.legs_entry.get_absolute_url()))
    assert MARKER not in page.words
    assert "This is a draft." not in page.words


@pytest.mark.parametrize("reader", READERS, ids=name_of)
def test_asking_for_the_draft_gives_readers_the_published_page(world, reader):
    mark(world.legs_entry)
    response = reader(world).get(f"{world.legs_entry.get_absolute_url()}?draft")
    assert response.status_code == 200
    assert "This is a draft." not in response.content.decode()


def test_a_draft_that_makes_no_page_is_told_to_staff_with_what_to_mend(world):
    # A row saved past the forms: a study's dose whose text is blank makes no document.
    world.legs_entry.verdict = " "
    world.legs_entry.save()
    url = f"{world.legs_entry.get_absolute_url()}?draft"
    response = world.browser_of(world.edda).get(url)
    assert response.status_code == 409
    assert "verdict" in Page(response).words
    assert world.vera.get(url).status_code == 200
