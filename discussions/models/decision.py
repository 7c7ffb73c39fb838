"""What was decided about comments and their authors: the public log, and what closes reports."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Sanction
from discussions.choices import Action
from discussions.models.comment import Comment
from remedies_site.constraints import one_of

NO_REASON = "–"
"""Stands for a reason that was erased with the comment."""


SANCTIONING = (Action.REMIND, Action.PAUSE, Action.SUSPEND)
"""Decisions about the author of a comment."""
APPEALABLE = (Action.REMOVE, *SANCTIONING)
WITH_REASON = (Action.HIDE, *APPEALABLE)
"""Whoever is affected by one is owed a reason."""


class Decision(models.Model):
    """One decision about one comment, by a moderator (`by`) or by the number of its reports.

    `by` is null for a moderator who left, too. The public log shows action, reason and day. A sanction
    is decided about the comment that it follows from; `sanction` is null once its member is gone.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    action = models.CharField(_("action"), max_length=8, choices=Action.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_automatic = models.BooleanField(_("automatic"), default=False)
    sanction = models.OneToOneField(
        Sanction, on_delete=models.SET_NULL, null=True, editable=False, related_name="decision"
    )
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
                condition=~Q(action__in=[*WITH_REASON]) | ~Q(reason=""),
                name="discussions_decision_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(sanction__isnull=True) | Q(action__in=[*SANCTIONING]),
                name="discussions_decision_sanctioning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.reason}"

    def get_absolute_url(self) -> str:
        """The statement of reasons, for the member whom it affects."""
        return reverse("decision", args=[self.pk])
