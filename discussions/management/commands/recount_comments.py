"""manage.py recount_comments: recompute vote counters, scores and reply counts of comments."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q

from discussions.choices import State
from discussions.models import Comment
from discussions.services import order_score
from remedies_site.voting import recount, recount_each


class Command(BaseCommand):
    help = "Compare every comment's counters with its rows and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recount each comment and print how many were wrong."""
        corrected = recount_each(Comment.objects.all(), self._recount)
        self.stdout.write(f"{corrected} mended")

    def _recount(self, comment: Comment) -> bool:
        is_wrong = recount(comment.votes, comment)
        replies_filter = Q(root=comment) if comment.root_id is None else Q(parent=comment)
        reply_count = Comment.objects.filter(replies_filter, state=State.VISIBLE).count()
        score = order_score(comment.up_count, comment.down_count)
        if (comment.reply_count, comment.score) != (reply_count, score):
            comment.reply_count, comment.score, is_wrong = reply_count, score, True
            comment.save(update_fields=["reply_count", "score"])
        return is_wrong
