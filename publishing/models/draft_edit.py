"""Who changed which words of a draft."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DraftEdit(models.Model):
    """One save that changed a draft: by whom, when, and each changed field before and after.

    `changes` is a path as `remedies_site.rows.stored_leaves` names it, to the texts before and after
    (null where there was none). An empty one is of a save from before these were kept: its author
    may have written any of it. `published_in` is the number of the revision that published it.
    `discards` where it took the draft back to what is published: what it changed is the draft that
    was discarded.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=80)
    saved_at = models.DateTimeField(default=timezone.now)
    changes = models.JSONField()
    published_in = models.PositiveIntegerField(null=True)
    discards = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("edit of a draft")
        verbose_name_plural = _("edits of drafts")
        ordering = ("pk",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["content_type", "object_id"],
                condition=Q(published_in__isnull=True),
                name="publishing_edits_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.author_name}, {self.saved_at:%Y-%m-%d %H:%M}"
