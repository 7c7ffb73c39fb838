"""Notifications of members, and which of them are mailed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from accounts.notifications.choices import (
    ALWAYS_AT_ONCE,
    SENTENCES,
    MailTiming,
    NotificationKind,
)
from remedies_site.constraints import filled, one_of

MAX_TITLE_LENGTH = 200


class Notification(models.Model):
    """Something that one member is told of, in the inbox and perhaps by mail.

    `title` is the name of a page and `url` its path. Both may tell what a member cares about, so they stay
    in the inbox. `mail_due` says that a worker has to write a mail about it at once; `mailed_at` is set with
    that mail, or with the daily one.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=20, choices=NotificationKind.choices)
    title = models.CharField(_("title"), max_length=MAX_TITLE_LENGTH)
    url = models.CharField(_("path"), max_length=300)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)
    mail_due = models.BooleanField(_("mail at once"), default=False)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ("-pk",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index("user", models.F("id").desc(), name="accounts_inbox"),
            models.Index(
                fields=["read_at"],
                condition=Q(read_at__isnull=False),
                name="accounts_notifications_read",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(read_at__isnull=True),
                name="accounts_notifications_unread",
            ),
            models.Index(
                fields=["id"], condition=Q(mail_due=True), name="accounts_notifications_due"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", NotificationKind),
            filled("title"),
            models.CheckConstraint(
                # Not `startswith`: Django could read SQLite's columns no more after its ESCAPE.
                condition=Q(Exact(Left("url", 1), Value("/")))
                & ~Q(Exact(Left("url", 2), Value("//"))),
                name="accounts_notification_path_of_ours",
            ),
            models.CheckConstraint(
                condition=Q(mail_due=False) | Q(mailed_at__isnull=True),
                name="accounts_notification_mailed_once",
            ),
            # Also the index by which unread ones are counted.
            models.UniqueConstraint(
                fields=["user", "kind", "url"],
                condition=Q(read_at__isnull=True),
                name="accounts_notification_unread_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"

    @property
    def sentence(self) -> str:
        """What happened, in one sentence without a full stop."""
        return str(SENTENCES[NotificationKind(self.kind)])

    @property
    def moment(self) -> str:
        """When it was made, to the second, for the `datetime` attribute of a `time` element."""
        return self.created_at.isoformat(timespec="seconds")


class NotificationSetting(models.Model):
    """When one kind of notification is mailed to a member who chose; see `default_timing`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notification_settings")
    kind = models.CharField(_("kind"), max_length=20, choices=NotificationKind.choices)
    timing = models.CharField(_("mail"), max_length=8, choices=MailTiming.choices)

    class Meta:
        verbose_name = _("setting of notifications")
        verbose_name_plural = _("settings of notifications")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["user", "kind"],
                condition=Q(timing=MailTiming.DAILY),
                name="accounts_daily_mails",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", NotificationKind),
            one_of("timing", MailTiming),
            models.CheckConstraint(
                condition=~Q(kind__in=list(ALWAYS_AT_ONCE)),
                name="accounts_notificationsetting_can_be_chosen",
            ),
            models.UniqueConstraint(
                fields=["user", "kind"], name="accounts_notificationsetting_one_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.timing}"
