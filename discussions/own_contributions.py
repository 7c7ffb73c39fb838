"""What a member wrote, voted and reported, for the pages of their account and beside comments."""

from collections.abc import Sequence
from functools import cache

from django.db.models import QuerySet

from accounts.models import User
from discussions.models import Comment, CommentVote, Report
from remedies_site.compiled_queries import CompiledQuery, rounded_up

_NEWEST = 50


def comments_by(member: User, limit: int = _NEWEST) -> tuple[list[Comment], int]:
    """A member's newest comments, and the number of all of them."""
    comments = Comment.objects.filter(author=member)
    newest = comments.select_related(
        "thread__remedy", "thread__entry__remedy", "thread__entry__condition"
    ).order_by("-pk")
    return list(newest[:limit]), comments.count()


def comment_votes_by(member: User) -> tuple[list[CommentVote], int]:
    """A member's newest votes on comments, and the number of all of them."""
    votes = CommentVote.objects.filter(voter=member)
    return list(
        votes.select_related("comment").order_by("-cast_at", "-pk")[:_NEWEST]
    ), votes.count()


def reports_by(member: User) -> tuple[list[Report], int]:
    """A member's newest reports, and the number of all of them."""
    reports = Report.objects.filter(reporter=member)
    newest = reports.select_related("comment", "decision")[:_NEWEST]
    return list(newest), reports.count()


def votes_on(viewer: User | None, comments: Sequence[int]) -> dict[int, int]:
    """The viewer's votes by the keys of these comments; none, and no query, for readers."""
    if viewer is None:
        return {}
    keys = rounded_up(comments)
    return dict(_votes_on(len(keys)).rows(viewer.pk, *keys))


@cache
def _votes_on(number: int) -> CompiledQuery:
    """The votes of a member on so many comments."""

    def build(voter: int, *keys: int) -> QuerySet[CommentVote, tuple[int, int]]:
        votes = CommentVote.objects.filter(voter=voter, comment__in=keys)
        return votes.values_list("comment_id", "value")

    return CompiledQuery(build, int, *[int] * number)
