"""A safety notice stands above everything else wherever its subject is shown, from the first moment on."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from publishing.banners.services import lift_banner, set_banner
from remedies.services import publish_entry, withdraw_entry
from tests.factories import make_citation, make_condition, make_entry, make_remedy, make_user
from tests.reading import Page
from tests.site.pagecache.site import Site

TEXT = "Batch 7 holds lead. Stop <now> & call your doctor."
pytestmark = [pytest.mark.django_db, pytest.mark.every_page]


@pytest.fixture
def publisher():
    return make_user("publisher")


@pytest.fixture
def entry():
    return make_entry(make_remedy("Magnesium"), make_condition("Insomnia"))


def pages_of(entry) -> dict[str, str]:
    remedy, condition = entry.remedy.slug, entry.condition.slug
    url = entry.get_absolute_url()
    return {
        "entry": url,
        "old version": f"{url}r/1/",
        "grade": f"{url}grade/",
        "clinician's sheet": f"{url}?print=clinician",
        "patient's sheet": f"{url}?print=patient",
        "remedy": f"/remedies/{remedy}/",
        "condition": f"/conditions/{condition}/",
        "without what to avoid": f"/conditions/{condition}/avoid/",
        "comparison": f"/conditions/{condition}/compare/?r={remedy}&r=zinc",
        "all uses": f"/remedies/{remedy}/-/conditions/",
        "all remedies": f"/conditions/{condition}/-/remedies/",
        "home": "/",
        "map": "/map/",
        "search": f"/search/?q={remedy}+{condition}",
    }


def shows(url: str) -> bool:
    response = Client().get(url)
    assert response.status_code == 200, url
    return TEXT in Page(response).words


@pytest.mark.parametrize("on", ["entry", "remedy", "condition", "site"])
def test_it_shows_on_every_page_of_its_subject(publisher, entry, on):
    make_entry(make_remedy("Zinc"), entry.condition)
    subject = (
        {"entry": entry, "site": None}.get(on) if on in ("entry", "site") else getattr(entry, on)
    )
    pages = pages_of(entry)
    assert not any(shows(url) for url in pages.values())
    banner = set_banner(subject, by=publisher, text=TEXT)
    assert [name for name, url in pages.items() if not shows(url)] == []
    lift_banner(banner, by=publisher, reason="It is over.")
    assert not any(shows(url) for url in pages.values())


def test_other_pages_do_not_show_it(publisher, entry):
    other = make_entry()
    set_banner(entry.remedy, by=publisher, text=TEXT)
    for url in (
        *(other.get_absolute_url(), other.remedy.get_absolute_url()),
        *(other.condition.get_absolute_url(), "/conditions/", "/about/"),
    ):
        assert not shows(url)
    assert shows("/remedies/")


def test_one_of_the_whole_site_stands_on_every_page(publisher, entry):
    set_banner(None, by=publisher, text=TEXT)
    for url in (
        "/about/",
        "/about/reviewers/",
        "/recent/corrected/",
        "/accounts/login/",
        "/check/",
    ):
        assert shows(url)
    assert TEXT in Page(Client().get("/no/such/page/")).words


def test_it_stands_before_the_title_and_the_verdict_and_is_whole(publisher, entry):
    work = make_citation("Agency2019")
    set_banner(entry.remedy, by=publisher, text=TEXT, work=work)
    response = Client().get(entry.get_absolute_url())
    page = Page(response)
    main = next(element for element in page.one("main").iter() if element.tag == "aside")
    assert main.get("aria-label") == "Safety notice: Magnesium"
    html = response.content.decode()
    assert html.index("Batch 7") < html.index("<h1") < html.index('class="verdict')
    assert "&lt;now&gt; &amp; call" in html
    assert not page.all("details", class_="safety")
    assert 'href="/references/Agency2019/"' in html


def test_the_private_check_shows_it_for_the_remedies_that_were_chosen(publisher, entry):
    zinc = make_entry(make_remedy("Zinc"))
    set_banner(zinc.remedy, by=publisher, text=TEXT)
    sent = {"r": "zinc", "medicines": "warfarin"}
    assert TEXT in Page(Client().post("/check/", sent)).words
    assert TEXT not in Page(Client().post("/check/", sent | {"r": "magnesium"})).words


def test_members_and_editors_see_it_too(publisher, entry):
    set_banner(entry.condition, by=publisher, text=TEXT)
    for person in (make_user(), make_user("editor")):
        browser = Client()
        browser.force_login(person)
        assert TEXT in Page(browser.get(entry.get_absolute_url())).words
    draft = Client()
    draft.force_login(make_user("editor"))
    assert TEXT in Page(draft.get(f"{entry.get_absolute_url()}?draft")).words


def test_the_feeds_tell_of_it_and_of_its_end(publisher, entry):
    banner = set_banner(entry.remedy, by=publisher, text=TEXT)
    lift_banner(banner, by=publisher, reason="The recall is over.")
    set_banner(None, by=publisher, text="Everywhere.")
    for url in ("/feeds/updates.atom", f"{entry.remedy.get_absolute_url()}-/feed.atom"):
        feed = Client().get(url).content.decode()
        assert "Magnesium: safety notice<" in feed
        assert "Magnesium: safety notice lifted" in feed
        assert "The recall is over." in feed
    assert "Everywhere." in Client().get("/feeds/updates.atom").content.decode()
    of_condition = f"{entry.condition.get_absolute_url()}-/feed.atom"
    assert "safety notice" not in Client().get(of_condition).content.decode()


def test_one_on_a_page_that_readers_cannot_see_is_in_no_feed(publisher, entry):
    set_banner(entry, by=publisher, text=TEXT)
    withdraw_entry(entry, by=None, reason="It was wrong.")
    assert "Batch 7" not in Client().get("/feeds/updates.atom").content.decode()
    draft = make_entry(published=False)
    set_banner(draft, by=publisher, text="Of a draft.")
    assert "Of a draft." not in Client().get("/feeds/updates.atom").content.decode()


@pytest.mark.parametrize("many", [0, 1, 12])
def test_looking_for_them_costs_one_query_at_most_however_many_there_are(publisher, entry, many):
    for _number in range(many):
        set_banner(make_entry(condition=entry.condition), by=publisher, text=TEXT)
    page, condition = entry.get_absolute_url(), entry.condition.get_absolute_url()
    for url, fewest in ((page, 0), (condition, 0), ("/remedies/", 1), ("/about/", 1)):
        Client().get(url)
        with CaptureQueriesContext(connection) as queries:
            Client().get(url)
        begin = 'SELECT "publishing_safetybanner"'
        looked = [query for query in queries if query["sql"].startswith(begin)]
        assert len(looked) == (1 if many else fewest), url


@pytest.mark.django_db(transaction=True)
def test_kept_pages_show_it_with_the_next_request_and_lose_it_with_the_next_one():
    site, publisher = Site(), make_user("publisher")
    entry = make_entry(make_remedy("Magnesium"), make_condition("Insomnia"))
    urls = [entry.get_absolute_url(), entry.remedy.get_absolute_url(), "/", "/about/"]
    member = Client()
    member.force_login(make_user())

    def shown() -> list[bool]:
        bodies = [site.get(url)[2].decode() for url in urls]
        bodies.append(member.get(urls[0]).content.decode())
        return ["Do not use it." in body for body in bodies]

    assert shown() == [False] * 5
    assert shown() == [False] * 5
    banner = set_banner(entry.remedy, by=publisher, text="Do not use it.")
    assert shown() == [True, True, True, False, True]
    lift_banner(banner, by=publisher, reason="The recall is over.")
    assert shown() == [False] * 5
    set_banner(None, by=publisher, text="Do not use it.")
    assert shown() == [True] * 5
    publish_entry(entry, by=None)
    assert shown() == [True] * 5
