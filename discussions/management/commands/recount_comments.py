"""manage.py recount_comments: set votes, order and reply counts of comments to what the rows say."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q

from discussions.choices import State
from discussions.models import Comment
from discussions.services import order_score
from remedies_site.voting import recount


class Command(BaseCommand):
    help = "Compare every comment's counters with its rows and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Comment by comment, each locked while it is counted."""
        mended = 0
        for pk in Comment.objects.order_by("pk").values_list("pk", flat=True).iterator():
            with transaction.atomic():
                mended += self._mend(Comment.objects.select_for_update(of=("self",)).get(pk=pk))
        self.stdout.write(f"{mended} mended")

    def _mend(self, comment: Comment) -> bool:
        wrong = recount(comment.votes, comment)
        below = Q(root=comment) if comment.root_id is None else Q(parent=comment)
        replies = Comment.objects.filter(below, state=State.VISIBLE).count()
        score = order_score(comment.up_count, comment.down_count)
        if (comment.reply_count, comment.score) != (replies, score):
            comment.reply_count, comment.score, wrong = replies, score, True
            comment.save(update_fields=["reply_count", "score"])
        return wrong
