"""The check's form where there are more remedies than one page of it offers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remedies.check import selectors
from remedies.models import Remedy
from tests.factories import make_remedy
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(monkeypatch) -> list[str]:
    """Three on a page of the form."""
    monkeypatch.setattr(selectors, "MOST_OFFERED", 3)
    names = [f"remedy-{letter}" for letter in "abcdefgh"]
    for name in names:
        make_remedy(name.capitalize(), slug=name)
    return names


def boxes(page: Page) -> dict[str, bool]:
    """Slug to whether its box is ticked, in their order."""
    return {
        box.get("value"): box.get("checked") is not None
        for box in page.all("input")
        if box.get("name") == "r"
    }


def button(page: Page, name: str) -> dict[str, str]:
    (found,) = [each for each in page.all("button") if each.get("name") == name]
    return {name: found.get("value")}


def test_a_page_of_remedies_is_offered_and_the_others_are_behind_buttons(client, names):
    page = Page(client.get("/check/"))
    seen = list(boxes(page))
    while [each for each in page.all("button") if each.get("name") == "after"]:
        page = Page(client.post("/check/", button(page, "after")))
        assert len(boxes(page)) <= 3
        seen += boxes(page)
    assert seen == names
    assert list(boxes(Page(client.post("/check/", {"last": "1"})))) == names[-3:]
    assert list(boxes(Page(client.post("/check/", button(page, "first"))))) == names[:3]
    assert list(boxes(Page(client.post("/check/", button(page, "before"))))) == names[3:6]


def test_what_was_ticked_and_typed_stays_when_other_remedies_are_shown(client, names):
    sent = {"r": ["remedy-a", "remedy-c"], "medicines": "Warfarin, <b>", "after": "remedy-c"}
    response = client.post("/check/", sent)
    page = Page(response)
    assert response.status_code == 200
    assert not page.all("div", class_="error-summary")
    assert boxes(page) == {
        **dict.fromkeys(["remedy-a", "remedy-c"], True),
        **dict.fromkeys(["remedy-d", "remedy-e", "remedy-f"], False),
    }
    assert page.one("textarea").text == "Warfarin, <b>"


def test_remedies_of_any_page_are_checked(client, names):
    response = client.post("/check/", {"r": ["remedy-a", "remedy-h"], "medicines": "warfarin"})
    assert response.status_code == 200
    page = Page(response)
    assert "What our data says: Remedy-a, Remedy-h" in page.words  # from A to Z
    assert [slug for slug, ticked in boxes(page).items() if ticked] == [
        "remedy-h",
        "remedy-a",
    ]  # what is not on the page comes first


@pytest.mark.parametrize("slug", ["no-such", "remedy-z\x00", "draft", ""])
def test_what_is_no_published_remedy_is_refused_on_every_page(client, names, slug):
    make_remedy("Draft", slug="draft", published=False)
    assert client.post("/check/", {"r": slug, "medicines": "x"}).status_code == 400
    assert client.get("/check/", {"r": slug}).status_code == 404


def test_no_more_are_compared_than_are_read_quickly(client, names, monkeypatch):
    monkeypatch.setattr(selectors, "MOST_CHECKED", 2)
    response = client.post("/check/", {"r": names, "medicines": "warfarin"})
    assert response.status_code == 400
    assert "Tick at most 2 remedies." in Page(response).words


@pytest.mark.parametrize("sent", [{}, {"after": "remedy-c"}, {"r": "remedy-h"}])
def test_the_number_of_queries_does_not_grow_with_the_remedies(client, names, sent):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.post("/check/", {"medicines": "warfarin", **sent})
        return len(queries)

    few = count()
    for number in range(10):
        make_remedy(f"Remedy z{number}")
    assert Remedy.objects.count() == 18
    assert count() == few


def test_enter_checks_and_turns_no_page(client, names):
    """The first button of a form is the one that Enter presses."""
    form = Page(client.get("/check/")).one("form", action="/check/")
    names_of_buttons = [button.get("name") for button in form.iter("button")]
    assert "after" in names_of_buttons
    assert names_of_buttons[0] is None
