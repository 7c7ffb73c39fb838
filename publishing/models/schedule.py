"""Drafts that are to be published at a time."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from remedies_site.constraints import one_of


class ScheduleState(models.TextChoices):
    """What became of a time that was set."""

    WAITING = "waiting", _("waiting for its time")
    PUBLISHED = "published", _("published")
    FAILED = "failed", _("not published")
    CANCELLED = "cancelled", _("cancelled")


class Schedule(models.Model):
    """A draft that the worker publishes when its time has come, as whoever set the time saw it.

    `seen` is the newest save that they saw: a draft that was saved since is not published.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    publish_at = models.DateTimeField(_("to be published"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(_("scheduled by"), max_length=80)
    created_at = models.DateTimeField(default=timezone.now)
    seen = models.PositiveBigIntegerField(default=0)
    note = models.CharField(_("what changed and why"), max_length=400, blank=True)
    is_correction = models.BooleanField(default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ScheduleState.choices, default=ScheduleState.WAITING
    )
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("state", ScheduleState),
            models.CheckConstraint(
                condition=Q(state=ScheduleState.WAITING, ended_at__isnull=True)
                | (~Q(state=ScheduleState.WAITING) & Q(ended_at__isnull=False)),
                name="publishing_schedule_ended_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state=ScheduleState.WAITING),
                name="publishing_schedule_one_waits",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["publish_at"],
                condition=Q(state=ScheduleState.WAITING),
                name="publishing_schedules_due",
            ),
            models.Index(fields=["content_type", "object_id"], name="publishing_schedules_of"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.publish_at):%Y-%m-%d %H:%M}"
