"""manage.py recount_comments: recompute vote counters, scores and reply counts of comments."""

from typing import Any

from django.core.management.base import BaseCommand

from discussions.models import Comment
from discussions.recounting import recount_comment
from remedies_site.voting import recount_each


class Command(BaseCommand):
    help = "Compare every comment's counters with its rows and mend what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recount each comment and print how many were wrong."""
        corrected = recount_each(Comment.objects.all(), recount_comment)
        self.stdout.write(f"{corrected} mended")
