"""Mails at once leave the transaction of who caused them: a worker writes each once, and loses none."""

import threading

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import outbox, worker
from accounts.models import Notification, OutgoingMail, User
from accounts.notifications import due_mails
from accounts.notifications.choices import MailTiming, NotificationKind
from accounts.notifications.due_mails import write_due_mails
from accounts.notifications.services import mark_all_read, notify, set_timings
from tests.factories import make_user
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db
DECIDED, REPLY = NotificationKind.CONTENT_DECIDED, NotificationKind.REPLY


def tell(*people, kind: NotificationKind = DECIDED, url: str = "/comments/7/") -> None:
    notify(people, kind, title="Magnesium for insomnia", url=url)


def due() -> int:
    return Notification.objects.filter(mail_due=True).count()


@pytest.fixture
def outbox_on(settings) -> None:
    """The backend of the real site: mails are rows."""
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"


@pytest.mark.parametrize("kind", [DECIDED, NotificationKind.URGENT])
def test_who_tells_writes_no_mail_and_the_worker_writes_one_for_each(kind, monkeypatch):
    monkeypatch.setattr(due_mails, "MAILS_IN_A_BATCH", 2)
    people = [make_user() for _number in range(5)]
    tell(*people, kind=kind)
    assert (len(mail.outbox), due()) == (0, 5)
    assert write_due_mails() == 5
    assert [message.to for message in mail.outbox] == [[person.email] for person in people]
    assert not Notification.objects.filter(mailed_at=None).exists()
    assert (write_due_mails(), due()) == (0, 0)


def test_what_was_read_before_is_not_mailed():
    person = make_user()
    tell(person)
    mark_all_read(person)
    assert (write_due_mails(), due(), len(mail.outbox)) == (0, 0, 0)


def test_an_account_that_was_deactivated_meanwhile_gets_none():
    person, other = make_user(), make_user()
    tell(person, other)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert (write_due_mails(), due()) == (1, 0)
    assert [message.to for message in mail.outbox] == [[other.email]]


def test_who_turns_mails_off_before_one_is_written_gets_none():
    person = make_user()
    tell(person)
    set_timings(person, {REPLY: MailTiming.OFF})
    assert due() == 1
    set_timings(person, {DECIDED: MailTiming.OFF})
    assert write_due_mails() == 0


def test_who_has_chosen_mails_since_is_mailed_about_an_equal_one_that_is_not_read():
    person, other = make_user(), make_user()
    tell(person, other, kind=REPLY)
    set_timings(person, {REPLY: MailTiming.AT_ONCE})
    tell(person, other, kind=REPLY)
    assert write_due_mails() == 1
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert Notification.objects.count() == 2


def test_nothing_that_was_mailed_is_due():
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(
            user=make_user(),
            kind=REPLY,
            title="A page",
            url="/",
            mail_due=True,
            mailed_at=timezone.now(),
        )


def test_one_that_cannot_be_written_keeps_no_other_and_stays_due(outbox_on, monkeypatch, caplog):
    people = [make_user() for _number in range(3)]
    bad = people[1]
    tell(*people)
    send = due_mails.send_notification

    def fail_for_one(user, kind):
        if user.pk == bad.pk:
            raise OSError
        send(user, kind)

    with monkeypatch.context() as failing, caplog.at_level("INFO"):
        failing.setattr(due_mails, "send_notification", fail_for_one)
        assert write_due_mails() == 2
    assert "notification_mail_failed" in caplog.text
    assert bad.email not in caplog.text
    assert write_due_mails() == 1
    recipients = sorted(row.recipients for row in OutgoingMail.objects.all())
    assert recipients == sorted([person.email] for person in people)


class Killed(BaseException):
    """Ends the worker as a signal does: nothing catches it."""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_it_writes_loses_no_mail_and_repeats_none(
    outbox_on, monkeypatch
):
    tell(*(make_user() for _number in range(3)))
    send, calls = due_mails.send_notification, []

    def be_killed(user, kind):
        send(user, kind)
        calls.append(user)
        if len(calls) == 2:
            raise Killed

    with monkeypatch.context() as killing:
        killing.setattr(due_mails, "send_notification", be_killed)
        with pytest.raises(Killed):
            write_due_mails()
    assert (OutgoingMail.objects.count(), due()) == (0, 3)
    assert write_due_mails() == 3
    assert OutgoingMail.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_write_each_mail_once(outbox_on, monkeypatch):
    monkeypatch.setattr(due_mails, "MAILS_IN_A_BATCH", 2)
    people = [make_user() for _number in range(7)]
    tell(*people)
    assert (sum(all_at_once([write_due_mails] * 4)), due()) == (7, 0)
    recipients = sorted(row.recipients for row in OutgoingMail.objects.all())
    assert recipients == sorted([person.email] for person in people)


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_by_the_commit_and_by_nothing_that_is_due_no_mail():
    outbox.new_mail.clear()
    with transaction.atomic():
        tell(make_user())
        assert not outbox.new_mail.is_set()
    assert outbox.new_mail.is_set()
    outbox.new_mail.clear()
    tell(make_user(), kind=REPLY)
    assert not outbox.new_mail.is_set()


@pytest.mark.django_db(transaction=True)
def test_the_worker_of_this_process_writes_and_sends_them(outbox_on, monkeypatch):
    monkeypatch.setattr(worker, "POLL_SECONDS", 60)
    stop, sent = threading.Event(), threading.Event()
    send = locmem.EmailBackend.send_messages

    def note(self, messages):
        sent.set()
        return send(self, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", note)
    thread = threading.Thread(target=worker.run_worker, args=[stop])
    thread.start()
    try:
        tell(make_user())
        assert sent.wait(timeout=10)
    finally:
        stop.set()
        thread.join(timeout=10)
    assert due() == 0


def test_the_command_writes_and_sends_them_in_one_go(outbox_on):
    tell(make_user())
    call_command("worker", "--once", verbosity=0)
    assert len(mail.outbox) == 1
