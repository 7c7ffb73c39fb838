"""Accounts that are about to be deleted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class AccountDeletion(models.Model):
    """A member wants to leave: the account is erased after `due_at`, unless they undo it before.

    `words` says whether the text of comments goes too, or only the name beside it.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="deletion")
    words = models.BooleanField(_("erase the text of comments"))
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), db_index=True)

    class Meta:
        verbose_name = _("planned deletion")
        verbose_name_plural = _("planned deletions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("requested_at")),
                name="accounts_accountdeletion_due_after_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.due_at:%Y-%m-%d}"
