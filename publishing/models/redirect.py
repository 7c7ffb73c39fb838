"""Redirects of renamed pages."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Redirect(models.Model):
    """The old path of a page that was renamed; every path below it is redirected too."""

    path = models.CharField(max_length=200, unique=True)
    target = models.CharField(max_length=200)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "conditions_oldaddress"
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(path=F("target")), name="conditions_oldaddress_goes_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/", path__endswith="/", target__startswith="/"),
                name="conditions_oldaddress_whole_paths",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} → {self.target}"
