"""Choices of notifications."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NotificationKind(TextChoices):
    """What a notification is about; the label stands in the settings."""

    REPLY = "reply", _("Replies to you")
    FOLLOWED_COMMENT = "followed_comment", _("New comments in discussions that you follow")
    FOLLOWED_UPDATE = "followed_update", _("Changes of pages that you follow")
    REPORT_DECIDED = "report_decided", _("Decisions on what you reported")
    CONTENT_DECIDED = "content_decided", _("Decisions on what you wrote")
    URGENT = "urgent", _("What moderators have to see at once")


class MailTiming(TextChoices):
    """When a notification goes out as a mail, too."""

    OFF = "off", _("No mail")
    AT_ONCE = "at_once", _("A mail at once")
    DAILY = "daily", _("One mail a day for all")


SENTENCES: Mapping[NotificationKind, Promise] = {
    NotificationKind.REPLY: _("Somebody replied to you"),
    NotificationKind.FOLLOWED_COMMENT: _("There is a new comment in a discussion that you follow"),
    NotificationKind.FOLLOWED_UPDATE: _("A page that you follow has changed"),
    NotificationKind.REPORT_DECIDED: _("What you reported has been decided"),
    NotificationKind.CONTENT_DECIDED: _("There is a decision on something that you wrote"),
    NotificationKind.URGENT: _("Something urgent waits for the moderators"),
}
"""What happened, without a word on what the page is about: it stands in mails, too."""

ALWAYS_AT_ONCE = frozenset({NotificationKind.URGENT})
"""Kinds whose mails nobody can turn off: only moderators get them."""

CHOSEN = tuple(kind for kind in NotificationKind if kind not in ALWAYS_AT_ONCE)
"""Kinds for which members choose."""


def default_timing(kind: NotificationKind) -> MailTiming:
    """What holds for those who chose nothing: the inbox alone, but decisions come with their reasons."""
    if kind in ALWAYS_AT_ONCE or kind is NotificationKind.CONTENT_DECIDED:
        return MailTiming.AT_ONCE
    return MailTiming.OFF
