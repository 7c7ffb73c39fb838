"""Reminders, pauses and suspensions of members."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from remedies_site.constraints import one_of


class SanctionKind(models.TextChoices):
    """The steps of the ladder; only the first leaves the member free to write."""

    REMINDER = "reminder", _("reminder")
    PAUSE = "pause", _("short pause")
    LONG_PAUSE = "long", _("long pause")
    SUSPENSION = "suspended", _("suspension")


class Sanction(models.Model):
    """A sanction of one member. While it is in force the member neither writes nor votes, but reads and deletes.

    `ends_at` is null for a reminder, which bars nothing, and for a suspension, which ends when it is lifted.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("kind"), max_length=9, choices=SanctionKind.choices)
    began_at = models.DateTimeField(_("began at"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends at"), null=True)
    lifted_at = models.DateTimeField(_("lifted at"), null=True)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ("-began_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", SanctionKind),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[SanctionKind.PAUSE, SanctionKind.LONG_PAUSE], ends_at__isnull=False
                )
                | Q(
                    kind__in=[SanctionKind.REMINDER, SanctionKind.SUSPENSION], ends_at__isnull=True
                ),
                name="accounts_sanction_pauses_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.began_at:%Y-%m-%d})"
