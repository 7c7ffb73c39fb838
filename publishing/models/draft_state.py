"""How a draft stands to what readers see: kept beside the subject, for lists."""

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DraftState(models.Model):
    """What lists say of a draft, computed from its rows at each save; and its editor's note.

    `has_changes`: its document differs from what was published last, or nothing ever was. `note` and
    `is_correction` are what the next revision will record, kept until there is one.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    has_changes = models.BooleanField(default=True)
    error_count = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(_("what changed and why"), max_length=400, blank=True)
    is_correction = models.BooleanField(default=False)
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("state of a draft")
        verbose_name_plural = _("states of drafts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="publishing_draftstate_one_each"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["checked_at"], name="publishing_states_by_check")
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}"
