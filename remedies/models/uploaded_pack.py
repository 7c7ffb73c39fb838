"""Content packs that people uploaded and have not applied yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UploadedPack(models.Model):
    """The files of a pack with the plan that its uploader sees; it is gone after a day.

    `files` are texts by their path in the pack, `plan` what `LoadPlan.as_json` gave.
    """

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploaded_packs"
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    name = models.CharField(_("file"), max_length=200)
    publishes = models.BooleanField(default=False)
    files = models.JSONField()
    plan = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("uploaded pack")
        verbose_name_plural = _("uploaded packs")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(digest=""), name="remedies_uploadedpack_digest_filled"
            )
        ]

    def __str__(self) -> str:
        return self.name
