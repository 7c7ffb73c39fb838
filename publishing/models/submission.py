"""Drafts that wait for a second person, and what that person says about places in them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from remedies_site.constraints import filled, one_of


class SubmissionState(models.TextChoices):
    """What became of a draft that was submitted."""

    WAITING = "waiting", _("waiting for a second person")
    SENT_BACK = "sent_back", _("sent back")
    APPROVED = "approved", _("approved")
    TAKEN_BACK = "taken_back", _("taken back")


class Submission(models.Model):
    """A draft that its editor submitted for review, with the reason of the change.

    `seen` is the newest save of the draft (`DraftEdit`) when it was submitted: what was saved later
    was not part of it. `is_open` while it waits, and after it was sent back until the draft is
    submitted again, published or discarded. What was submitted never changes, nor does a decision.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(_("submitted by"), max_length=80)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    reason = models.CharField(_("what changed and why"), max_length=400)
    is_correction = models.BooleanField(_("corrects a mistake"), default=False)
    seen = models.PositiveBigIntegerField(default=0)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SubmissionState.choices,
        default=SubmissionState.WAITING,
    )
    is_open = models.BooleanField(default=True)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_by_name = models.CharField(_("decided by"), max_length=80, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision_note = models.CharField(_("reason of the decision"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("draft for review")
        verbose_name_plural = _("drafts for review")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("state", SubmissionState),
            filled("reason"),
            models.CheckConstraint(
                condition=Q(
                    state=SubmissionState.WAITING,
                    decided_at__isnull=True,
                    approver__isnull=True,
                    decided_by_name="",
                )
                | (
                    ~Q(state=SubmissionState.WAITING)
                    & Q(decided_at__isnull=False)
                    & ~Q(decided_by_name="")
                ),
                name="publishing_submission_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True)
                | (
                    Q(state__in=[SubmissionState.APPROVED, SubmissionState.SENT_BACK])
                    & (Q(author__isnull=True) | ~Q(approver=F("author")))
                ),
                name="publishing_submission_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.WAITING, is_open=True)
                | Q(state=SubmissionState.SENT_BACK)
                | (
                    Q(state__in=[SubmissionState.APPROVED, SubmissionState.TAKEN_BACK])
                    & Q(is_open=False)
                ),
                name="publishing_submission_open_by_state",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(is_open=True),
                name="publishing_submission_one_open",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["content_type", "object_id"], name="publishing_submissions_of"),
            models.Index(fields=["state", "submitted_at"], name="publishing_submissions_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}, {self.submitted_at:%Y-%m-%d %H:%M}"


class PlaceComment(models.Model):
    """What whoever reviews a draft says about a place in it.

    `path` is one of `remedies_site.rows.stored_leaves`; an empty one is of the draft as a whole.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments")
    path = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=80)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [filled("text")]

    def __str__(self) -> str:
        return f"{self.path}: {self.text[:40]}"
