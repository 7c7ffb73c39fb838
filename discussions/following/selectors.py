"""Reads about follows."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from conditions.models import Condition
from discussions.models import Follow
from remedies.models import Remedy, RemedyConditionEntry

NEWEST = 100
"""Follows that the page of own data lists."""


@dataclass(frozen=True)
class FollowState:
    """Whether a member follows a page, and the discussion on it."""

    page: bool
    discussion: bool


def follow_state(subject: Remedy | Condition | RemedyConditionEntry, member: User) -> FollowState:
    """In one query."""
    if isinstance(subject, Condition):
        about = Q(condition=subject.pk)
    elif isinstance(subject, Remedy):
        about = Q(remedy=subject.pk) | Q(thread__remedy=subject.pk)
    else:
        about = Q(thread__entry=subject.pk)
    rows = Follow.objects.filter(about, user=member).order_by().values_list("thread_id", flat=True)
    threads = list(rows)
    return FollowState(page=None in threads, discussion=any(threads))


def follows_of(member: User) -> tuple[list[Follow], int]:
    """What a member follows, newest first, and the number of all."""
    follows = Follow.objects.filter(user=member)
    joined = follows.select_related(
        *("remedy", "condition", "thread__remedy"),
        *("thread__entry__remedy", "thread__entry__condition"),
    )
    return list(joined[:NEWEST]), follows.count()
