"""What an editor typed into a form of the admin and did not store yet."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AutosavedForm(models.Model):
    """One form that somebody has open, or had: who, of what, and its fields as they were typed last.

    It is its editor's own: no page shows it to anybody else. `object_id` is null for a new row. `opening`
    names one opening of the form, so that two tabs never overwrite each other. `fields` are the sent
    names and values in their order, the state that the form was opened with among them; empty where
    nothing was changed. A row that is closed is one whose form was stored or whose text was dropped: a
    request that was under way then brings nothing back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    opening = models.CharField(max_length=40)
    fields = models.JSONField(default=list)
    saved_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("text that was not stored")
        verbose_name_plural = _("texts that were not stored")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "content_type", "opening"], name="publishing_autosavedform_once"
            ),
            models.CheckConstraint(
                condition=~Q(opening=""), name="publishing_autosavedform_opening_filled"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["content_type", "object_id"], name="publishing_autosaved_of"),
            models.Index(fields=["seen_at"], name="publishing_autosaved_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id or 'new'}, {self.seen_at:%Y-%m-%d %H:%M}"
