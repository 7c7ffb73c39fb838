"""What a look over all pages found."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LintReport(models.Model):
    """The result of the last look over all pages: one row, replaced by the next look.

    `sections` is the name of a section to its `count` and its first `lines`, each `[label of the model,
    primary key, name, message]`. `version` tells for which state of the content and which day it holds;
    `seconds` is what the look took.
    """

    computed_at = models.DateTimeField()
    seconds = models.FloatField()
    version = models.CharField(max_length=200)
    sections = models.JSONField()

    class Meta:
        verbose_name = _("look over all pages")
        verbose_name_plural = _("looks over all pages")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="remedies_lintreport_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.computed_at:%Y-%m-%d %H:%M}"
