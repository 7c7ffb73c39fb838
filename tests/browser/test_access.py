"""What every page keeps, for everybody: the rules of axe-core, targets that a thumb hits, nothing
that moves by itself, and meaning that does not hang on a colour.
"""

import pytest

from tests.browser.rules import violations
from tests.browser.walk import measure, open_everything, settle


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("desk", "dark")])
def test_no_page_breaks_a_rule_with_everything_open(walk, size, scheme) -> None:
    for page, faults in walk(size=size, scheme=scheme):
        open_everything(page)
        faults += violations(page)
        for popover in page.locator("[popover]").all():
            if not popover.is_visible():
                popover.evaluate("part => part.showPopover()")
                faults += violations(page, ":popover-open")
                popover.evaluate("part => part.hidePopover()")


def test_a_thumb_hits_every_control_of_a_phone(walk) -> None:
    for page, faults in walk(size="phone"):
        open_everything(page)
        for popover in page.locator("[popover]").all():
            popover.evaluate("part => part.showPopover()")
        faults += measure(page, "targets", control=44, link=24)


WATCH = """
  window.shifts = [];
  new PerformanceObserver(list => window.shifts.push(...list.getEntries())).observe(
    { type: "layout-shift", buffered: true });
"""
# What moved by itself; what a person sets in motion by a click is theirs.
MOVED = """() => shifts.filter(shift => !shift.hadRecentInput).flatMap(shift =>
  shift.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? "something"))"""
# The line that opens a part stays under the pointer.
JUMPS = """() => [...document.querySelectorAll("summary")].filter(line => {
  if (!line.checkVisibility()) return false;
  const before = line.getBoundingClientRect().top;
  line.parentElement.open = !line.parentElement.open;
  return Math.abs(line.getBoundingClientRect().top - before) > 1;
}).map(line => line.textContent.trim())"""


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_nothing_moves_by_itself(walk, size) -> None:
    for page, faults in walk(size=size, prepare=WATCH):
        settle(page)
        faults += [f"moved while loading: {part}" for part in page.evaluate(MOVED)]
        faults += [f"jumps when it opens: {line}" for line in page.evaluate(JUMPS)]
