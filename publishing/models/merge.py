"""Merges: one work or subject became part of another of its kind, or shall."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.row_revision import ReviewState
from remedies_site.constraints import filled, one_of


class Merge(models.Model):
    """`source`, by its key, becomes part of `target`. With REVIEW=two it waits for a second person.

    Keys are those of the moment of the request: citation keys, or slugs. `changes` says what it changed,
    as lines for people.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(_("merged"), max_length=80)
    target = models.CharField(_("into"), max_length=80)
    note = models.CharField(_("why"), max_length=400)
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState.choices, default=ReviewState.WAITING
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(_("submitted by"), max_length=80)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision_note = models.CharField(_("reason of the decision"), max_length=400, blank=True)
    changes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges of works and conditions")
        ordering = ("-pk",)
        permissions: ClassVar = [("approve_merge", "Can approve merges by somebody else")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("state", ReviewState),
            filled("note"),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="publishing_merge_of_two"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
                name="publishing_merge_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.WAITING, decided_at__isnull=True)
                | (~Q(state=ReviewState.WAITING) & Q(decided_at__isnull=False)),
                name="publishing_merge_decided_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["content_type", "source"],
                condition=Q(state=ReviewState.WAITING),
                name="publishing_merge_one_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
