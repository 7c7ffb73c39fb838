"""What readers ask for: counted, without a word on who asked."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import ActionCount
from remedies.services import withdraw_remedy
from remedies_site.exceptions import InvalidInput
from search.models import PageRequest
from search.requests.selectors import SHOWN_FROM, shown_requests
from search.requests.words import clean_words
from tests.factories import make_condition, make_remedy, make_user
from tests.reading import Page

ASK = "/requests/ask/"


@pytest.fixture
def world(standing_world):
    return standing_world


def ask(browser, words: str = "Ashwagandha", **extra):
    return browser.post(ASK, {"words": words}, **extra)


@pytest.mark.parametrize(
    "words", ["Ashwagandha", "Vitamin B12", "St John's wort", "coenzyme Q10", "Ménière’s disease"]
)
def test_a_name_is_taken_as_it_is(words):
    assert clean_words(f"  {words} ") == words


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            "  ",
            "12",
            "!!",
            "me@example.org",
            "https://example.org",
            "www.shop",
            "buy at pills.com",
        ),
        *("call 0151 234567", "x" * 61, "one two three four five six seven"),
        *("my knee", "what helps me", "I am ill"),
    ],
)
def test_what_is_no_plain_name_is_refused(words):
    with pytest.raises(InvalidInput):
        clean_words(words)


def test_a_search_in_vain_leads_to_the_form_with_the_words(world):
    page = Page(world.vera.get("/search/?q=Ashwagandha"))
    assert page.one("a", href="/requests/ask/?q=Ashwagandha") is not None
    form = Page(world.vera.get("/requests/ask/?q=Ashwagandha"))
    assert form.one("input", name="words").get("value") == "Ashwagandha"


def test_a_search_gives_a_reader_no_cookie(world):
    assert not world.vera.get("/search/?q=Ashwagandha").cookies


def test_a_wish_is_counted_once_for_each_network_and_each_member(world):
    for address in ("192.0.2.1", "192.0.2.9", "198.51.100.1"):
        assert ask(world.vera, REMOTE_ADDR=address).status_code == 200
    mara = world.browser_of(world.mara)
    for words in ("ashwagandha", "ASHWAGANDHA "):
        ask(mara, words)
    wish = PageRequest.objects.get()
    assert (wish.words, wish.folded, wish.asks) == ("Ashwagandha", "ashwagandha", 3)


def test_nothing_says_who_asked(world):
    ask(world.browser_of(world.mara))
    columns = {field.name for field in PageRequest._meta.get_fields()}
    assert not columns & {"user", "by", "member"}
    for count in ActionCount.objects.all():
        assert len(count.key) == 64  # a keyed digest


def test_a_network_asks_for_a_few_and_then_waits(world, settings):
    settings.RATE_LIMITS = True
    answers = [ask(world.vera, f"Herb {letter}").status_code for letter in "abcdef"]
    assert answers == [200] * 5 + [429]
    assert PageRequest.objects.count() == 5


def test_the_trap_catches_programs_in_silence(world):
    response = world.vera.post(ASK, {"words": "Ashwagandha", "website": "https://x.example"})
    assert response.status_code == 200
    assert not PageRequest.objects.exists()


def test_words_of_danger_are_shown_help_and_not_stored(world):
    response = ask(world.vera, "want to kill myself")
    assert response.status_code == 400
    assert "116 123" in Page(response).words
    assert not PageRequest.objects.exists()


def test_a_page_that_is_there_is_named_instead(world):
    page = Page(ask(world.vera, " magnesium "))
    assert page.one("a", href="/remedies/magnesium/") is not None
    assert not PageRequest.objects.exists()


def test_readers_see_a_wish_of_enough_people_or_one_that_an_editor_let_stand(db):
    make = PageRequest.objects.create
    few = make(folded="a", words="Few", asks=SHOWN_FROM - 1)
    enough = make(folded="b", words="Enough", asks=SHOWN_FROM)
    let = make(folded="c", words="Let", listing="shown")
    make(folded="d", words="Hidden", asks=99, listing="hidden")
    assert set(shown_requests()) == {enough, let}
    assert few not in shown_requests()


def test_the_list_says_how_often_and_what_becomes_of_it(world):
    PageRequest.objects.create(
        folded="a", words="Example herb", asks=4, state="declined", answer="It is no remedy."
    )
    words = Page(world.vera.get("/requests/")).words
    assert "Example herb" in words
    assert "asked for 4 times" in words
    assert "It is no remedy." in words


@pytest.mark.parametrize("make", [make_remedy, make_condition])
def test_a_page_of_that_name_answers_the_wish(db, client, make):
    by_name = PageRequest.objects.create(folded="black cumin", words="black cumin", asks=3)
    by_alias = PageRequest.objects.create(folded="nigella", words="Nigella")
    other = PageRequest.objects.create(folded="other", words="Other")
    page = make("Black cumin", aliases="Nigella\nKalonji")
    for wish in (by_name, by_alias, other):
        wish.refresh_from_db()
    assert (by_name.state, by_name.page) == ("published", page)
    assert (by_alias.state, by_alias.page, other.state) == ("published", page, "open")
    assert Page(client.get("/requests/")).one("a", href=page.get_absolute_url()) is not None


def test_a_search_for_the_asked_words_leads_to_the_page_that_an_editor_chose(world):
    PageRequest.objects.create(
        folded="xyzzyplant", words="xyzzyplant", state="published", remedy=world.magnesium
    )
    page = Page(world.vera.get("/search/?q=Xyzzyplant"))
    assert page.one("a", href="/remedies/magnesium/") is not None
    withdraw_remedy(world.magnesium, by=None, reason="It was wrong.")
    words = Page(world.vera.get("/search/?q=Xyzzyplant")).words
    assert "Magnesium" not in words
    assert "Ask for this remedy or condition" in words


def test_editors_decide_and_make_a_page_from_it(world):
    wish = PageRequest.objects.create(folded="ashwagandha", words="Ashwagandha", asks=2)
    browser = world.browser_of(world.edda)
    front = Page(browser.get("/admin/"))
    assert front.one("a", href=f"/admin/search/pagerequest/{wish.pk}/change/") is not None
    page = Page(browser.get("/admin/search/pagerequest/"))
    assert page.one("a", href="/admin/remedies/remedy/add/?name=Ashwagandha") is not None
    form = Page(browser.get("/admin/remedies/remedy/add/?name=Ashwagandha"))
    assert form.one("input", name="name").get("value") == "Ashwagandha"
    url = f"/admin/search/pagerequest/{wish.pk}/change/"
    refused = {"state": "declined", "answer": "", "listing": "counted"}
    assert "Say why" in Page(browser.post(url, refused)).words
    assert (
        "readers have to see it" in Page(browser.post(url, refused | {"state": "published"})).words
    )


def test_moderators_and_members_do_not_decide(world):
    for person in (world.morten, make_user()):
        response = world.browser_of(person).get("/admin/search/pagerequest/")
        assert response.status_code in {302, 403}


@pytest.mark.parametrize("values", [{"asks": 0}, {"words": ""}, {"state": "x"}, {"listing": "x"}])
def test_the_database_refuses_what_makes_no_sense(db, values):
    wish = PageRequest.objects.create(folded="a", words="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        PageRequest.objects.filter(pk=wish.pk).update(**values)
