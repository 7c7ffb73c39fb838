"""A condition's page without what a reader should avoid: by name and with the reason, never silently."""

import pytest

from conditions.models import Condition
from remedies.models import Remedy
from remedies.services import withdraw_remedy
from tests.reading import Page, find, words

pytestmark = pytest.mark.every_page

INSOMNIA = "/conditions/insomnia/avoid/"


def compared(page: Page) -> set[str]:
    """The remedies in the tables."""
    return {
        words(link)
        for table in page.all("table")
        for link in find(table, "a")
        if link.get("href", "").startswith("/remedies/") and "#" not in link.get("href", "")
    }


def left_out(page: Page) -> str:
    (box,) = [
        box for box in page.all("section") if box.get("aria-labelledby") == "left-out-heading"
    ]
    return words(box)


def test_what_must_be_asked_about_is_left_out_by_name_with_the_reason(content, client):
    whole = compared(Page(client.get("/conditions/insomnia/")))
    response = client.post(INSOMNIA, {"circumstance": "pregnancy"})
    page = Page(response)
    assert response["Cache-Control"] == "no-store"
    named = {name for name in whole if name in left_out(page)}
    assert named
    assert compared(page) == whole - named
    assert "pregnant" in left_out(page)


def test_what_is_only_taken_apart_stays_and_is_named(content, client):
    page = Page(
        client.post("/conditions/restless-legs-syndrome/avoid/", {"medicines": "doxycycline"})
    )
    assert "Magnesium" in compared(page)
    assert "Still in the list, with a warning that concerns you" in page.words
    assert "Take apart: with tetracycline antibiotics" in page.words


def test_nothing_found_is_never_called_safe(content, client):
    page = Page(client.post(INSOMNIA, {"medicines": "nosuchmedicine"}))
    assert "Not in our data, so not checked by name: nosuchmedicine" in page.words
    assert "does not mean that nothing can happen" in page.words
    assert "safe" not in page.one("main").get("class", "")
    assert not [word for word in page.words.lower().split() if word.strip(".,") == "safe"]


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({}, "Type a medicine or tick a box"),
        ({"circumstance": "no-such"}, "not in our list"),
        ({"medicines": "x" * 4001}, "too long"),
        ({"medicines": "\x00"}, "Type a medicine or tick a box"),
    ],
)
def test_what_cannot_be_compared_is_said_and_the_list_stays_whole(content, client, posted, message):
    response = client.post(INSOMNIA, posted)
    assert response.status_code == 400
    page = Page(response)
    assert message in page.words
    assert compared(page) == compared(Page(client.get("/conditions/insomnia/")))


def test_the_form_is_kept_with_the_order(content, client):
    posted = {"circumstance": "pregnancy", "medicines": "warfarin", "sort": "name"}
    page = Page(client.post(INSOMNIA, posted))
    assert page.by_id("check-pregnancy").get("checked") is not None
    assert page.one("textarea", name="medicines").text == "warfarin"
    assert page.one("input", name="sort").get("value") == "name"
    assert page.by_id("avoid").get("open") is None  # what remains comes first


def test_a_name_that_we_do_not_have_leaves_the_form_open(content, client):
    page = Page(client.post(INSOMNIA, {"medicines": "nosuchmedicine"}))
    assert page.by_id("avoid").get("open") is not None


def test_the_page_closes_its_form_until_it_is_sent(content, client):
    assert Page(client.get("/conditions/insomnia/")).by_id("avoid").get("open") is None
    assert Page(client.get(INSOMNIA)).by_id("avoid").get("open") is not None


def test_searching_machines_are_told_to_leave_it(content, client):
    page = Page(client.post(INSOMNIA, {"circumstance": "pregnancy"}))
    assert "noindex" in page.one("meta", name="robots").get("content", "")


def test_withdrawn_and_unknown_conditions_answer_as_their_pages_do(content, client):
    Condition.objects.filter(slug="insomnia").update(published_at=None)
    for method in (client.get, client.post):
        assert method(INSOMNIA).status_code == 404
        assert method("/conditions/no-such/avoid/").status_code == 404


def test_withdrawn_remedies_are_named_nowhere(content, client):
    withdraw_remedy(Remedy.objects.get(slug="valerian"), by=None, reason="Why.")
    page = Page(client.post(INSOMNIA, {"circumstance": "pregnancy", "medicines": "diazepam"}))
    assert "Valerian" not in page.words


def test_all_remedies_are_compared_where_the_page_shows_the_first_alone(
    content, client, monkeypatch
):
    legs = "/conditions/restless-legs-syndrome/avoid/"
    cases = [(INSOMNIA, {"circumstance": "pregnancy"}), (legs, {"medicines": "doxycycline"})]
    before = [Page(client.post(*case)) for case in cases]
    monkeypatch.setattr("remedies.models.entry.MOST_LISTED", 1)
    pregnant, on_doxycycline = (Page(client.post(*case)) for case in cases)
    assert left_out(pregnant) == left_out(before[0])
    assert "Take apart: with tetracycline antibiotics" in on_doxycycline.words
    assert len(compared(on_doxycycline)) == 1 < len(compared(before[1]))
