"""What was decided about comments: the public log, and what closes reports."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.choices import Action
from discussions.models.comment import Comment
from remedies_site.constraints import one_of

NO_REASON = "–"
"""Stands for a reason that was erased with the comment."""


class Decision(models.Model):
    """One decision about one comment, by a moderator (`by`) or by the number of its reports.

    `by` is null for a moderator who left, too. The public log shows action, reason and day.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    action = models.CharField(_("action"), max_length=8, choices=Action.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_automatic = models.BooleanField(_("automatic"), default=False)
    created_at = models.DateTimeField(_("decided at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-created_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("action", Action),
            models.CheckConstraint(
                condition=Q(is_automatic=False) | Q(by__isnull=True),
                name="discussions_decision_automatic_by_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(action__in=[Action.REMOVE, Action.HIDE]) | ~Q(reason=""),
                name="discussions_decision_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.reason}"
