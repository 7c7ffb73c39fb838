"""What members follow, and which comments were announced to those who follow."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition
from discussions.models.comment import Comment
from discussions.models.thread import Thread
from remedies.models import Remedy


class Follow(models.Model):
    """A member follows the page of a remedy or a condition, or a discussion. It tells of their health."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    remedy = models.ForeignKey(Remedy, on_delete=models.CASCADE, null=True, related_name="follows")
    condition = models.ForeignKey(
        Condition, on_delete=models.CASCADE, null=True, related_name="follows"
    )
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="follows")
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(remedy__isnull=False, condition__isnull=True, thread__isnull=True)
                | Q(remedy__isnull=True, condition__isnull=False, thread__isnull=True)
                | Q(remedy__isnull=True, condition__isnull=True, thread__isnull=False),
                name="discussions_follow_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["user", followed],
                    condition=Q(**{f"{followed}__isnull": False}),
                    name=f"discussions_follow_{followed}_once",
                )
                for followed in ("remedy", "condition", "thread")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.title}"

    @property
    def is_discussion(self) -> bool:
        """Whether it is a discussion and no page."""
        return self.thread is not None

    @property
    def title(self) -> str:
        """The name of the page that is followed, or of that with the discussion."""
        followed = self.followed
        return (followed.subject if isinstance(followed, Thread) else followed).shown_title

    @property
    def url(self) -> str:
        """The path of that page."""
        followed = self.followed
        return followed.page_url if isinstance(followed, Thread) else followed.get_absolute_url()

    @property
    def followed(self) -> Remedy | Condition | Thread:
        """The page or the discussion."""
        followed = self.remedy or self.condition or self.thread
        assert followed is not None  # noqa: S101  (by a constraint)
        return followed


class Announcement(models.Model):
    """A comment of which the author of its parent and those who follow have been told, once and for all."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, primary_key=True, related_name="announcement"
    )

    class Meta:
        verbose_name = _("announced comment")
        verbose_name_plural = _("announced comments")

    def __str__(self) -> str:
        return str(self.comment_id)
