"""Follows docs/editing.md as an editor does: every step of its walk is read from the page and done.

A step is one line of a numbered list. Each of its sentences is one of SENTENCES, word for word; a sentence
that is none of them fails, so that the page cannot say what nobody has tried. Pictures of the page are
taken where it shows them.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.reading import Page as ReadPage

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "editing.md"
STEP = re.compile(r"^\d+\. (.*)$")
PICTURE = re.compile(r"^!\[[^\]]*\]\((pictures/[\w./-]+)\)$")
HEADING = re.compile(r"^### (.*)$")
PATIENCE_SECONDS = 10
TAKES_PICTURES = bool(os.environ.get("GUIDE_PICTURES"))


@dataclass(frozen=True)
class Step:
    """One line of the walk: a sentence to do, or a picture to take; with the heading above it."""

    heading: str
    text: str
    is_picture: bool = False


def steps(start: str, end: str) -> Iterator[Step]:
    """The steps between two headings of the guide (`## start` and the next `## end`)."""
    text = GUIDE.read_text(encoding="utf-8")
    part = text.split(f"## {start}\n")[1].split(f"## {end}\n")[0]
    heading, lines = "", [*part.splitlines(), ""]
    step = ""
    for line in lines:
        starts = STEP.match(line) or HEADING.match(line) or PICTURE.match(line)
        if step and (starts or not line.startswith("   ")):
            yield from (Step(heading, sentence) for sentence in sentences(step))
            step = ""
        if match := HEADING.match(line):
            heading = match[1]
        elif match := PICTURE.match(line.strip()):
            yield Step(heading, match[1], is_picture=True)
        elif match := STEP.match(line):
            step = match[1]
        elif step:
            step += f" {line.strip()}"


def sentences(step: str) -> list[str]:
    """The sentences of a step; a full stop inside of “…”, **…** or `…` ends none."""
    found = re.findall(r"(?:“[^”]*”|\*\*[^*]+\*\*|`[^`]*`|[^“*`.])+\.", step)
    assert " ".join(found).replace(" ", "") == step.replace(" ", ""), step
    return [sentence.strip() for sentence in found]


@dataclass
class Walker:
    """Does the steps with one browser a person, and counts what a hand would click."""

    site_url: str
    open_page: Callable[..., Page]
    password: str
    pages: dict[str, Page] = field(default_factory=dict)
    person: str = ""
    clicks: dict[str, int] = field(default_factory=dict)
    heading: str = ""

    @property
    def page(self) -> Page:
        """The page of whoever acts."""
        return self.pages[self.person]

    def follow(self, step: Step) -> None:
        """Do one step. Raises AssertionError where the guide says what is not so."""
        self.heading = step.heading
        if step.is_picture:
            self.take_picture(step.text)
            return
        for pattern, do in SENTENCES:
            if match := re.fullmatch(pattern, step.text):
                do(self, *match.groups())
                return
        raise AssertionError(f"Nobody can follow this: {step.text}")

    def take_picture(self, name: str) -> None:
        """Into the folder of the guide where asked for; else the file has to be there."""
        target = GUIDE.parent / name
        if TAKES_PICTURES:
            self.page.screenshot(path=target)
        assert target.is_file(), f"{name} is missing: run this test with GUIDE_PICTURES=1"

    def click(self, what: Locator, count: int = 1) -> None:
        """A click of the hand."""
        what.click()
        self.clicks[self.heading] = self.clicks.get(self.heading, 0) + count


def log_in(walker: Walker, name: str) -> None:
    walker.person = name
    if name not in walker.pages:
        walker.pages[name] = walker.open_page()
        walker.page.goto("/admin/")
        walker.page.get_by_label("Name").fill(name)
        walker.page.get_by_label("Password").fill(walker.password)
        walker.page.get_by_role("button", name="Log in").click()
        expect(walker.page.get_by_role("heading", level=1)).to_be_visible()


def go_to(walker: Walker, path: str) -> None:
    walker.page.goto(path)


def _soon(find: Callable[[], Locator | None], missing: str) -> Locator:
    """What `find` returns, as soon as the page has it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while (what := find()) is None:
        assert time.monotonic() < end, missing
        time.sleep(0.1)
    return what


def click(walker: Walker, name: str) -> None:
    """A link, a button or the line of a section, by its words."""
    missing = f"There is no {name} to click on {walker.page.url}"
    walker.click(_soon(lambda: _clickable(walker.page, name), missing))
    walker.page.wait_for_load_state()


def _clickable(page: Page, name: str) -> Locator | None:
    for what in (
        page.get_by_role("button", name=name, exact=True),
        page.get_by_role("link", name=name, exact=True).and_(page.locator("a:not(.section)")),
        page.locator("summary", has_text=name),
    ):
        shown = what.locator("visible=true")
        if shown.count():
            return shown.first
    return None


def _field(walker: Walker, label: str) -> Locator:
    """The control with this label: in the row that is open, where there is one with it."""
    missing = f"There is no field {label} on {walker.page.url}"
    return _soon(lambda: _labelled(walker.page, label), missing)


def _labelled(page: Page, label: str) -> Locator | None:
    for place in (page.locator("details.form-row-item__details[open]"), page.locator("body")):
        controls = place.get_by_label(re.compile(rf"^{re.escape(label)}:?$", re.IGNORECASE))
        usable = [
            control for control in controls.all() if control.is_visible() or _is_select2(control)
        ]
        if usable:
            return usable[-1]
    return None


def _is_select2(control: Locator) -> bool:
    return bool(
        control.locator("xpath=following-sibling::span[contains(@class,'select2')]").count()
    )


def type_into(walker: Walker, text: str, label: str) -> None:
    control = _field(walker, label)
    control.fill("")
    control.press_sequentially(text.replace("\\n", "\n"))


def choose(walker: Walker, text: str, label: str) -> None:
    control = _field(walker, label)
    if not _is_select2(control):
        control.select_option(label=text)
        walker.clicks[walker.heading] = walker.clicks.get(walker.heading, 0) + 1
        return
    sibling = "xpath=following-sibling::span[contains(@class,'select2')]"
    walker.click(control.locator(sibling).first)
    page = walker.page
    page.locator(".select2-container--open .select2-search__field").last.fill(text)
    walker.click(page.locator(".select2-results__option--highlighted", has_text=text))


def tick(walker: Walker, label: str) -> None:
    control = _field(walker, label)
    walker.click(control)
    expect(control).to_be_checked()


def untick(walker: Walker, label: str) -> None:
    control = _field(walker, label)
    walker.click(control)
    expect(control).not_to_be_checked()


def read(walker: Walker, text: str) -> None:
    expect(walker.page.locator("body")).to_contain_text(text)


def field_holds(walker: Walker, label: str, text: str) -> None:
    expect(_field(walker, label)).to_have_value(text)


def do_not_read(walker: Walker, text: str) -> None:
    expect(walker.page.locator("body")).not_to_contain_text(text)


def _anonymous(walker: Walker, path: str) -> httpx.Response:
    """The next request of a reader who never logged in."""
    return httpx.get(f"{walker.site_url}{path}", follow_redirects=False)


def reader_reads(walker: Walker, path: str, text: str) -> None:
    response = _anonymous(walker, path)
    assert response.status_code == 200, (path, response.status_code)
    assert text in ReadPage(response.text).words, (path, text)


def reader_does_not_read(walker: Walker, path: str, text: str) -> None:
    assert text not in ReadPage(_anonymous(walker, path).text).words, (path, text)


def reader_gets(walker: Walker, path: str, status: str, text: str = "") -> None:
    response = _anonymous(walker, path)
    assert response.status_code == int(status), (path, response.status_code)
    assert text in ReadPage(response.text).words, (path, text)


SENTENCES: tuple[tuple[str, Callable[..., None]], ...] = (
    (r"Log in as “(.+?)”\.", log_in),
    (r"Go to `(.+?)`\.", go_to),
    (r"Click \*\*(.+?)\*\*\.", click),
    (r"Type “(.+?)” into \*\*(.+?)\*\*\.", type_into),
    (r"Choose “(.+?)” for \*\*(.+?)\*\*\.", choose),
    (r"Tick \*\*(.+?)\*\*\.", tick),
    (r"Untick \*\*(.+?)\*\*\.", untick),
    (r"The field \*\*(.+?)\*\* holds “(.+?)”\.", field_holds),
    (r"The page says “(.+?)”\.", read),
    (r"The page no longer says “(.+?)”\.", do_not_read),
    (r"A reader at `(.+?)` reads “(.+?)”\.", reader_reads),
    (r"A reader at `(.+?)` does not read “(.+?)”\.", reader_does_not_read),
    (r"A reader at `(.+?)` gets (\d{3})\.", reader_gets),
    (r"A reader at `(.+?)` gets (\d{3}) and reads “(.+?)”\.", reader_gets),
)
