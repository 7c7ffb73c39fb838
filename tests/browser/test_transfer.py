"""A first visit is light, still, and runs nothing for nothing; docs/measures.md has the figures."""

import pytest
from django.db import connection

from scripts.measure_transfer import (
    ACCOUNT,
    PAGES,
    SIGNED_IN,
    TABLE,
    WINDOWS,
    Visit,
    settle,
    table,
    visit,
)
from scripts.running_site import running_site
from tests.conftest import CONTENT, for_a_module
from tests.counts import FULL
from tests.populated_site import populate_activity


@pytest.fixture(scope="module")
def filled(prepared, django_db_blocker):
    """Where the database of the site is, filled already; a server on PostgreSQL fills one of its own."""
    with for_a_module(prepared, django_db_blocker, "activity", populate_activity, on=CONTENT):
        is_file = connection.vendor == "sqlite"
        yield f"sqlite:///{connection.settings_dict['NAME']}" if is_file else None


@pytest.fixture(scope="module")
def site(filled):
    """The site as it is served: compressed, with its cache headers."""
    settings = {"DATABASE_URL": filled} if filled else {}
    with running_site(populated_site=not filled, settings=settings, command=ACCOUNT) as url:
        settle(url)
        yield url


# What crosses the wire is the same in both windows; what moves while a page loads at a desk is seen by
# the visits of every type of page too.
@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_keeps_the_limits(site, browser, name) -> None:
    for width, height in WINDOWS if FULL else WINDOWS[:1]:
        seen = visit(browser, site, name, width=width, height=height)
        if (
            seen.shift
        ):  # a busy machine may paint half a page; a fault of the page is there each time
            seen = visit(browser, site, name, width=width, height=height)
        assert seen.faults == []
        assert seen.requests >= 3  # the page, its stylesheet and its icon: something was counted
        # Members' pages alone have the script of their forms, so somebody was signed in there.
        assert (seen.script_bytes > 10_000) == (name in {*SIGNED_IN, "home", "search"})


@pytest.mark.parametrize(
    ("name", "kilobytes", "requests"), [("entry", 45, 5), ("entry, signed in", 70, 8)]
)
def test_an_entry_has_the_limits_of_the_design(name, kilobytes, requests) -> None:
    within = Visit(name, "1 × 1", requests=requests, bytes=kilobytes * 1000)
    beyond = Visit(name, "1 × 1", requests=requests + 1, bytes=kilobytes * 1000 + 1)
    assert within.faults == []
    assert len(beyond.faults) == 2


def test_a_visit_over_a_limit_says_which() -> None:
    heavy = Visit("planted", "1 × 1", requests=6, bytes=62_000, shift=0.1, idle_scripts=["/a.js"])
    assert [fault.split()[-1] for fault in heavy.faults] == ["kB", "requests", "0.1", "['/a.js']"]


def test_the_table_is_what_the_script_writes() -> None:
    head, *_rows = table([]).partition("| --- |")
    text = TABLE.read_text(encoding="utf-8")
    assert text.startswith(head)
    assert all(f"| {name} |" in text for name in PAGES)
