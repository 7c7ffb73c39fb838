"""Whether a change left every page and every row of a site as they were.

    python -m scripts.compare_pages save DIR [--now MOMENT]   every page of the database, as files
    python -m scripts.compare_pages rows DIR                  every row of every table, as files
    python -m scripts.compare_pages diff BEFORE AFTER         1 where two such folders differ

Run it from the top of the checkout whose code is to answer, with DATABASE_URL and VAR_DIR of the
site. Pages are read as nobody in particular, as a member and as an editor of that database. Every
request runs in a transaction that is rolled back (on SQLite nobody else can write meanwhile). To
read a checkout from before this script, copy it there with `folder_diff.py` and `site_requests.py`.
"""

import argparse
import hashlib
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remedies_site.settings.base")
    django.setup()

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.db import connection, transaction
from django.test import Client, override_settings

from scripts.folder_diff import diff
from scripts.site_requests import ANYBODY, EDITOR, MEMBER, Request, column, everything, links

HEADERS = (
    *("Allow", "Cache-Control", "Content-Disposition", "Content-Security-Policy", "Content-Type"),
    *("Location", "Retry-After", "Vary", "X-Robots-Tag"),
)
"""What is saved of a response beside its status, body and names of cookies. No ETag: it is a
digest of the body, CSRF tokens and all."""

RANDOM = [
    (re.compile(r'(name="csrfmiddlewaretoken" value=")\w+'), r"\1CSRF"),
    (re.compile(r'(X-CSRFToken(?:"|&quot;): ?(?:"|&quot;))\w+'), r"\1CSRF"),
    (re.compile(r"""(nonce(?:=["']|-))[\w+/=-]{16,}"""), r"\1NONCE"),
]

ACTIVITIES = {
    "discussions_comment": "author",
    "discussions_commentvote": "voter",
    "remedies_entryvote": "voter",
    "remedies_experiencereport": "member",
}
"""Tables of what members do, each with its column of whom."""


class Browsers:
    """A test client for each viewer who exists; each request begins with the cookies of the first."""

    def __init__(self) -> None:
        """Log in an editor, and the member who has most to be seen."""
        site = urlsplit(settings.SITE_URL)
        self.secure, self.host = site.scheme == "https", site.netloc
        users = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
        editor = users.filter(groups__name="editor", is_superuser=False).first()
        self.sessions: dict[str, str] = {ANYBODY: ""}
        for viewer, user in (
            (MEMBER, self._member(users.filter(is_staff=False))),
            (EDITOR, editor),
        ):
            if user is not None:
                client = Client()
                client.force_login(user)
                self.sessions[viewer] = client.cookies["sessionid"].value

    @staticmethod
    def _member(users: Any) -> Any:
        """Who did most kinds of things, and of those the most of them; None without members."""
        done: dict[int, Counter[str]] = {pk: Counter() for pk in users.values_list("pk", flat=True)}
        for name, person in ACTIVITIES.items():
            for pk in column(name, person):
                if pk in done:
                    done[pk][name] += 1
        busiest = max(done, key=lambda pk: (len(done[pk]), done[pk].total(), -pk), default=None)
        return users.filter(pk=busiest).first()

    def send(self, request: Request) -> Any:
        """The response; what the request wrote is rolled back."""
        client = Client(raise_request_exception=False)
        if session := self.sessions[request.viewer]:
            client.cookies["sessionid"] = session
        headers = {"host": self.host} | ({"hx-request": "true"} if request.htmx else {})
        with transaction.atomic():
            response = client.generic(
                request.method,
                request.path,
                urlencode(request.data),
                "application/x-www-form-urlencoded" if request.data else "",
                secure=self.secure,
                headers=headers,
            )
            transaction.set_rollback(True)
        return response


def as_text(request: Request, response: Any) -> str:
    """A response as it is saved: request line, status, headers, names of cookies, body."""
    head = [f"{request.method} {request.path} ({request.viewer}{', htmx' * request.htmx})"]
    if request.data:
        head.append(urlencode(request.data)[:200])
    head.append(f"Status: {response.status_code}")
    for name in HEADERS:
        if value := response.headers.get(name):
            directives = sorted(value.split("; ")) if name.endswith("-Policy") else [value]
            head.append(f"{name}: {'; '.join(directives)}")
    if response.cookies:
        head.append(f"Set-Cookie: {', '.join(sorted(response.cookies))}")
    body = response.getvalue().decode("utf-8", errors="backslashreplace")
    for pattern, stands_for in RANDOM:
        body = pattern.sub(stands_for, body)
    return "\n".join([*head, "", body])


def static_files() -> str:
    """Path and digest of every static file: pages are saved with the plain names of these."""
    files = [(path, kept.path(path)) for finder in get_finders() for path, kept in finder.list([])]
    return "".join(
        f"{path} {hashlib.sha256(Path(source).read_bytes()).hexdigest()}\n"
        for path, source in sorted(files)
    )


def write(path: Path, text: str) -> None:
    """Write a file as it is, line ends too, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def save(folder: Path, now: datetime | None = None) -> Counter[int]:
    """Save every page below `folder`; returns how many there are of each status.

    `now` is the moment at which every page is read, where today's date must not matter.
    """
    statuses: Counter[int] = Counter()
    unhashed = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with ExitStack() as stack:
        storages = settings.STORAGES | {"staticfiles": unhashed}
        stack.enter_context(override_settings(STORAGES=storages, RATE_LIMITS=False))
        if now is not None:
            stack.enter_context(patch("django.utils.timezone.now", lambda: now))
        stack.enter_context(transaction.atomic())
        browsers = Browsers()
        waiting = dict.fromkeys(
            everything(viewer for viewer in browsers.sessions if viewer != ANYBODY)
        )
        done: set[Request] = set()
        while new := [request for request in waiting if request not in done]:
            for request in new:
                response = browsers.send(request)
                text = as_text(request, response)
                write(folder / request.file_name, text)
                statuses[response.status_code] += 1
                done.add(request)
                if request == Request(request.path) and "html" in response.get("Content-Type", ""):
                    waiting |= dict.fromkeys(map(Request, links(request.path, text)))
        transaction.set_rollback(True)
    write(folder / "static_files.txt", static_files())
    return statuses


# ---- rows --------------------------------------------------------------------------------


def plain(value: object) -> object:
    """A value of a row as JSON has it."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def table_lines(name: str) -> Iterator[str]:
    """The rows of a table in the order of its primary key, each as JSON with its columns by name."""
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        keys = connection.introspection.get_primary_key_columns(cursor, name) or []
        order = ", ".join(connection.ops.quote_name(key) for key in keys)
        ordered = f"ORDER BY {order}" if order else ""
        cursor.execute(f"SELECT * FROM {quoted} {ordered}")  # noqa: S608  names of our own tables
        columns = [column[0] for column in cursor.description]
        lines = [
            json.dumps(dict(zip(columns, row, strict=True)), sort_keys=True, default=plain) + "\n"
            for row in cursor
        ]
    return iter(lines if order else sorted(lines))


def rows(folder: Path) -> Counter[str]:
    """Save every table below `folder`; returns how many rows each has."""
    counts: Counter[str] = Counter()
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
    for name in names:
        lines = list(table_lines(name))
        counts[name] = len(lines)
        write(folder / f"{name}.jsonl", "".join(lines))
    return counts


# ---- the command line --------------------------------------------------------------------


def moment(text: str) -> datetime:
    """An ISO date or moment; UTC where it names no time zone."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def arguments() -> argparse.ArgumentParser:
    """What the command line may say."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    saving = commands.add_parser("save", help="save every page into a new folder")
    saving.add_argument("folder", type=Path)
    saving.add_argument("--now", type=moment, help="read every page at this moment (ISO, UTC)")
    commands.add_parser("rows", help="save every row into a new folder").add_argument(
        "folder", type=Path
    )
    comparing = commands.add_parser("diff", help="compare two saved folders")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--most", type=int, default=20, help="names and lines of a difference")
    return parser


def main(words: list[str]) -> int:
    """Run one command."""
    parser = arguments()
    given = parser.parse_args(words)
    if given.command == "diff":
        return diff(given.before, given.after, given.most)
    if given.folder.exists() and any(given.folder.iterdir()):
        parser.error(f"{given.folder} is not empty: pages of another time would mix in")
    if given.command == "rows":
        counts = rows(given.folder)
        print(f"{counts.total()} rows of {len(counts)} tables are in {given.folder}.")
        return 0
    statuses = save(given.folder, given.now)
    by_status = ", ".join(f"{count} with {status}" for status, count in sorted(statuses.items()))
    print(f"{statuses.total()} pages are in {given.folder}: {by_status}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
