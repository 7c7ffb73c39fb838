"""A first visit is light, still, and runs nothing for nothing; docs/measures.md has the figures."""

import pytest

from scripts.measure_transfer import ACCOUNT, PAGES, SIGNED_IN, TABLE, Visit, settle, table, visit
from scripts.running_site import running_site


@pytest.fixture(scope="module")
def site():
    """The site as it is served: compressed, with its cache headers."""
    with running_site(command=ACCOUNT) as url:
        settle(url)
        yield url


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_keeps_the_limits(site, browser, name) -> None:
    for width, height in ((360, 780), (1280, 800)):
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
