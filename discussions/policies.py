"""Who may do what to a comment, and until when. Plain Python over plain facts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.choices import State

EDIT_WINDOW = timedelta(hours=24)
LONGEST_BODY = 10_000
SAME_AGAIN = timedelta(minutes=10)
"""The same words in the same place within this time are a second click, not a second comment."""


@dataclass(frozen=True)
class Facts:
    """What the rules need to know of a comment and of the person looking at it."""

    state: str
    created_at: datetime
    is_author: bool
    is_member: bool


@dataclass(frozen=True)
class Rights:
    """What this person may do to this comment now."""

    reply: bool
    vote: bool
    edit: bool
    delete: bool
    report: bool


def rights(facts: Facts, now: datetime) -> Rights:
    """By the rules: talk is for members, votes are not for oneself, edits have their time."""
    visible = facts.state == State.VISIBLE
    member = facts.is_member
    return Rights(
        reply=member and visible,
        vote=member and visible and not facts.is_author,
        edit=visible and facts.is_author and now - facts.created_at < EDIT_WINDOW,
        delete=facts.is_author and facts.state != State.DELETED,
        report=visible and not facts.is_author,
    )
