"""`make measure`: what a first visit costs, into docs/measures.md.

The site runs as `make run` serves it; Chromium opens each page with an empty cache, reads it to its
end and opens what is folded. One page is also opened by a member, who has logged in before. Bytes are those that crossed the wire, with heads, as the DevTools
protocol counts them. A layout shift is the browser's own score; a script is used when one of its
functions ran or waits for an event.
"""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, BrowserContext, CDPSession

from remedies_site.pagecache.store import SETTLED_SECONDS
from scripts.chromium import browser
from scripts.running_site import running_site

TABLE = Path(__file__).resolve().parent.parent / "docs" / "measures.md"
PAGES = {
    "home": "/",
    "remedy": "/remedies/magnesium/",
    "entry": "/remedies/magnesium/restless-legs-syndrome/",
    "condition": "/conditions/restless-legs-syndrome/",
    "A to Z": "/remedies/",
    "conditions": "/conditions/",
    "evidence map": "/map/",
    "search": "/search/?q=magnesium",
    "log-in": "/accounts/login/",
    "entry, signed in": "/remedies/magnesium/restless-legs-syndrome/",
}
SIGNED_IN = {"entry, signed in"}
MEMBER, PASSWORD = "measuring@example.org", "nine quiet magpies on a copper roof"
ACCOUNT = ("add_member", MEMBER, "--password", PASSWORD, "--name", "measuring")
"""The command that makes the member."""
MOST_KILOBYTES, MOST_REQUESTS = 45, 5
"""The limits of the design, for an entry; every page without limits of its own keeps them."""
LIMITS = {
    "home": (52, 6),  # the plates of twelve remedies, in one file, and suggestions while one types
    "remedy": (56, 5),  # up to 300 works, and what an entry folds away stands open
    "entry, signed in": (70, 8),  # forms, and htmx
}
"""Kilobytes and requests, by page."""
WINDOWS = ((360, 780), (1280, 800))
"""A phone and a desk."""
COMPRESSION_SECONDS = 10
"""Time enough to compress all pages hard."""

_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(e => e.value)))
    .observe({type: "layout-shift", buffered: true});
"""
_READ_TO_THE_END = """async () => {
    const pause = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
        scrollTo(0, y);
        await pause();
    }
    await pause();
    return window.shifts.reduce((sum, one) => sum + one, 0);
}"""


@dataclass
class Visit:
    """What one page cost."""

    page: str
    size: str
    requests: int = 0
    bytes: int = 0
    script_bytes: int = 0
    shift: float = 0.0
    idle_scripts: list[str] = field(default_factory=list)

    @property
    def kilobytes(self) -> float:
        """Thousands of bytes over the wire."""
        return self.bytes / 1000

    @property
    def faults(self) -> list[str]:
        """What is over a limit."""
        most_kilobytes, most_requests = LIMITS.get(self.page, (MOST_KILOBYTES, MOST_REQUESTS))
        return [
            sentence
            for wrong, sentence in (
                (self.kilobytes > most_kilobytes, f"{self.kilobytes:.1f} kB"),
                (self.requests > most_requests, f"{self.requests} requests"),
                (self.shift > 0, f"a layout shift of {self.shift}"),
                (bool(self.idle_scripts), f"idle scripts: {self.idle_scripts}"),
            )
            if wrong
        ]


def settle(url: str) -> None:
    """Let each page stand until it is as small as most readers get it (remedies_site/pagecache/store.py)."""
    pause = 0.0
    for _round in range(2):
        for path in PAGES.values():
            with urlopen(Request(f"{url}{path}", headers={"Accept-Encoding": "br"})):  # noqa: S310  ours
                pass
        pause = COMPRESSION_SECONDS if pause else SETTLED_SECONDS + 1
        time.sleep(pause)


def visit(chrome: Browser, url: str, page_name: str, *, width: int, height: int) -> Visit:
    """One first visit, of an anonymous reader or of the member whom `ACCOUNT` makes.

    On a busy machine Chromium at times paints a page of which a part is still on its way. What is wrong with
    the page itself shifts each time, so a visit that saw a shift is made up to three times.
    """
    for _attempt in range(3):
        found = _visit(chrome, url, page_name, width=width, height=height)
        if not found.shift:
            break
    return found


def _visit(chrome: Browser, url: str, page_name: str, *, width: int, height: int) -> Visit:
    context = chrome.new_context(viewport={"width": width, "height": height})
    if page_name in SIGNED_IN:
        _log_in(context, url)
    page = context.new_page()
    session = context.new_cdp_session(page)
    found = Visit(page_name, f"{width} × {height}")
    _listen(session, found)
    page.add_init_script(_SHIFTS)
    page.goto(url + PAGES[page_name], wait_until="networkidle")
    found.shift = page.evaluate(_READ_TO_THE_END)
    found.idle_scripts = _idle(session)
    context.close()
    return found


def _log_in(context: BrowserContext, url: str) -> None:
    page = context.new_page()
    page.goto(f"{url}/accounts/login/")
    page.fill("[name=login]", MEMBER)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/accounts/login/" not in address)
    page.close()


def _listen(session: CDPSession, found: Visit) -> None:
    kinds: dict[str, str] = {}

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            kinds[event["requestId"]] = event.get("type", "")
            found.requests += 1

    def came(event: dict[str, Any]) -> None:
        size = int(event["encodedDataLength"])
        found.bytes += size
        if kinds.get(event["requestId"]) == "Script":
            found.script_bytes += size

    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", came)
    session.send("Profiler.enable")
    session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})


def _idle(session: CDPSession) -> list[str]:
    """Scripts of the site whose top level never ran."""
    scripts = session.send("Profiler.takePreciseCoverage")["result"]
    return [
        script["url"]
        for script in scripts
        if script["url"].startswith("http")
        and not any(
            part["count"] for function in script["functions"] for part in function["ranges"]
        )
    ]


def measure() -> list[Visit]:
    """Every page on a phone and at a desk."""
    with running_site(command=ACCOUNT) as url, browser() as chrome:
        settle(url)
        return [
            visit(chrome, url, name, width=width, height=height)
            for name in PAGES
            for width, height in WINDOWS
        ]


def table(visits: list[Visit]) -> str:
    """The visits as Markdown."""
    lines = [
        "# What a first visit costs",
        "",
        f"Written by `make measure` from the running site; not by hand. Limits: {MOST_KILOBYTES} kB and "
        f"{MOST_REQUESTS} requests ({_other_limits()}), no layout shift, no script without a use.",
        "",
        "| page | window | requests | kB over the wire | of these scripts | layout shift |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.page} | {one.size} | {one.requests} | {one.kilobytes:.1f} | "
        f"{one.script_bytes / 1000:.1f} | {one.shift:g} |"
        for one in visits
    ]
    return "\n".join([*lines, ""])


def _other_limits() -> str:
    return "; ".join(
        f"{page}: {kilobytes} and {requests}" for page, (kilobytes, requests) in LIMITS.items()
    )


def main() -> int:
    """Write the table; 1 where a page is over a limit."""
    visits = measure()
    TABLE.write_text(table(visits), encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))
    wrong = {f"{one.page} at {one.size}": one.faults for one in visits if one.faults}
    for page, faults in wrong.items():
        print(f"{page}: {'; '.join(faults)}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
