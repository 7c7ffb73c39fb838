"""What a member wrote, voted and reported, for the pages of their account."""

from accounts.models import User
from discussions.models import Comment, CommentVote, Report

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
