"""What an address answers: shown, missing, withdrawn, moved; and the pages that stand alone."""

import re

import pytest

from conditions.services import publish_condition, rename_condition, withdraw_condition
from remedies.services import (
    publish_entry,
    publish_remedy,
    rename_remedy,
    withdraw_entry,
    withdraw_remedy,
)
from remedies_site.criteria import FRAMES
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page, links
from tests.surfaces import NOT_HTML, SURFACES, addresses_of

MAGNESIUM = "/remedies/magnesium/"
LEGS = f"{MAGNESIUM}restless-legs-syndrome/"
CONDITION = "/conditions/restless-legs-syndrome/"
REASON = "A dose was wrong: <b>do not</b> use it."
PUBLISH = {"remedy": publish_remedy, "condition": publish_condition, "entry": publish_entry}
WITHDRAW = {"remedy": withdraw_remedy, "condition": withdraw_condition, "entry": withdraw_entry}


@pytest.fixture
def world(standing_world):
    return standing_world


def part_of(world, name):
    return {
        "remedy": world.magnesium,
        "condition": world.restless_legs,
        "entry": world.legs_entry,
    }[name]


# ---- missing -----------------------------------------------------------------------------------


def test_a_draft_answers_as_nothing_does(world):
    draft = make_remedy("Xylitol", published=False)
    nothing = draft.get_absolute_url().replace("xylitol", "nothing")
    responses = [world.vera.get(url) for url in (draft.get_absolute_url(), nothing)]
    assert [response.status_code for response in responses] == [404, 404]
    bodies = {response.content.decode().replace("xylitol", "nothing") for response in responses}
    assert len(bodies) == 1


def test_a_draft_entry_answers_as_a_pair_that_nobody_looked_at(world):
    named = make_condition("Hiccups")
    before = world.vera.get(f"{MAGNESIUM}hiccups/")
    make_entry(world.magnesium, named, published=False)
    after = world.vera.get(f"{MAGNESIUM}hiccups/")
    assert (before.status_code, before.content) == (after.status_code, after.content)
    assert after.status_code == 404
    assert "Our editors have not reviewed magnesium for this condition." in Page(after).words


def test_a_pair_with_an_unpublished_part_is_not_named(world):
    make_condition("Secret", published=False)
    response = world.vera.get(f"{MAGNESIUM}secret/")
    assert response.status_code == 404
    assert "Secret" not in Page(response).words


@pytest.mark.parametrize(
    "url",
    [
        "/remedies/nothing/",
        "/conditions/nothing/",
        f"{MAGNESIUM}nothing/",
        "/remedies/nothing/restless-legs-syndrome/",
        f"{MAGNESIUM}-/",
        f"{MAGNESIUM}-/histories/",
        f"{LEGS}r/",
        "/remedies/%00/",
        "/remedies/" + "a" * 3_000 + "/",
        "/remedies/маgnesium/",
        "/remedies/%ff%fe/",
        "/wp-login.php",
        "/.env",
    ],
)
def test_unknown_addresses_are_404(world, url):
    response = world.vera.get(url)
    assert response.status_code == 404
    assert Page(response).all("form", role="search")


@pytest.mark.parametrize(
    "number", ["2", "0", "01", "-1", "9" * 10, "9" * 30, "1.0", "1e3", "٣", "%00", "x"]
)
@pytest.mark.parametrize("below", [f"{MAGNESIUM}-/r/", f"{LEGS}r/", f"{CONDITION}-/r/"])
def test_a_version_that_never_was_is_404(world, below, number):
    assert world.vera.get(f"{below}{number}/").status_code == 404


def test_the_address_of_a_version_is_the_one_that_was_published(world):
    for below in (f"{MAGNESIUM}-/r/1/", f"{LEGS}r/1/", f"{CONDITION}-/r/1/"):
        assert world.vera.get(below).status_code == 200


def test_an_entry_s_old_version_stands_under_a_banner(world):
    world.legs_entry.verdict = "It may well help [@Ahlberg2020]."
    world.legs_entry.save()
    publish_entry(world.legs_entry, by=None)
    old, new = (Page(world.vera.get(url)) for url in (f"{LEGS}r/1/", LEGS))
    assert "This is version 1, kept for the record." in old.words
    assert LEGS in links(old.one("aside", class_="callout--caution"))
    assert old.one("meta", name="robots").get("content") == "noindex"
    assert "It may help a little" in old.words
    assert "It may well help" not in old.words
    assert "It may well help" in new.words
    assert not new.all("meta", name="robots")


def test_an_entry_s_old_version_has_today_s_remedy_parts(world):
    world.magnesium.what_it_is = "Newly told."
    world.magnesium.save()
    publish_remedy(world.magnesium, by=None)
    assert "Newly told." in Page(world.vera.get(f"{LEGS}r/1/")).words


# ---- withdrawn ---------------------------------------------------------------------------------

GONE = {
    "entry": [LEGS, f"{LEGS}?draft", f"{LEGS}r/1/", f"{LEGS}r/2/"],
    "remedy": [MAGNESIUM, f"{MAGNESIUM}-/r/1/", LEGS, f"{LEGS}r/1/", f"{MAGNESIUM}insomnia/"],
    "condition": [CONDITION, f"{CONDITION}-/r/1/", LEGS, f"{LEGS}r/1/"],
}


@pytest.mark.parametrize("part", GONE)
def test_withdrawn_pages_answer_410_with_the_reason(world, part):
    WITHDRAW[part](part_of(world, part), by=None, reason=REASON)
    for url in GONE[part]:
        response = world.vera.get(url)
        page = Page(response)
        assert response.status_code == 410, url
        assert f"The reason: {REASON}" in page.words
        assert page.one("meta", name="robots").get("content") == "noindex"
        assert "It may help" not in page.words


@pytest.mark.parametrize("part", GONE)
def test_lists_and_search_forget_what_was_withdrawn(world, part):
    thing = part_of(world, part)
    names = ("home", "remedies", "conditions", "search", "sitemap")
    urls = [url for name in names for url in SURFACES[name](world.legs_entry)]

    def naming_it() -> list[str]:
        link = thing.get_absolute_url()
        return [each for each in urls if link in world.vera.get(each).content.decode()]

    assert len(naming_it()) > 2
    WITHDRAW[part](thing, by=None, reason=REASON)
    assert naming_it() == []


@pytest.mark.parametrize("part", GONE)
def test_the_others_go_on(world, part):
    WITHDRAW[part](part_of(world, part), by=None, reason=REASON)
    alive = {"entry": [MAGNESIUM, CONDITION], "remedy": [CONDITION], "condition": [MAGNESIUM]}
    for url in alive[part]:
        assert world.vera.get(url).status_code == 200


@pytest.mark.parametrize("part", GONE)
def test_publishing_again_brings_everything_back(world, part):
    thing = part_of(world, part)
    WITHDRAW[part](thing, by=None, reason=REASON)
    PUBLISH[part](thing, by=None)
    for url in GONE[part]:
        response = world.vera.get(url)
        assert response.status_code == 200, url
        assert f"The reason: {REASON}" not in Page(response).words


# ---- moved -------------------------------------------------------------------------------------


def moves_to(browser, old, new):
    response = browser.get(old)
    assert (response.status_code, response.headers.get("Location")) == (301, new), old
    assert browser.get(new).status_code == 200


@pytest.mark.parametrize(
    "below",
    ["", "?sort=name&x=%C3%A9", "-/r/1/", "insomnia/", "insomnia/r/1/", "insomnia/r/1/?a=1&b"],
)
def test_a_renamed_remedy_and_all_below_it_forward(world, below):
    rename_remedy(world.magnesium, slug="magnesium-salts")
    moves_to(world.vera, f"{MAGNESIUM}{below}", f"/remedies/magnesium-salts/{below}")


@pytest.mark.parametrize("below", ["", "?a=1", "-/r/1/"])
def test_a_renamed_condition_forwards(world, below):
    rename_condition(world.restless_legs, slug="rls")
    moves_to(world.vera, f"{CONDITION}{below}", f"/conditions/rls/{below}")


@pytest.mark.parametrize("below", ["", "?a=1", "r/1/"])
def test_the_entries_of_a_renamed_condition_forward(world, below):
    rename_condition(world.restless_legs, slug="rls")
    moves_to(world.vera, f"{LEGS}{below}", f"{MAGNESIUM}rls/{below}")


def test_several_moves_are_one_step(world):
    rename_condition(world.restless_legs, slug="rls")
    rename_remedy(world.magnesium, slug="mg")
    rename_condition(world.restless_legs, slug="legs")
    moves_to(world.vera, LEGS, "/remedies/mg/legs/")
    moves_to(world.vera, CONDITION, "/conditions/legs/")


def test_a_page_that_moved_back_is_there_again(world):
    rename_remedy(world.magnesium, slug="mg")
    rename_remedy(world.magnesium, slug="magnesium")
    assert world.vera.get(MAGNESIUM).status_code == 200
    moves_to(world.vera, "/remedies/mg/insomnia/", f"{MAGNESIUM}insomnia/")


def test_a_new_page_at_an_old_address_is_shown(world):
    rename_remedy(world.magnesium, slug="mg")
    make_remedy("Another", slug="magnesium")
    assert Page(world.vera.get(MAGNESIUM)).h1 == "Another"


def test_a_renamed_page_that_was_withdrawn_says_so_at_its_new_address(world):
    rename_remedy(world.magnesium, slug="mg")
    withdraw_remedy(world.magnesium, by=None, reason=REASON)
    response = world.vera.get(MAGNESIUM, follow=True)
    assert response.redirect_chain == [("/remedies/mg/", 301)]
    assert response.status_code == 410


def test_a_forgotten_slash_forwards(world):
    moves_to(world.vera, MAGNESIUM.rstrip("/"), MAGNESIUM)


# ---- methods -----------------------------------------------------------------------------------


def test_head_answers_as_get_without_a_body(world):
    for _name, url in addresses_of(world.legs_entry):
        got, head = (ask(url) for ask in (world.vera.get, world.vera.head))
        assert head.status_code == got.status_code
        assert head.content == b""
        assert head.headers["Content-Type"] == got.headers["Content-Type"]


FORMS = {"check", "avoid", "ask", "challenge_entry", "challenge_remedy", "challenge_condition"}


def test_no_page_takes_a_post(world):
    for name, url in addresses_of(world.legs_entry):
        if name in SURFACES and name not in NOT_HTML | FORMS:
            assert world.vera.post(url, {"q": "x"}).status_code == 405, url


# ---- pages that stand alone --------------------------------------------------------------------

ABOUT = [
    *(
        "/about/",
        "/about/privacy/",
        "/about/grading/",
        "/about/editorial/",
        "/about/accessibility/",
    ),
    *("/about/licence/", "/about/help/", "/about/criteria/", "/trust/"),
]


@pytest.mark.parametrize("url", ABOUT)
def test_governance_pages_have_a_heading_and_a_title(db, client, url):
    response = client.get(url)
    page = Page(response)
    assert response.status_code == 200
    assert page.h1
    assert page.title.startswith(page.h1)


STATED = {
    "SITE_OPERATOR": "The Society of Plain Words",
    "SITE_CONTACT": "desk@example.org",
    "SITE_FUNDING": "Membership fees",
}


def test_what_only_the_operator_knows_is_not_made_up(db, client, settings):
    for name in STATED:
        setattr(settings, name, "")
    assert Page(client.get("/about/")).words.count("not stated by the operator") == len(STATED)


def test_what_the_operator_states_is_shown(db, client, settings):
    for name, words in STATED.items():
        setattr(settings, name, words)
    page = Page(client.get("/about/"))
    assert all(words in page.words for words in STATED.values())
    assert "not stated by the operator" not in page.words
    assert STATED["SITE_CONTACT"] in Page(client.get("/about/privacy/")).words


UNSTATED = {
    "/about/accessibility/": ("ACCESSIBILITY_AUDIT", "Outside audit: not stated by the operator"),
    "/about/licence/": (
        "DATA_LICENCE",
        "Texts and grades of our editors not stated by the operator",
    ),
    "/about/help/": ("HELPLINES", "Other countries: not stated by the operator."),
}


@pytest.mark.parametrize("url", UNSTATED)
def test_a_page_about_the_site_shows_what_the_operator_states_or_says_that_it_is_not_stated(
    db, client, settings, url
):
    name, sentence = UNSTATED[url]
    assert sentence in Page(client.get(url)).words
    setattr(settings, name, ["Example country: 999"] if name == "HELPLINES" else "Example words")
    words = Page(client.get(url)).words
    assert sentence not in words
    assert "Example" in words


@pytest.mark.parametrize(
    ("review", "says"), [("one", "can publish alone"), ("two", "Nobody publishes alone")]
)
def test_the_editorial_policy_says_how_many_people_a_change_takes_on_this_site(
    db, client, settings, review, says
):
    settings.REVIEW = review
    assert says in Page(client.get("/about/editorial/")).words


def test_the_index_of_the_pages_about_the_site_links_each_of_them(db, client):
    links = {link.get("href") for link in Page(client.get("/about/")).all("a")}
    assert links >= {*ABOUT, "/about/reviewers/", "/about/rules/", "/about/moderation/"} - {
        "/about/"
    }
    assert "/recent/corrected/" in links


def test_each_criterion_leads_to_a_page_or_says_that_it_is_not_met(db, client):
    page = Page(client.get("/about/criteria/"))
    for frame in FRAMES:
        assert str(frame.name) in page.words
        for criterion in frame.criteria:
            assert criterion.url_name or not criterion.is_met, criterion.wants
            assert str(criterion.wants) in page.words
    assert page.words.count("Not met, or in part:") == sum(
        not criterion.is_met for frame in FRAMES for criterion in frame.criteria
    )


def test_the_emergency_line_stands_on_every_page(world, settings):
    settings.EMERGENCY_NUMBER = "112"
    for name, url in addresses_of(world.legs_entry):
        if name not in NOT_HTML:
            page = Page(world.vera.get(url))
            assert "In an emergency, call 112." in page.words, url


def test_no_emergency_number_is_guessed(world, settings):
    settings.EMERGENCY_NUMBER = ""
    page = Page(world.vera.get(LEGS))
    assert "In an emergency, call the emergency number of your country." in page.words


def test_the_sitemap_holds_what_is_published_and_nothing_else(world):
    make_remedy("Secret", published=False)
    make_entry(world.magnesium, published=False)
    index = world.vera.get("/sitemap.xml").content.decode()
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]+)</loc>", index)
    listed = "".join(world.vera.get(path).content.decode() for path in paths)
    for thing in (world.magnesium, world.restless_legs, world.insomnia, world.legs_entry):
        assert f"{thing.get_absolute_url()}</loc>" in listed
    # nineteen standing pages, a remedy, three conditions, two entries
    assert listed.count("<loc>") == 19 + 1 + 3 + 2


def test_robots_may_read_everything_but_search_and_admin(db, client, settings):
    settings.SITE_URL = "https://remedies.example"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /search/",
        "Disallow: /admin/",
        "Sitemap: https://remedies.example/sitemap.xml",
    ]


def test_an_error_of_ours_has_a_page_of_its_own(db, client, monkeypatch):
    def fails(_query, **_rest):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr("search.views.search_results", fails)
    client.raise_request_exception = False
    response = client.get("/search/?q=x")
    page = Page(response)
    assert response.status_code == 500
    assert page.h1 == "Something went wrong on our side"
    assert "the database is gone" not in page.words


def test_a_strange_host_is_refused_with_a_page(db, client):
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/remedies/", ["Remedies"]),
        (MAGNESIUM, ["Remedies"]),
        (f"{MAGNESIUM}-/conditions/", ["Remedies"]),
        ("/conditions/", ["Conditions"]),
        (CONDITION, ["Conditions"]),
        (f"{CONDITION}-/remedies/", ["Conditions"]),
        ("/map/", ["Evidence map"]),
        ("/about/", []),
    ],
)
def test_the_header_marks_the_one_section_that_a_page_belongs_to(world, client, path, current):
    header = re.search(r"<header class=\"site-header.*?</header>", client.get(path).text, re.S)[0]
    links = re.findall(r'<a class="site-header__link[^>]*aria-current[^>]*>([^<]*)</a>', header)
    assert links == current
