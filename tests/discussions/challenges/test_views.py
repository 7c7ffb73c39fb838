"""The pages of challenges, as readers, members and editors use them."""

import pytest
from django.test import Client

from discussions.models import Challenge
from remedies.services import publish_entry, withdraw_entry
from tests.factories import make_challenge, make_user
from tests.reading import Page
from tests.surfaces import addresses_of

FORM = "/remedies/magnesium/restless-legs-syndrome/challenge/"
LIST = "/remedies/magnesium/restless-legs-syndrome/challenges/"
MARKER = "quitesecretword"
FORMS = [
    f"{FORM}?p=doses",
    "/remedies/magnesium/-/challenge/?p=limits",
    "/conditions/insomnia/-/challenge/?p=flags",
]


@pytest.fixture
def world(standing_world):
    return standing_world


def fields(**values: str) -> dict[str, str]:
    form = {"place": "regimens[1]", "kind": "correction", "body": "It was 225 mg.", "revision": "1"}
    return form | values


def challenge(world, **values) -> Challenge:
    return make_challenge(world.legs_entry, text=f"It says {MARKER}.", **values)


def test_the_form_asks_for_the_part_first_and_leads_on_to_the_remedy(world):
    page = Page(world.vera.get(FORM))
    links = {link.get("href") for link in page.all("a")}
    assert {"?p=verdict", "?p=doses", "?p=why", "/remedies/magnesium/-/challenge/"} <= links
    assert not page.all("textarea")


@pytest.mark.parametrize("url", FORMS)
def test_the_form_of_a_part_lists_its_claims_and_what_may_be_missing(world, url):
    page = Page(world.vera.get(url))
    places = [field.get("value") for field in page.all("input", name="place")]
    assert len(places) >= 2
    assert places[-1] == url.rpartition("=")[2]
    assert "Something is missing here" in page.words


def test_a_member_sends_one_and_finds_it_on_its_own_page(world):
    browser = world.browser_of(world.mara)
    response = browser.post(f"{FORM}?p=doses", fields(), follow=True)
    stored = Challenge.objects.get()
    assert response.redirect_chain == [(stored.get_absolute_url(), 303)]
    page = Page(response)
    assert "It was 225 mg." in page.words
    assert "magnesium oxide: 250 mg a day" in page.words
    assert "Only you see this." in page.words
    assert world.vera.get(stored.get_absolute_url()).status_code == 404


def test_what_is_wrong_is_said_beside_the_text(world):
    browser = world.browser_of(world.mara)
    response = browser.post(f"{FORM}?p=doses", fields(quote="Never.", body="My own words"))
    page = Page(response)
    assert response.status_code == 400
    assert "These words do not stand in the claim" in page.words
    assert "My own words" in page.one("textarea").text


def test_who_is_not_logged_in_is_led_to_the_log_in(world):
    response = world.vera.post(f"{FORM}?p=doses", fields())
    assert response.status_code in {302, 307}
    assert response["Location"].startswith("/accounts/login/")
    assert not Challenge.objects.exists()


def test_words_of_danger_are_shown_help_and_nothing_is_sent(world):
    browser = world.browser_of(world.mara)
    page = Page(browser.post(f"{FORM}?p=doses", fields(body="I want to kill myself.")))
    assert "116 123" in page.words
    assert not Challenge.objects.exists()


def test_text_is_shown_as_text_and_a_link_passes_nothing_on(world):
    shown = challenge(world, source_type="url", source="https://example.org/<x>", kind="source")
    Challenge.objects.update(text="<script>alert(1)</script>")
    html = world.vera.get(shown.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in html
    assert 'rel="nofollow ugc noreferrer"' in html


def test_lists_show_open_and_decided_ones_with_answers_by_state(world):
    challenge(world)
    declined = challenge(world)
    Challenge.objects.filter(pk=declined.pk).update(
        state="declined", answer="We looked.", decided_at=declined.created_at
    )
    for url in (LIST, "/challenges/"):
        words = Page(world.vera.get(url)).words
        assert MARKER in words
        assert "We looked." in words
    assert "Open: 1. Accepted: 0. Declined: 1." in Page(world.vera.get(LIST)).words
    assert "We looked." not in Page(world.vera.get("/challenges/?state=open")).words
    assert Page(world.vera.get("/challenges/?state=none")).words.count(MARKER) == 2


def test_every_page_of_challenges_stays_out_of_search_engines(world):
    shown = challenge(world)
    for url in (FORM, f"{FORM}?p=doses", LIST, "/challenges/", shown.get_absolute_url()):
        assert world.vera.get(url)["X-Robots-Tag"] == "noindex"


def test_the_version_that_followed_names_the_reader_and_links_both_ways(world):
    shown = challenge(world, state="open")
    Challenge.objects.filter(pk=shown.pk).update(
        state="accepted", answer="Yes.", decided_at=shown.created_at
    )
    world.legs_entry.verdict = "It may help some people a little [@Ahlberg2020]."
    world.legs_entry.save()
    publish_entry(world.legs_entry, by=None)
    version = "/remedies/magnesium/restless-legs-syndrome/r/2/"
    page = Page(world.vera.get(version))
    assert f"Prompted by {shown.by.name}" in page.words
    assert page.one("a", href=shown.get_absolute_url()) is not None
    history = Page(world.vera.get("/remedies/magnesium/restless-legs-syndrome/history/"))
    assert history.words.count(f"Prompted by {shown.by.name}") == 1
    assert Page(world.vera.get(shown.get_absolute_url())).one("a", href=version) is not None
    assert "Prompted by" not in Page(world.vera.get(version.replace("/2/", "/1/"))).words


def test_the_page_leads_to_the_form_and_to_the_list(world):
    for subject in (world.legs_entry, world.magnesium, world.insomnia):
        links = {
            link.get("href") for link in Page(world.vera.get(subject.get_absolute_url())).all("a")
        }
        assert any(str(link).endswith("/challenges/") for link in links)
        assert any("/challenge/" in str(link) for link in links)


@pytest.mark.every_page
@pytest.mark.parametrize("how", ["held", "removed", "withdrawn"])
def test_what_is_hidden_shows_on_no_surface(world, how):
    hidden = challenge(world)
    if how == "withdrawn":
        withdraw_entry(world.legs_entry, by=None, reason="It was wrong.")
    else:
        reason = "spam" if how == "removed" else ""
        Challenge.objects.update(visibility=how, removal_reason=reason)
    stranger, editor = world.browser_of(make_user()), world.browser_of(world.edda)
    places = {url for _name, url in addresses_of(world.legs_entry)}
    for browser in (Client(), stranger, editor):
        for url in {
            *places,
            f"/members/{hidden.by.name}/",
            "/challenges/?last=1",
            f"{LIST}?last=1",
        }:
            assert MARKER not in browser.get(url).content.decode(), url


def test_the_author_alone_deletes_it(world):
    own = challenge(world)
    url = f"{own.get_absolute_url()}delete/"
    assert world.browser_of(world.mara).post(url).status_code == 404
    browser = world.browser_of(own.by)
    assert MARKER in Page(browser.get(url)).words
    assert MARKER in Page(browser.get("/accounts/")).words
    assert browser.post(url).status_code == 303
    assert not Challenge.objects.exists()


def test_editors_find_the_queue_and_answer(world):
    waiting = challenge(world, visibility="held")
    browser = world.browser_of(world.edda)
    front = Page(browser.get("/admin/"))
    assert front.one("a", href=f"/admin/discussions/challenge/{waiting.pk}/change/") is not None
    assert MARKER not in front.words
    assert MARKER in Page(browser.get("/admin/discussions/challenge/")).words
    url = f"/admin/discussions/challenge/{waiting.pk}/"
    assert MARKER in Page(browser.get(f"{url}change/")).words
    assert browser.get(f"{url}decide/").status_code == 405
    response = browser.post(f"{url}decide/", {"accept": "1", "answer": "Right."})
    entry_form = f"/admin/remedies/remedyconditionentry/{world.legs_entry.pk}/change/"
    assert response["Location"] == entry_form
    assert "named by the next version" in Page(browser.get(entry_form)).words
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("accepted", world.edda)


@pytest.mark.parametrize(
    "form",
    [
        {"accept": "1", "answer": ""},
        {"decline": "1", "answer": "No.", "number": "x"},
        {"remove": "1", "reason": ""},
        {"nothing": "1"},
    ],
)
def test_a_decision_that_lacks_something_changes_nothing(world, form):
    waiting = challenge(world)
    browser = world.browser_of(world.edda)
    browser.post(f"/admin/discussions/challenge/{waiting.pk}/decide/", form)
    waiting.refresh_from_db()
    assert waiting.is_open
    assert waiting.is_visible


def test_moderators_remove_and_do_not_decide(world):
    waiting = challenge(world)
    browser = world.browser_of(world.morten)
    url = f"/admin/discussions/challenge/{waiting.pk}/decide/"
    assert browser.post(url, {"accept": "1", "answer": "Yes."}).status_code == 403
    assert browser.post(url, {"remove": "1", "reason": "It names a person."}).status_code == 302
    assert world.browser_of(world.mara).post(url, {"show": "1"}).status_code in {302, 403}
    waiting.refresh_from_db()
    assert waiting.visibility == "removed"
