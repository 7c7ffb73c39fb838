"""A real Chromium in front of the live server, and an eye on what the pages do.

    def test_tabs(open_page):
        page = open_page(size="phone", scheme="dark", scripts=False)
        page.goto("/remedies/magnesium/")

Every page opened so is watched: a breach of the Content-Security-Policy, an error in a script or
a request to another host fails the test when it ends.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.rules import violations
from tests.browser.walk import Walk
from tests.browser.watch import Watch
from tests.plugins import chromium
from tests.populated_site import populate

HERE = Path(__file__).parent
SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 800}}

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


@pytest.fixture
def content(live_server) -> None:
    """The site as it is shipped, in the live server's database."""
    call_command("load_content", "fixtures", verbosity=0)


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:
    """What the pages of this test did that they must not; `watch.expect("…")` allows a thing."""
    watch = Watch(live_server.url)
    yield watch
    if watch.problems:
        pytest.fail("\n".join(watch.problems), pytrace=False)


@pytest.fixture
def open_page(new_context, watch: Watch) -> Callable[..., Page]:
    """Opens a page of a visitor of its own: no cookies from the pages opened before."""

    def open_page(
        *, size: str = "desk", scheme: str = "light", scripts: bool = True, **others: Any
    ) -> Page:
        context: BrowserContext = new_context(
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
def walk(live_server, open_page, watch: Watch) -> Walk:
    """A walk over every type of page of a site that people use."""
    watch.expect("400")  # one of them is a choice that cannot be compared
    watch.expect("404")  # two of them are pages that say that there is nothing
    watch.expect("410")
    return Walk(populate(), open_page, live_server.url)


@pytest.fixture
def page(open_page) -> Page:
    """The usual case: a desk, light, with scripts."""
    return open_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails with a list of what axe-core finds wrong with a page."""

    def check(page: Page) -> None:
        assert violations(page) == []

    return check
