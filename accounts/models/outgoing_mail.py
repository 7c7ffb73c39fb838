"""Mails that wait to be sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class OutgoingMail(models.Model):
    """A mail that has not been sent yet; see `outbox`. The row is deleted when the mail is sent.

    `content` is the whole MIME message. `next_attempt_at` is the time from which a sender may take the
    row; taking it moves the time on, so that no other sender takes it meanwhile.
    """

    message_id = models.CharField(max_length=255, unique=True)
    sender = models.CharField(max_length=320)
    recipients = models.JSONField()
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(message_id=""), name="accounts_outgoingmail_message_id_filled"
            ),
        ]

    def __str__(self) -> str:
        return self.message_id
