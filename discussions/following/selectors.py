"""Reads about follows."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from conditions.models import Condition
from discussions.models import Follow
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.compiled_queries import CompiledQuery

NEWEST = 100
"""Follows that the page of own data lists."""


@dataclass(frozen=True)
class FollowState:
    """Whether a member follows a page, and the discussion on it."""

    page: bool
    discussion: bool


def follow_state(subject: Remedy | Condition | RemedyConditionEntry, member: User) -> FollowState:
    """In one query."""
    threads = [thread for (thread,) in _THREADS[type(subject)].rows(subject.pk, member.pk)]
    return FollowState(page=None in threads, discussion=any(threads))


def _threads_of(about: Q, member: int) -> QuerySet[Follow, tuple[int | None]]:
    return Follow.objects.filter(about, user=member).order_by().values_list("thread_id")


_THREADS = {
    Condition: CompiledQuery(lambda key, member: _threads_of(Q(condition=key), member), int, int),
    Remedy: CompiledQuery(
        lambda key, member: _threads_of(Q(remedy=key) | Q(thread__remedy=key), member), int, int
    ),
    RemedyConditionEntry: CompiledQuery(
        lambda key, member: _threads_of(Q(thread__entry=key), member), int, int
    ),
}
"""The threads that a member follows of a subject; a row without one is the page."""


def follows_of(member: User) -> tuple[list[Follow], int]:
    """What a member follows, newest first, and the number of all."""
    follows = Follow.objects.filter(user=member)
    joined = follows.select_related(
        *("remedy", "condition", "thread__remedy"),
        *("thread__entry__remedy", "thread__entry__condition"),
    )
    return list(joined[:NEWEST]), follows.count()
