"""A member's own comments, for their account page."""

from accounts.models import User
from discussions.models import Comment


def comments_by(member: User, limit: int = 50) -> tuple[list[Comment], int]:
    """A member's newest comments, and the number of all of them."""
    comments = Comment.objects.filter(author=member)
    newest = comments.select_related(
        "thread__remedy", "thread__entry__remedy", "thread__entry__condition"
    ).order_by("-pk")
    return list(newest[:limit]), comments.count()
