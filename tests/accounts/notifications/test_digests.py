"""One mail a day for those who chose it, about what they have not read."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import Notification, User
from accounts.notifications import digest
from accounts.notifications.choices import MailTiming, NotificationKind
from accounts.notifications.digest import send_digests
from accounts.notifications.due_mails import write_due_mails
from accounts.notifications.services import mark_all_read, notify, set_timings
from tests.factories import make_user

pytestmark = pytest.mark.django_db
REPLY, UPDATE = NotificationKind.REPLY, NotificationKind.FOLLOWED_UPDATE


def make_reader() -> User:
    person = make_user()
    set_timings(person, {REPLY: MailTiming.DAILY, UPDATE: MailTiming.DAILY})
    return person


def tell(person, *urls: str, kind: NotificationKind = REPLY) -> None:
    for url in urls:
        notify([person], kind, title="Magnesium for insomnia", url=url)


def a_day_passes() -> None:
    User.objects.update(digest_mailed_at=timezone.now() - digest.PERIOD)


def test_it_says_how_many_of_each_kind_and_never_which_page(settings):
    person = make_reader()
    tell(person, "/a/", "/b/")
    tell(person, "/c/", kind=UPDATE)
    tell(person, "/d/", kind=NotificationKind.REPORT_DECIDED)  # not chosen
    assert mail.outbox == []
    assert send_digests() == 1
    (sent,) = mail.outbox
    assert sent.subject == f"{settings.SITE_NAME}: 3 new notifications"
    assert "Replies to you: 2" in sent.body
    assert "Changes of pages that you follow: 1" in sent.body
    assert "agnesium" not in sent.body + sent.alternatives[0].content
    assert f"{settings.SITE_URL}/accounts/notifications/\n" in sent.body
    assert "unsubscribe" in sent.message()["List-Unsubscribe"]


def test_there_is_one_a_day_and_each_thing_is_in_one_of_them():
    person = make_reader()
    tell(person, "/a/")
    assert send_digests() == 1
    tell(person, "/b/")
    assert send_digests() == 0
    a_day_passes()
    assert send_digests() == 1
    a_day_passes()
    assert send_digests() == 0
    assert [message.body.count("Replies to you: 1") for message in mail.outbox] == [1, 1]
    assert all(message.subject.endswith(": one new notification") for message in mail.outbox)


def test_a_day_without_news_is_not_used_up():
    person = make_reader()
    assert send_digests() == 0
    assert not digest._send(person.pk)
    tell(person, "/a/")
    assert send_digests() == 1


def test_what_was_read_or_mailed_or_turned_off_is_not_in_it():
    read, turned_off = make_reader(), make_reader()
    tell(read, "/a/")
    mark_all_read(read)
    tell(turned_off, "/a/")
    set_timings(turned_off, {REPLY: MailTiming.OFF})
    mailed = make_user()
    set_timings(mailed, {REPLY: MailTiming.AT_ONCE})
    tell(mailed, "/a/")
    assert write_due_mails() == 1
    set_timings(mailed, {REPLY: MailTiming.DAILY})
    mail.outbox.clear()
    assert send_digests() == 0
    assert mail.outbox == []


def test_who_changes_from_mails_at_once_to_the_daily_one_gets_what_waited_in_it():
    person = make_user()
    set_timings(person, {REPLY: MailTiming.AT_ONCE})
    tell(person, "/a/")
    set_timings(person, {REPLY: MailTiming.DAILY})
    assert (write_due_mails(), send_digests()) == (0, 1)
    assert len(mail.outbox) == 1


def test_a_deactivated_account_gets_none_and_keeps_what_waits():
    person = make_reader()
    tell(person, "/a/")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert send_digests() == 0
    assert not digest._send(person.pk)
    User.objects.filter(pk=person.pk).update(is_active=True)
    assert send_digests() == 1


def test_a_clock_that_went_back_holds_nothing_up():
    person = make_reader()
    tell(person, "/a/")
    User.objects.update(digest_mailed_at=timezone.now() + timedelta(days=30))
    assert send_digests() == 1


def test_a_member_whose_mail_fails_keeps_no_other_from_theirs(monkeypatch, caplog):
    bad, good = make_reader(), make_reader()
    tell(bad, "/a/")
    tell(good, "/a/")
    send = digest.send_digest

    def fail_for_one(user, numbers):
        if user.pk == bad.pk:
            raise OSError
        send(user, numbers)

    monkeypatch.setattr(digest, "send_digest", fail_for_one)
    with caplog.at_level("INFO"):
        assert send_digests() == 1
    assert [message.to for message in mail.outbox] == [[good.email]]
    assert "digest_failed" in caplog.text
    assert Notification.objects.filter(user=bad, mailed_at=None).exists()
    monkeypatch.undo()
    assert send_digests() == 1


def test_the_command_writes_them_too():
    tell(make_reader(), "/a/")
    call_command("worker", "--once", verbosity=0)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_write_one_mail():
    tell(make_reader(), "/a/", "/b/")
    start = threading.Barrier(4)
    numbers = []

    def work() -> None:
        try:
            start.wait()
            numbers.append(send_digests())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(numbers) == [0, 0, 0, 1]
    assert len(mail.outbox) == 1
