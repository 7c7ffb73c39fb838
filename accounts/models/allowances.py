"""The state of rate limits."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models.user import User


class Allowance(models.Model):
    """The state of one member's rate limit for one action (the column `deed`); locked while consumed.

    `spent_until` is the time at which all actions so far will have been earned back: the “theoretical
    arrival time” of the generic cell rate algorithm (ITU-T I.371).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="allowances")
    deed = models.CharField(max_length=20)
    spent_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "deed"], name="accounts_allowance_one_a_deed"),
            models.CheckConstraint(condition=~Q(deed=""), name="accounts_allowance_deed_filled"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.deed}"


class ActionCount(models.Model):
    """How often an action was counted under a key in the current window; see `rate_limits`.

    `key` is a keyed digest: neither names nor addresses are stored. Rows whose window has ended are
    deleted now and then.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    window_ends = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(count__gte=1), name="accounts_actioncount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
