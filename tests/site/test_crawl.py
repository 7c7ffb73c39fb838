"""A reader who follows every link: each answers, the sitemap knows them all, and none holds anybody's own."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve

from accounts.models import User
from remedies.services import vote_on_entry
from remedies.sitemaps import SECTIONS, STANDING_PAGES
from tests.counts import FULL, count
from tests.factories import make_comment, make_remedy, make_user
from tests.reading import Page

pytestmark = pytest.mark.every_page

LISTED = {*STANDING_PAGES, "remedy", "condition", "entry"}
MOST_PAGES = count(small=220, full=5_000)
REDIRECTING = {"comment", "index"}
"""A permanent address of a comment leads to the page that shows it now, the admin's to its log-in."""
LEADING = (
    *(("a", "href"), ("area", "href"), ("link", "href"), ("form", "action")),
    *(("img", "src"), ("script", "src"), ("source", "src"), ("iframe", "src")),
)
PERSONAL = ("csrfmiddlewaretoken", "sessionid", "@example.org", "pbkdf2_", 'password": ')


@dataclass(frozen=True)
class Crawl:
    """Every page that links lead to with its answer, the sitemap's paths, and words that belong to people."""

    answers: dict[str, Any]
    not_visited: list[str]
    files: set[str]
    sitemap: list[str]
    personal: list[str]


_crawls: list[Crawl] = []


@pytest.fixture
def crawl(standing_world) -> Crawl:
    """Breadth first from the first page; walked once for all tests, which only look at it."""
    if not _crawls:
        _crawls.append(walk(standing_world))
    return _crawls[0]


def walk(world) -> Crawl:
    voter = make_user(name="only-voted-here")
    vote_on_entry(world.legs_entry, by=voter, value=1, consent=True)
    make_comment(world.legs_entry, by=world.mara)
    make_remedy("Secret remedy", published=False)
    world.browser_of(world.mara).get(world.legs_entry.get_absolute_url())
    answers: dict[str, Any] = {}
    waiting = deque(["/"])
    files: set[str] = set()
    browser = Client()
    while waiting and len(answers) < MOST_PAGES:
        url = waiting.popleft()
        if url.startswith(settings.STATIC_URL):
            files.add(url.removeprefix(settings.STATIC_URL))
            continue
        if url in answers:
            continue
        answers[url] = response = browser.get(url)
        browser.cookies.clear()  # as those who refuse what a form gives them
        if "text/html" in response.headers.get("Content-Type", ""):
            waiting.extend(new for new in links_of(url, response) if new not in answers)
    assert len(answers) > 60
    parts = locations(browser.get("/sitemap.xml"))
    assert len(parts) == len(SECTIONS) + 1
    listed = [path for part in parts for path in locations(browser.get(part))]
    people = [word for user in User.objects.all() for word in (user.email, user.password) if word]
    not_visited = [url for url in waiting if url not in answers]
    return Crawl(answers, not_visited, files, listed, [*people, "only-voted-here", "Secret remedy"])


def links_of(url: str, response) -> list[str]:
    """Internal links without fragments, one of each path with a place to go next."""
    found = []
    for address in addresses_of(Page(response)):
        parts = urlsplit(urljoin(url, address))
        if parts.scheme or parts.netloc:
            continue
        query = "" if parts.query.startswith("next=") else parts.query
        found.append(f"{parts.path}?{query}" if query else parts.path)
    return list(dict.fromkeys(found))


def addresses_of(page: Page) -> Iterator[str]:
    """Where a page leads and what it loads: links, forms that only ask, pictures, styles and scripts."""
    for tag, attribute in LEADING:
        for element in page.all(tag):
            if attribute in element.attrib and element.get("method", "get").lower() == "get":
                yield element.attrib[attribute]


def name_of(url: str) -> str:
    return resolve(urlsplit(url).path).url_name or ""


def test_every_internal_link_answers_200(crawl):
    wrong = {
        url: response.status_code
        for url, response in crawl.answers.items()
        if response.status_code != 200
        and not (response.status_code == 302 and name_of(url) in REDIRECTING)
    }
    assert wrong == {}
    if FULL:
        assert crawl.not_visited == []


def test_every_file_that_a_page_loads_is_there(crawl):
    assert len(crawl.files) > 5
    assert [name for name in crawl.files if finders.find(name) is None] == []


def test_the_sitemap_lists_exactly_the_pages_that_links_lead_to(crawl):
    assert len(crawl.sitemap) == len(set(crawl.sitemap))
    linked = {url for url in crawl.answers if "?" not in url and name_of(url) in LISTED}
    assert set(crawl.sitemap) == linked
    for path in crawl.sitemap:
        page = Page(crawl.answers[path])
        assert not page.all("meta", name="robots"), path
        assert page.one("link", rel="canonical").get("href") == settings.SITE_URL + path


def test_a_page_that_search_engines_may_keep_is_in_the_sitemap(crawl):
    """Of those without a query, which are views of a page that is."""
    looked_at = [
        url
        for url, response in crawl.answers.items()
        if "?" not in url
        and response.status_code == 200
        and "text/html" in response.headers["Content-Type"]
        and not Page(response).all("meta", name="robots")
    ]
    assert len(looked_at) > 20
    assert set(looked_at) - set(crawl.sitemap) == set()


def locations(response) -> list[str]:
    return [
        urlsplit(location).path
        for location in re.findall(r"<loc>(.+?)</loc>", response.content.decode())
    ]


def test_no_page_that_shared_caches_may_hold_has_a_cookie_a_token_or_a_personal_word(crawl):
    looked_at = 0
    for url, response in crawl.answers.items():
        if "public" not in response.headers.get("Cache-Control", ""):
            continue
        looked_at += 1
        assert not response.cookies, url
        assert "X-Request-ID" not in response.headers, url
        text = response.content.decode()
        found = [word for word in (*crawl.personal, *PERSONAL) if word in text]
        assert found == [], url
    assert looked_at > 50


def test_the_look_for_personal_words_finds_what_a_member_s_page_holds(standing_world):
    browser = standing_world.browser_of(standing_world.mara)
    text = browser.get(standing_world.legs_entry.get_absolute_url()).content.decode()
    assert any(word in text for word in PERSONAL)
