"""When a member last read a discussion."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.thread import Thread


class LastVisit(models.Model):
    """The latest visit of a member to a discussion with own words, and what was there at the one before.

    `newest_key` is the key of the newest comment of the site when the visit began; comments with keys
    above `previous_key`, that of the visit before, are new to the member. It is null at the first one.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now)
    newest_key = models.PositiveBigIntegerField(default=0)
    previous_key = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name = _("last visit")
        verbose_name_plural = _("last visits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "thread"], name="discussions_lastvisit_one_each"
            ),
            models.CheckConstraint(
                condition=Q(previous_key__isnull=True) | Q(previous_key__lte=F("newest_key")),
                name="discussions_lastvisit_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.thread_id}"
