"""Permissions on comments, and the limits of what members write. Pure functions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.choices import State

EDIT_WINDOW = timedelta(hours=24)
MAX_BODY_LENGTH = 10_000
MAX_DETAIL_LENGTH = MAX_NOTE_LENGTH = 1_000
MAX_REASON_LENGTH = 200
MAX_APPEAL_LENGTH = 2_000
MAX_CHALLENGE = 2_000
MAX_QUOTED = 600
"""Characters of a claim that a challenge quotes."""
MAX_ANSWER = 1_000
"""Characters of an editor's answer."""
MOST_WAITING = 10
"""Challenges of one member that nobody has decided; with so many, there is no room for another."""
MAX_QUOTE = 600
"""Characters of a comment that a reply begins with where it quotes it."""
DUPLICATE_WINDOW = timedelta(minutes=10)
"""An equal comment in the same place within this time is the same form submitted twice."""


@dataclass(frozen=True)
class CommentPermissions:
    """What one person may do with one comment now."""

    reply: bool
    vote: bool
    edit: bool
    delete: bool
    report: bool
    moderate: bool = False


def is_recent(created_at: datetime, now: datetime) -> bool:
    """Whether the author of a comment may still change its text."""
    return now - created_at < EDIT_WINDOW


def comment_permissions(
    state: str,
    *,
    is_recent: bool,
    is_locked: bool,
    is_author: bool,
    is_member: bool,
    is_moderator: bool = False,
) -> CommentPermissions:
    """Members may reply and vote, authors may edit (what `is_recent`) and delete, others may report.

    `is_locked`: whether a moderator closed the thread, which then takes no replies.
    """
    is_visible = state == State.VISIBLE
    return CommentPermissions(
        reply=is_member and is_visible and not is_locked,
        vote=is_member and is_visible and not is_author,
        edit=is_visible and is_author and is_recent,
        delete=is_author and state != State.DELETED,
        report=is_visible and not is_author,
        moderate=is_moderator and state != State.DELETED,
    )
