"""Corrects the counters of entries and comments from their rows."""

from django.db.models import Q

from discussions.choices import State
from discussions.models import Comment
from discussions.services import order_score
from remedies.models import RemedyConditionEntry
from remedies_site.voting import recount


def recount_target(target: RemedyConditionEntry | Comment) -> bool:
    """Set the counters of a locked entry or comment to what its rows say; whether one was wrong."""
    if isinstance(target, Comment):
        return recount_comment(target)
    return recount(target.votes, target)


def recount_comment(comment: Comment) -> bool:
    """Set the counters and the score of a locked comment to what its rows say; whether one was wrong."""
    is_wrong = recount(comment.votes, comment)
    replies = Q(root=comment) if comment.root_id is None else Q(parent=comment)
    reply_count = Comment.objects.filter(replies, state=State.VISIBLE).count()
    score = order_score(comment.up_count, comment.down_count)
    if (comment.reply_count, comment.score) != (reply_count, score):
        comment.reply_count, comment.score, is_wrong = reply_count, score, True
        comment.save(update_fields=["reply_count", "score"])
    return is_wrong
