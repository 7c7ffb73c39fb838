"""Addresses as people paste and type them lead to the page that is meant, and to no other."""

from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from conditions.services import withdraw_condition
from remedies.services import rename_remedy
from remedies_site.paths import tidy_path
from search.citing import CitingPages
from tests.counts import count
from tests.factories import (
    make_citation,
    make_comment,
    make_condition,
    make_entry,
    make_remedy,
    make_user,
)
from tests.reading import Page

MAGNESIUM = "/remedies/magnesium/"
LEGS = f"{MAGNESIUM}restless-legs-syndrome/"
CONDITION = "/conditions/restless-legs-syndrome/"


@pytest.fixture
def world(standing_world):
    return standing_world


def get(path: str, browser: Client | None = None, **environ):
    """GET of the path as it stands: the test client would read `//` as a host."""
    path, _, query = path.partition("?")
    environ = {
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": query,
    } | environ
    return (browser or Client()).get("/", **environ)


def leads_to(path: str) -> str:
    response = get(path)
    assert response.status_code == 301, (path, response.status_code)
    return response["Location"]


@pytest.mark.parametrize(
    ("untidy", "page"),
    [
        ("/remedies/Magnesium/", MAGNESIUM),
        ("/Remedies/MAGNESIUM/Restless-Legs-Syndrome/", LEGS),
        ("/remedies/Magnesium", MAGNESIUM),
        ("/Conditions/Restless-Legs-Syndrome/", CONDITION),
        ("/conditions/restless-legs-syndrome/Compare/", f"{CONDITION}compare/"),
        (f"{LEGS}Grade/", f"{LEGS}grade/"),
        ("/remedies/Magnesium/-/R/1/", f"{MAGNESIUM}-/r/1/"),
        (f"{LEGS}References.RIS", f"{LEGS}references.ris"),
        ("/remedies/magnesium/-/references.bib.", f"{MAGNESIUM}-/references.bib"),
        ("/Map.csv", "/map.csv"),
        ("/ABOUT/Grading/", "/about/grading/"),
        ("/Search/", "/search/"),
        ("//", "/"),
        ("/.", "/"),
        ("//remedies///magnesium//", MAGNESIUM),
        ("/remedies/magnesium).", MAGNESIUM),
        ("/remedies/magnesium/).", MAGNESIUM),
        ("/remedies/magnesium/,", MAGNESIUM),
        ("/remedies/magnesium./", MAGNESIUM),
        ("/remedies/magnesium/%22", MAGNESIUM),
        ("/remedies/magnesium/%E2%80%9D", MAGNESIUM),
        ("/remedies/magnesium/%3E", MAGNESIUM),
        ("/remedies/magnesium/]*", MAGNESIUM),
        ("/remedies/magnesium/_", MAGNESIUM),
        ("/remedies/magnesium/%20", MAGNESIUM),
        ("/remedies/magnesium%20/", MAGNESIUM),
        ("/remedies/%20magnesium/", MAGNESIUM),
        ("/remedies/magnesium/%0A", MAGNESIUM),
        ("/remedies/magnesium/%E2%80%8B", MAGNESIUM),
        ("/remedies/Magnesium/%C2%A0);", MAGNESIUM),
        (f"{LEGS}).", LEGS),
    ],
)
def test_an_untidy_path_leads_to_the_page_that_it_means(world, untidy, page):
    assert leads_to(untidy) == page
    assert get(page).status_code in {200, 400}  # a comparison of nothing is a 400


@pytest.mark.parametrize(
    "query", ["sort=name", "a=1&b=%C3%A9&c=//evil.example/", "%00=%ff&x=%0d%0aY"]
)
def test_the_query_is_kept(world, query):
    assert leads_to(f"/remedies/Magnesium/?{query}") == f"{MAGNESIUM}?{query}"


def test_a_renamed_page_is_found_in_one_step(world):
    rename_remedy(world.magnesium, slug="magnesium-salts")
    assert leads_to("/Remedies/Magnesium/).") == "/remedies/magnesium-salts/"
    assert (
        leads_to("/remedies/MAGNESIUM/insomnia/?a=1") == "/remedies/magnesium-salts/insomnia/?a=1"
    )


def test_a_withdrawn_page_says_why_at_its_own_address(world):
    withdraw_condition(world.restless_legs, by=None, reason="A dose was wrong.")
    assert leads_to("/conditions/Restless-Legs-Syndrome/") == CONDITION
    assert get(CONDITION).status_code == 410


def test_a_comment_is_found_by_a_pasted_link(world):
    comment = make_comment(world.legs_entry)
    assert leads_to(f"/Comments/{comment.pk}/).") == f"/comments/{comment.pk}/"


@pytest.mark.parametrize("typed", ["AHLBERG2020", "ahlberg2020", "Ahlberg2020)."])
def test_a_work_is_found_by_its_key_in_other_capitals(world, typed):
    assert leads_to(f"/references/{typed}/") == "/references/Ahlberg2020/"


def cited_unless_lower(key: str) -> CitingPages | None:
    return None if key.islower() else CitingPages([], [], [])


def test_keys_that_differ_by_their_capitals_alone_are_not_guessed(world, settings):
    settings.CITING_PAGES = f"{__name__}.cited_unless_lower"
    assert leads_to("/references/ahlberg2020/") == "/references/Ahlberg2020/"
    make_citation("AHLBERG2020")
    assert get("/references/ahlberg2020/").status_code == 404
    assert get("/references/AHLBERG2020/").status_code == 200


def test_a_work_that_no_page_cites_is_not_told(world):
    make_citation("Uncited2020")
    for key in ("Uncited2020", "uncited2020", "Nothing2020"):
        assert get(f"/references/{key}/").status_code == 404


def without(name: str, response) -> str:
    return response.content.decode().replace(name, "").replace(name.capitalize(), "")


@pytest.mark.parametrize(
    "typed", ["/remedies/{}/", "/remedies/{}/).", "/remedies/{}/insomnia/", "//remedies/{}/"]
)
def test_a_draft_answers_as_nothing_does(world, typed):
    make_entry(make_remedy("Xylitol", published=False), world.insomnia, published=False)
    draft, nothing = (get(typed.format(name)) for name in ("Xylitol", "Nothing"))
    assert (draft.status_code, nothing.status_code) == (404, 404)
    assert without("xylitol", draft) == without("nothing", nothing)
    assert "Location" not in draft


def test_a_draft_entry_of_published_parts_answers_as_a_pair_without_one(world):
    with_draft, without_entry = make_condition("Hiccups"), make_condition("Burping")
    make_entry(world.magnesium, with_draft, published=False)
    answers = [get(f"/remedies/Magnesium/{part.slug}/") for part in (with_draft, without_entry)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert without("hiccups", answers[0]) == without("burping", answers[1])


def test_an_unknown_page_keeps_its_404_with_a_search(world):
    response = get("/Remedies/Nothing/).")
    assert response.status_code == 404
    assert Page(response).all("form", role="search")


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "patch"])
def test_only_reading_is_redirected(world, method):
    world.vera.force_login(make_user())
    response = getattr(world.vera, method)("/remedies/Magnesium/")
    assert response.status_code in {404, 405}


@pytest.mark.parametrize(
    "path",
    [
        "/remedies/%00/",
        "/remedies/magnesium/%00",
        "/%00",
        "/references/%00/",
        "/references/a%00/",
        "/remedies/%1b/",
        "/conditions/\x7f/",
        "/comments/%00/",
        "/static/%00",
    ],
)
def test_control_characters_are_404(world, path):
    assert get(path).status_code == 404


def test_head_is_redirected_as_get_is(world):
    response = world.vera.head("/remedies/Magnesium/?a=1")
    assert (response.status_code, response["Location"]) == (301, f"{MAGNESIUM}?a=1")


def test_keys_of_the_account_pages_keep_their_capitals(db):
    assert leads_to("/accounts/confirm-email/AbC:dEf/).") == "/accounts/confirm-email/AbC:dEf/"
    assert get("/accounts/Confirm-Email/AbC/").status_code == 404


@pytest.mark.parametrize("path", ["/Admin/", "/admin/nothing/).", "/ADMIN/login/"])
def test_the_admin_is_left_alone(db, path):
    assert get(path).status_code in {302, 404}


ELSEWHERE = [
    "//evil.example/", "///evil.example", "/\\evil.example/", "/%5Cevil.example/..", "/%2F%2Fevil.example/",
    "/https://evil.example/", "//evil.example/remedies/magnesium/", "/.//evil.example", "/\t/evil.example/",
    "//evil.example\\@/remedies", "/;//evil.example/", "/)//evil.example/", "//evil.example//).",
]  # fmt: skip


@pytest.mark.parametrize("path", ELSEWHERE)
def test_no_path_leads_to_another_host(world, path):
    response = get(path)
    assert response.status_code in {301, 404}
    location = response.get("Location", "/")
    assert urlsplit(location).netloc == ""
    assert not location.startswith(("//", "/\\"))


def test_the_icon_is_found_where_clients_look_for_it(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith(".svg")
    assert "max-age=86400" in response["Cache-Control"]
    assert client.head("/favicon.ico").status_code == 302
    assert client.post("/favicon.ico").status_code == 405


SEGMENTS = st.sampled_from(
    ["remedies", "Remedies", "magnesium", "MAGNESIUM", "restless-legs-syndrome", "conditions", "about", "-",
     "r", "1", "0", "9" * 40, "grade", "references", "Ahlberg2020", "references.ris", "comments", "accounts",
     "admin", "search", "check", "map.csv", "healthz", "static", "..", ".", "", "%", "%00", "\x00", "\n",
     "evil.example", "\\", "http:", "confirm-email", "login", "vote", "edit"]
)  # fmt: skip
PATHS = st.lists(st.one_of(SEGMENTS, SEGMENTS, SEGMENTS, st.text(max_size=8)), max_size=6).flatmap(
    lambda parts: st.sampled_from(["/", "//"]).map(lambda glue: "/" + glue.join(parts))
)
ENDS = st.sampled_from(
    ["", "/", ").", "/).", "%20", " ", "\u200b", "\x00", "//", "/../", "?x=\x00"]
)


@given(path=st.text())
def test_tidying_twice_changes_nothing_more(path):
    tidy = tidy_path(path)
    assert tidy_path(tidy) == tidy_path(f"{tidy}/") == tidy
    assert not tidy.startswith("//")
    assert not tidy.endswith("/")


@settings(
    max_examples=count(small=30, full=400),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(path=PATHS, end=ENDS, method=st.sampled_from(["GET", "HEAD", "OPTIONS", "POST"]))
def test_no_path_is_an_error_of_ours_or_leads_elsewhere(world, path, end, method):
    path = path + end
    assume(not any(0xD800 <= ord(char) < 0xE000 for char in path))
    browser = Client(raise_request_exception=False)
    for _step in range(6):
        raw = path.partition("?")[0].encode().decode("latin-1")
        response = browser.generic(method, "/", PATH_INFO=raw)
        assert response.status_code < 500, (method, path)
        if response.status_code not in {301, 302}:
            break
        location = urlsplit(response["Location"])
        assert location.netloc == "", (path, response["Location"])
        path, method = unquote(location.path), "GET"
    else:
        pytest.fail(f"redirects without end: {path}")
