"""A real Chromium in front of the live server, and an eye on what the pages do.

    def test_tabs(open_page):
        page = open_page(size="phone", scheme="dark", scripts=False)
        page.goto("/remedies/magnesium/")

Every page opened so is watched: a breach of the Content-Security-Policy, an error in a script or
a request to another host fails the test when it ends.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.rules import violations
from tests.browser.visits import Visits
from tests.browser.walk import SIZES, Walk
from tests.browser.watch import Watch
from tests.conftest import CONTENT
from tests.plugins import chromium
from tests.populated_site import PopulatedSite, populate

HERE = Path(__file__).parent

# Playwright's loop runs in the thread of the tests; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
expect.set_options(timeout=10_000)


@pytest.hookimpl(tryfirst=True)  # before -m looks for the marker
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {
        "executable_path": chromium.find(),
        "args": list(chromium.ARGUMENTS),
    }


@pytest.fixture(scope="session")
def base_url(live_server) -> str:
    """`page.goto("/…")` means the live server."""
    return live_server.url


@pytest.fixture(scope="session", autouse=True)
def _no_connection_outlives_its_request(django_db_setup) -> None:
    """A thread of the live server would stay on a database that the next test has left."""
    connection.settings_dict["CONN_MAX_AGE"] = 0


@pytest.fixture
def transactional_db(prepared, django_db_blocker) -> Iterator[None]:
    """What the live server asks for: an empty site, thrown away whole and not table by table."""
    with django_db_blocker.unblock(), prepared.copy("empty", lambda: None):
        yield


@pytest.fixture
def content(live_server, prepared) -> Iterator[None]:
    """The site as it is shipped, in the live server's database."""
    with prepared.copy(*CONTENT):
        yield


@pytest.fixture
def site(live_server, prepared) -> Iterator[PopulatedSite]:
    """A site that people use, in the live server's database."""
    with prepared.copy("populated_site", populate, on=CONTENT) as site:
        yield site


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:
    """What the pages of this test did that they must not; `watch.expect("…")` allows a thing."""
    watch = Watch(live_server.url)
    yield watch
    if watch.problems:
        pytest.fail("\n".join(watch.problems), pytrace=False)


def page_opener(new_context: Callable[..., BrowserContext], watch: Watch) -> Callable[..., Page]:
    """Opens a page of a visitor of its own: no cookies from the pages opened before."""

    def open_page(
        *, size: str = "desk", scheme: str = "light", scripts: bool = True, **others: Any
    ) -> Page:
        context = new_context(
            viewport=SIZES[size],
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",  # nothing to wait for
            **others,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        watch.over(page)
        return page

    return open_page


@pytest.fixture
def open_page(new_context, watch: Watch) -> Callable[..., Page]:
    """Pages of visitors of their own, watched."""
    return page_opener(new_context, watch)


def expect_odd_pages(watch: Watch) -> None:
    """Of all types of page, one is a choice that cannot be compared, and some say what is not there."""
    for status in ("400", "404", "410"):
        watch.expect(status)


@pytest.fixture
def walk(live_server, site: PopulatedSite, open_page, watch: Watch) -> Walk:
    """A walk over every type of page of a site that people use."""
    expect_odd_pages(watch)
    return Walk(site, open_page, live_server.url)


@pytest.fixture(scope="session")
def visits(
    browser: Browser, browser_context_args: dict, live_server, prepared, django_db_blocker
) -> Visits:
    """Every type of page, visited once in each window and measured for everything."""
    watch, contexts = Watch(live_server.url), ExitStack()

    def new_context(**how: Any) -> BrowserContext:
        context = browser.new_context(**browser_context_args, **how)
        contexts.callback(context.close)
        return context

    expect_odd_pages(watch)
    visits = Visits()
    with (
        django_db_blocker.unblock(),
        prepared.copy("populated_site", populate, on=CONTENT) as site,
        contexts,
    ):
        visits.make(Walk(site, page_opener(new_context, watch), live_server.url))
    visits.problems = watch.problems
    return visits


@pytest.fixture
def page(open_page) -> Page:
    """The usual case: a desk, light, with scripts."""
    return open_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails with a list of what axe-core finds wrong with a page."""

    def check(page: Page) -> None:
        assert violations(page).faults == []

    return check
