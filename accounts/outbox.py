"""The outbox: requests write mails into the database, and a worker sends them.

A mail server that is slow, mute or down therefore never holds up a request. Rows are written in the
transaction of the request, so a mail goes out exactly where its account was stored. Every server process
has a worker thread (`accounts.worker`), and `manage.py worker` is one of its own.
"""

import re
import smtplib
import threading
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes
from email.generator import BytesGenerator
from email.message import Message
from email.utils import make_msgid, parseaddr
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.events import log_event
from accounts.models import OutgoingMail

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
KEPT = timedelta(days=3)
"""How long a mail is tried; the links in it end after three days too."""
CLAIM = timedelta(minutes=10)
"""How long a sender has a mail for itself: far longer than all steps of SMTP may take together."""
MOST_AT_ONCE = 100

new_mail = threading.Event()
"""Set when this process stored a mail, or a notification that is due one; `accounts.worker` waits for it."""


class OutboxBackend(BaseEmailBackend):
    """The EMAIL_BACKEND: stores mails for `settings.EMAIL_DELIVERY_BACKEND`, which sends them later."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store one row per mail; a worker of this process is woken when the transaction commits."""
        stored = [_store(message) for message in email_messages if message.recipients()]
        transaction.on_commit(new_mail.set)
        return len(stored)


def _store(message: EmailMessage) -> OutgoingMail:
    domain = parseaddr(message.from_email)[1].rpartition("@")[2] or "localhost"
    message_id = message.extra_headers.setdefault("Message-ID", make_msgid(domain=domain))
    return OutgoingMail.objects.create(
        message_id=message_id,
        sender=message.from_email,
        recipients=message.recipients(),
        content=message.message().as_bytes(),
    )


class _ParsedMessage(Message):
    """A stored MIME message, with the method that Django's backends call on their own messages."""

    def as_bytes(self, unixfrom: bool = False, policy: Any = None, linesep: str = "\n") -> bytes:
        """The message with the line ends that a backend needs."""
        buffer = BytesIO()
        generator = BytesGenerator(buffer, mangle_from_=False, policy=policy)
        generator.flatten(self, unixfrom=unixfrom, linesep=linesep)
        return buffer.getvalue()


class StoredMail(EmailMessage):
    """A mail from its row: `message()` is what was stored, Message-ID and date included."""

    def __init__(self, row: OutgoingMail) -> None:
        """Subject and plain text are read from the stored message."""
        self._parsed = message_from_bytes(bytes(row.content), _class=_ParsedMessage)
        super().__init__(
            subject=self._parsed.get("Subject", ""),
            body=_plain_text(self._parsed),
            from_email=row.sender,
            to=row.recipients,
        )

    def message(self, *_arguments: Any, **_options: Any) -> Any:
        """The stored MIME message."""
        return self._parsed


def _plain_text(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            return payload.decode(errors="replace") if isinstance(payload, bytes) else ""
    return ""


def send_due(*, stop: threading.Event | None = None) -> int:
    """Try every mail that is due, oldest attempt first; the number of those sent."""
    due = list(_due(timezone.now()).order_by("next_attempt_at", "pk")[:MOST_AT_ONCE])
    return sum(_attempt(row) for row in due if not (stop and stop.is_set()))


def count_waiting_mails() -> int:
    """Mails that have not been sent yet, for the operator's numbers."""
    return OutgoingMail.objects.count()


def _due(now: datetime) -> Any:
    """Rows whose time has come. One that is further ahead than any pause was set before the clock went back."""
    return OutgoingMail.objects.filter(
        Q(next_attempt_at__lte=now) | Q(next_attempt_at__gt=now + LONGEST_PAUSE)
    )


def _claim(row: OutgoingMail, now: datetime) -> bool:
    """Whether this sender may send the row: one statement, which succeeds for one of many."""
    claimed = _due(now).filter(pk=row.pk, attempts=row.attempts)
    return bool(claimed.update(next_attempt_at=now + CLAIM, attempts=F("attempts") + 1))


def _attempt(row: OutgoingMail) -> bool:
    """Send one mail, unless another sender has it; it is then deleted, or gets a later time."""
    if not _claim(row, timezone.now()):
        return False
    try:
        get_connection(settings.EMAIL_DELIVERY_BACKEND).send_messages([StoredMail(row)])
    except Exception as error:  # of sockets, SMTP, TLS and files; none may end the worker
        _failed(row, error)
        return False
    OutgoingMail.objects.filter(pk=row.pk).delete()
    return True


def _failed(row: OutgoingMail, error: Exception) -> None:
    """Try again later, or give the mail up; the log has neither address nor text."""
    now = timezone.now()
    attempts = row.attempts + 1
    if _is_final(error) or now - row.created_at > KEPT:
        OutgoingMail.objects.filter(pk=row.pk).delete()
        log_event("mail_given_up", attempts=attempts, error=type(error).__name__)
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(row.attempts, 10))
    OutgoingMail.objects.filter(pk=row.pk).update(next_attempt_at=now + pause)
    log_event("mail_delayed", attempts=attempts, error=type(error).__name__)


def _is_final(error: Exception) -> bool:
    """Whether the mail server said that none of the recipients exists, ever."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _message in error.recipients.values()
    )


def forget_mails_to(addresses: Collection[str]) -> None:
    """Delete the mails to these addresses that wait and, after the transaction, those in files."""
    wanted = {address.casefold() for address in addresses}
    for row in OutgoingMail.objects.all():
        if wanted.intersection(recipient.casefold() for recipient in row.recipients):
            row.delete()
    transaction.on_commit(partial(_delete_files_about, wanted), robust=True)


def _delete_files_about(addresses: Collection[str]) -> None:
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    # Not where the address is the end of another one.
    any_address = "|".join(map(re.escape, addresses))
    pattern = re.compile(rf"(?<![\w.+-])(?:{any_address})(?![\w-]|\.\w)")
    for file in Path(folder).glob("*.log") if folder else ():
        try:
            is_about = pattern.search(file.read_text(errors="replace").casefold())
        except FileNotFoundError:  # another process deletes too
            continue
        if is_about:
            file.unlink(missing_ok=True)
