"""What a member does: reads the entry page, votes, writes a comment."""

from collections.abc import Mapping

from scripts.bench.costs import ENTRY, Row
from scripts.running_site import Served

COMMENT = "A made-up comment for measuring"
TOKEN = "b" * 32
"""For the cookie and the form, as the protection against forged forms wants it."""


def sessions(site: Served, count: int) -> list[str]:
    """The session keys of so many new members."""
    code = f"from scripts.bench import rows; rows.print_sessions({count})"
    return site.manage("shell", "--no-imports", "--command", code).split()


def signed_in(session: str) -> dict[str, str]:
    """The headers of a member's request."""
    return {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}


def rows(session: str) -> list[Row]:
    """One member on the entry page, and the reader who comes next."""
    headers = signed_in(session)
    vote = Row("vote", f"{ENTRY}vote/", (25, 25), headers, 303, _vote)
    comment = Row("comment", f"{ENTRY}comments/", (45, 45), headers, 303, _comment)
    return [
        Row("entry, signed in", ENTRY, (18, 18), headers),
        Row("entry, first after a vote", ENTRY, (30, 30), before=vote),
        vote,
        comment,
        Row("entry, first after a comment", ENTRY, (30, 30), before=comment),
    ]


def _vote(number: int) -> Mapping[str, str]:
    """Up and down by turns, so that each is a change."""
    return {"value": "1" if number % 2 else "-1"}


def _comment(number: int) -> Mapping[str, str]:
    return {"body": f"{COMMENT}, number {number}."}
