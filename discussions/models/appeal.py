"""Appeals of members against decisions about them, and notes of moderators to each other."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.choices import Outcome
from discussions.models.comment import Comment
from discussions.models.decision import Decision
from remedies_site.constraints import one_of


class Appeal(models.Model):
    """The one appeal of a member against a decision; another moderator than `decision.by` decides on it."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appeals"
    )
    text = models.TextField(_("why the decision is wrong"))
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN, blank=True
    )
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ("pk",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(outcome=""), name="discussions_open_appeals"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("outcome", Outcome),
            models.CheckConstraint(condition=~Q(text=""), name="discussions_appeal_with_text"),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", decided_at__isnull=True)
                | (~Q(outcome="") & ~Q(answer="") & Q(decided_at__isnull=False)),
                name="discussions_appeal_decided_with_answer",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class Note(models.Model):
    """A note of a moderator to the others about a comment; `by` is null where the moderator left."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.CharField(_("note"), max_length=1000)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(text=""), name="discussions_note_with_text"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
