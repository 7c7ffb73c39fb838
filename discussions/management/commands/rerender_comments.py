"""manage.py rerender_comments: render stored comments again after the renderer changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from discussions.choices import State
from discussions.models import Comment
from discussions.services import rerender_comment
from remedies_site.markup import RENDERER_VERSION


class Command(BaseCommand):
    help = (
        "Redraw the stored HTML of every comment drawn by an older renderer. The texts, which are "
        "what members wrote, stay as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to render what is current already."""
        parser.add_argument("--all", action="store_true", help="redraw current ones too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Render in batches, each comment in a transaction of its own."""
        comments = Comment.objects.exclude(state=State.DELETED).order_by("pk")
        if not options["all"]:
            comments = comments.exclude(renderer_version=RENDERER_VERSION)
        count = 0
        for comment in comments.only("pk", "body").iterator(chunk_size=200):
            rerender_comment(comment)
            count += 1
        self.stdout.write(f"comment: {count} redrawn")
