"""Reports of comments to the moderators."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.choices import Reason, ReportState, State
from discussions.models.comment import Comment
from discussions.models.decision import Decision
from remedies_site.constraints import one_of


class Report(models.Model):
    """One person's report of one comment; `reporter` is null for somebody who was not logged in.

    It is open until a moderator's decision closes it; a moderator who begins to look takes it before.
    One that the composer's rules made is automatic, and has nobody as its reporter, either.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    detail = models.CharField(_("more about it"), max_length=1000, blank=True)
    is_automatic = models.BooleanField(_("automatic"), default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now)
    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, editable=False, related_name="reports"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-created_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["created_at", "reason", "comment"],
                condition=Q(decision__isnull=True),
                name="discussions_open_reports",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("reason", Reason),
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                condition=Q(reporter__isnull=False),
                name="discussions_report_one_a_person",
            ),
            models.CheckConstraint(
                condition=Q(is_automatic=False) | Q(reporter__isnull=True),
                name="discussions_report_automatic_by_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}"

    @property
    def state(self) -> ReportState:
        """Open, taken by a moderator, or decided; or gone with the comment."""
        if self.decision_id:
            return ReportState.DECIDED
        if self.comment.state == State.DELETED:
            return ReportState.GONE
        return ReportState.TAKEN if self.taken_by_id else ReportState.OPEN
