"""What holds for every answer: no cookie and no token for readers, asked again every time, nothing
from another host, nothing inline, a strict policy, and HTML that a browser need not mend."""

import re
from itertools import pairwise
from unittest import mock
from urllib.parse import urlsplit

import html5lib
import pytest
from django.http import HttpResponse
from django.test import Client

from conditions.services import publish_condition, withdraw_condition
from remedies.services import publish_entry, publish_remedy
from tests.conftest import WORLD, forget_all
from tests.factories import make_challenge, make_entry, make_remedy, make_review
from tests.reading import Page
from tests.surfaces import ERRORS, NOT_HTML, SURFACES, addresses_of
from tests.world import meet_world

pytestmark = pytest.mark.every_page

LEGS = "/remedies/magnesium/restless-legs-syndrome/"
ALL = [*SURFACES, *ERRORS, "gone", "moved", "server error", "bad host"]
FORMS = {"challenge_entry", "challenge_remedy", "challenge_condition", "ask"}
"""Pages of their own for what a reader sends: never kept, with a token; nothing leads there but a link."""
OWN_CACHING = {"healthz", "readyz", *FORMS}
RESOURCES = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "use": "href",
}
ASKED_FOR = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch", "preconnect"}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "report-uri": "/browser-reports/",
    "report-to": "site",
}


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture(scope="module")
def responses(prepared, django_db_blocker):
    """Every kind of answer that a visitor can get, asked for once, on a database of its own."""
    with (
        django_db_blocker.unblock(),
        prepared.copy("responses", ask_for_all, on=WORLD) as collected,
    ):
        return collected


def ask_for_all() -> list[tuple[str, HttpResponse]]:
    """The answers by their names, on a site of which one page was withdrawn."""
    forget_all()
    world = meet_world()
    make_review(world.legs_entry)
    make_challenge(world.legs_entry)
    collected = [
        (name, world.vera.get(address)) for name, address in addresses_of(world.legs_entry)
    ]
    withdraw_condition(world.insomnia, by=None, reason="It was wrong.")
    collected.append(("gone", world.vera.get("/conditions/insomnia/")))
    collected.append(("moved", world.vera.get("/remedies")))
    collected.append(("bad host", world.vera.get("/", headers={"Host": "evil.example"})))
    with mock.patch("remedies.pages.list_views.home_page", side_effect=RuntimeError("no page")):
        failed = Client(raise_request_exception=False).get("/")
    collected.append(("server error", failed))
    assert {name for name, _answer in collected} == set(ALL)
    return collected


def pages(responses):
    html = [
        (name, Page(response))
        for name, response in responses
        if name not in NOT_HTML and response.content
    ]
    assert len(html) > 30
    return html


def test_every_answer_has_the_status_it_should(responses):
    expected = {"gone": 410, "moved": 301, "server error": 500, "bad host": 400, "not found": 404}
    expected |= {"compare": 400}  # one remedy alone is nothing to compare
    nothing = {"remedy_history", "condition_history", "entry_history"}  # a version with itself
    for name, response in responses:
        allowed = {expected.get(name, 200)} | (
            {404} if "revision" in name or "difference" in name else set()
        )
        allowed |= {200} if name == "compare" else set()
        allowed |= {400} if name in nothing else set()
        assert response.status_code in allowed, name


def test_readers_get_no_cookie(responses):
    for name, response in responses:
        if name in FORMS:
            continue
        assert not response.cookies, name
        assert "Set-Cookie" not in response.headers, name


def test_readers_get_no_token_and_no_form_that_changes_anything(responses):
    for name, response in responses:
        assert name in FORMS or b"csrf" not in response.content.lower(), name
    for name, page in pages(responses):
        assert name in FORMS or page.changing_forms == [], name


def test_readers_pages_may_be_kept_but_must_be_asked_for_again(responses):
    for name, response in responses:
        if name not in OWN_CACHING:
            assert response.headers["Cache-Control"] == "public, no-cache", name
        vary = {part.strip() for part in response.headers["Vary"].split(",")}
        assert {"Cookie", "HX-Request"} <= vary, name


def test_asking_again_for_the_same_answers_304(world):
    asked = 0
    for name, address in addresses_of(world.legs_entry):
        first = world.vera.get(address)
        if first.status_code != 200 or name in OWN_CACHING:
            continue
        asked += 1
        tag = first.headers["ETag"]
        again = world.vera.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b""), address
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == "public, no-cache"
        assert "Cookie" in again.headers["Vary"]
    assert asked > 40


def test_the_health_check_is_never_kept(db, client):
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]


CHANGES = {
    "remedy": ("/remedies/magnesium/", lambda world: world.magnesium, publish_remedy),
    "condition": (
        "/conditions/restless-legs-syndrome/",
        lambda world: world.restless_legs,
        publish_condition,
    ),
    "entry": (LEGS, lambda world: world.legs_entry, publish_entry),
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_published_change_shows_on_the_next_request(world, part):
    address, of, publish = CHANGES[part]
    before = world.vera.get(address).headers["ETag"]
    thing = of(world)
    field = {"remedy": "what_it_is", "condition": "overview", "entry": "mechanism"}[part]
    setattr(thing, field, "Newly written.")
    thing.save()
    kept = world.vera.get(address, headers={"If-None-Match": before})
    assert kept.status_code == 304
    publish(thing, by=None)
    fresh = world.vera.get(address, headers={"If-None-Match": before})
    assert fresh.status_code == 200
    assert fresh.headers["ETag"] != before
    assert "Newly written." in Page(fresh).words


@pytest.mark.parametrize("address", ["/", "/remedies/", "/conditions/insomnia/", "/search/?q=new"])
def test_a_new_entry_shows_on_the_next_request_of_every_list(world, address):
    tag = world.vera.get(address).headers["ETag"]
    make_entry(make_remedy("New one"), world.insomnia)
    fresh = world.vera.get(address, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert "New one" in Page(fresh).words


@pytest.mark.parametrize("person", ["mara", "edda"])
def test_members_pages_are_their_own(world, person):
    browser = world.browser_of(getattr(world, person))
    for name, address in addresses_of(world.legs_entry):
        response = browser.get(address)
        if name not in OWN_CACHING:
            assert response.headers["Cache-Control"] == "private, no-store", address
        assert "Cookie" in response.headers["Vary"]


def test_a_page_that_no_browser_may_keep_has_no_tag(world):
    """A tag takes a look at all of the page."""
    assert "ETag" in world.vera.get(LEGS).headers
    assert "ETag" not in world.browser_of(world.mara).get(LEGS).headers


def policy_of(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts)


def test_every_answer_carries_the_strict_policy(responses):
    for name, response in responses:
        assert policy_of(response) == POLICY, name
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


DATA_TYPES = {"application/json", "application/ld+json", "text/plain"}
"""Blocks that no browser runs."""


def policy_violations(page: Page) -> list[str]:
    """What the policy would refuse, and what would be asked of another host."""
    violations = []
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag
        inline = tag == "script" and not element.get("src")
        data = tag == "script" and element.get("type") in DATA_TYPES
        if tag == "style" or (inline and not data):
            violations.append(f"inline {tag}")
        for name, value in element.attrib.items():
            if name == "style" or re.match(r"on[a-z]", name):
                violations.append(f"{tag} {name}={value!r}")
            if value.strip().lower().startswith("javascript:"):
                violations.append(f"{tag} {name}={value!r}")
        violations += [
            f"{tag} asks {url}" for url in requested_urls(element) if urlsplit(url).netloc
        ]
    return violations


def requested_urls(element) -> list[str]:
    """The addresses that a browser asks for by itself."""
    if element.tag == "link":
        wanted = ASKED_FOR & set(element.get("rel", "").split())
        return [element.get("href", "")] if wanted else []
    asked = [element.get(RESOURCES.get(element.tag, ""), "")]
    asked += [part.split()[0] for part in element.get("srcset", "").split(",") if part.strip()]
    return [*asked, element.get("poster", ""), element.get("background", "")]


def test_nothing_inline_and_nothing_from_another_host(responses):
    assert [
        (name, violations)
        for name, page in pages(responses)
        if (violations := policy_violations(page))
    ] == []


def test_links_to_sources_are_all_that_leads_away(responses):
    """A page may link to a work; it names no other host for anything else."""
    to_works = 0
    for name, page in pages(responses):
        for link in page.all("a"):
            address = urlsplit(link.get("href", ""))
            if address.netloc:
                assert address.scheme == "https", name
                assert "noopener" in link.get("rel", ""), link.get("href")
                to_works += 1
    assert to_works > 10


def test_every_page_is_sound_html(responses):
    parsed = 0
    for name, response in responses:
        if name in NOT_HTML or not response.content:
            continue
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(response.content.decode())
        assert parser.errors == [], name
        parsed += 1
    assert parsed > 30


def test_every_page_is_one_a_screen_reader_can_walk(responses):
    for name, page in pages(responses):
        assert len(page.ids) == len(set(page.ids)), name
        assert len(page.all("h1")) == len(page.all("main")) == 1, name
        assert page.one("html").get("lang") == "en"
        check_names(page)
        check_levels(page)


def check_names(page: Page) -> None:
    """What is named by another element finds it; every field has a label; every link has words."""
    ids = set(page.ids)
    for element in page.root.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "popovertarget"):
            for name in element.get(attribute, "").split():
                assert name in ids, f"{attribute}={name}"
        if element.tag == "input" and element.get("type") not in {"hidden", "submit"}:
            assert page.all("label", for_=element.get("id", "")), element.attrib
        if element.tag == "a":
            assert "".join(element.itertext()).strip(), element.attrib


def check_levels(page: Page) -> None:
    """No heading is more than one level below the heading before it."""
    levels = [int(h.tag[1]) for h in page.root.iter() if re.fullmatch(r"h[1-6]", str(h.tag))]
    assert levels[0] == 1
    for before, after in pairwise(levels):
        assert after <= before + 1, levels


ADMIN_URLS = [
    "/admin/",
    "/admin/login/",
    "/admin/remedies/remedy/",
    "/admin/remedies/remedy/add/",
    "/admin/conditions/condition/add/",
    "/admin/citations/citation/",
    "/admin/citations/citation/add/",
    "/admin/remedies/remedyconditionentry/add/",
    "/admin/remedies/entryrevision/",
    "/admin/publishing/redirect/",
    "/admin/accounts/user/",
    "/admin/password_change/",
    "/admin/no/such/page/",
]


def test_the_admin_keeps_the_policy_too(world, admin_user):
    browser = world.browser_of(admin_user)
    entry = f"/admin/remedies/remedyconditionentry/{world.legs_entry.pk}"
    urls = [*ADMIN_URLS, f"{entry}/change/", f"{entry}/withdraw/", f"{entry}/history/"]
    violations = {}
    for address in urls:
        response = browser.get(address)
        assert policy_of(response) == POLICY, address
        assert "public" not in response.headers.get("Cache-Control", ""), address
        status = {"/admin/login/": 302, "/admin/no/such/page/": 404}.get(address, 200)
        assert response.status_code == status, address
        if status != 302 and (found := policy_violations(Page(response))):
            violations[address] = found
    assert violations == {}


def test_logging_in_is_for_nobody_else(db, client):
    response = client.get("/admin/login/")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("kind", ["script", "style"])
def test_the_scan_for_what_is_inline_finds_it(kind):
    assert policy_violations(Page(f"<body><{kind}>x</{kind}>")) == [f"inline {kind}"]


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">x',
        '<p onclick="x()">x',
        '<a href="javascript:x()">x</a>',
        '<img src="https://other.example/x.png">',
        '<img src="//other.example/x.png">',
        '<link rel="stylesheet" href="https://other.example/x.css">',
        '<script src="https://other.example/x.js"></script>',
    ],
)
def test_the_scan_for_what_is_refused_finds_it(html):
    assert len(policy_violations(Page(html))) == 1
