"""A person is told once of each thing, and by mail as they chose; no mail says what a page is about."""

import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Notification, NotificationSetting, User
from accounts.notifications import services
from accounts.notifications.choices import (
    CHOSEN,
    SENTENCES,
    MailTiming,
    NotificationKind,
    default_timing,
)
from accounts.notifications.due_mails import write_due_mails
from accounts.notifications.services import mark_all_read, notify, set_timings
from accounts.privacy.services import erase_member, withdraw_consent
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TITLE, URL = "Magnesium for insomnia", "/comments/7/"
REPLY = NotificationKind.REPLY


def tell(*people, kind: NotificationKind = REPLY, url: str = URL) -> None:
    notify(people, kind, title=TITLE, url=url)


def test_each_person_is_told_once_of_what_they_have_not_read():
    one, other = make_user(), make_user()
    tell(one, other, one)
    tell(one)
    assert list(Notification.objects.order_by("user").values_list("user", "title", "url")) == [
        (one.pk, TITLE, URL),
        (other.pk, TITLE, URL),
    ]


def test_what_was_read_is_told_again_and_another_kind_or_page_is_another_thing():
    person = make_user()
    tell(person)
    assert mark_all_read(person) == 1
    tell(person)
    tell(person, kind=NotificationKind.FOLLOWED_COMMENT)
    tell(person, url="/comments/8/")
    assert Notification.objects.filter(user=person, read_at=None).count() == 3


def test_nothing_is_told_where_the_transaction_is_rolled_back():
    person = make_user()
    with transaction.atomic():
        tell(person, kind=NotificationKind.CONTENT_DECIDED)
        transaction.set_rollback(True)
    assert not Notification.objects.exists()


@pytest.mark.parametrize("kind", NotificationKind)
def test_without_a_choice_decisions_on_own_words_and_what_is_urgent_are_mailed(kind):
    tell(make_user(), kind=kind)
    is_mailed = kind in {NotificationKind.CONTENT_DECIDED, NotificationKind.URGENT}
    assert write_due_mails() == len(mail.outbox) == is_mailed
    assert (Notification.objects.get().mailed_at is not None) == is_mailed


@pytest.mark.parametrize("timing", MailTiming)
@pytest.mark.parametrize("kind", CHOSEN)
def test_only_those_who_chose_a_mail_at_once_get_one(kind, timing):
    person, other = make_user(), make_user()
    set_timings(person, {kind: timing})
    set_timings(other, {kind: MailTiming.OFF})
    tell(person, other, kind=kind)
    write_due_mails()
    assert [message.to for message in mail.outbox] == (
        [[person.email]] if timing is MailTiming.AT_ONCE else []
    )


def test_an_equal_notification_that_is_not_read_is_mailed_once():
    person = make_user()
    for _time in range(2):
        tell(person, kind=NotificationKind.CONTENT_DECIDED)
        write_due_mails()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("kind", NotificationKind)
def test_no_mail_names_the_page_and_each_leads_to_the_inbox(kind, settings):
    person = make_user()
    if kind in CHOSEN:
        set_timings(person, {kind: MailTiming.AT_ONCE})
    tell(person, kind=kind)
    write_due_mails()
    (sent,) = mail.outbox
    whole = f"{sent.subject} {sent.body} {sent.alternatives[0].content} {sent.message()}"
    assert "agnesium" not in whole
    assert "insomnia" not in whole
    assert URL not in whole
    assert str(SENTENCES[kind]) in sent.body
    assert f"{settings.SITE_URL}/accounts/notifications/\n" in sent.body
    assert f"an account at {settings.SITE_NAME}" in sent.body
    assert sent.subject == f"{settings.SITE_NAME}: {SENTENCES[kind]}"


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example", "", "page/"])
def test_a_notification_leads_to_a_path_of_this_site(url):
    with pytest.raises(ValueError, match="path"):
        tell(make_user(), url=url)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(user=make_user(), kind=REPLY, title=TITLE, url=url)


def test_nobody_turns_off_what_is_urgent():
    assert default_timing(NotificationKind.URGENT) is MailTiming.AT_ONCE
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationSetting.objects.create(user=make_user(), kind="urgent", timing="off")


def test_notifications_go_with_the_account_and_with_the_consent():
    person, other = make_user(), make_user()
    set_timings(person, {REPLY: MailTiming.DAILY})
    tell(person, other)
    withdraw_consent(person)
    assert list(Notification.objects.values_list("user", flat=True)) == [other.pk]
    tell(person)
    erase_member(person, words=True)
    assert list(Notification.objects.values_list("user", flat=True)) == [other.pk]
    assert not NotificationSetting.objects.exists()
    tell(person)  # somebody who wrote it just then
    assert Notification.objects.count() == 1


def test_nobody_whose_account_was_deactivated_is_told():
    active, inactive = make_user(), make_user()
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    tell(active, inactive, kind=NotificationKind.CONTENT_DECIDED)
    assert list(Notification.objects.values_list("user", flat=True)) == [active.pk]


def test_many_are_told_by_as_many_queries_as_one(monkeypatch):
    monkeypatch.setattr(services, "_BATCH", 40)
    person, *many = User.objects.bulk_create(
        User(name=f"member-{number}", email=f"{number}@example.org") for number in range(101)
    )
    kind = NotificationKind.CONTENT_DECIDED
    with CaptureQueriesContext(connection) as one:
        notify([person], kind, title=TITLE, url=URL)
    with CaptureQueriesContext(connection) as batch:
        notify(many[:40], kind, title=TITLE, url=URL)
    with CaptureQueriesContext(connection) as three_batches:
        notify(many, kind, title=TITLE, url="/comments/8/")
    assert len(batch) == len(one)
    assert len(three_batches) <= 3 * len(one)
    assert Notification.objects.filter(mail_due=True).count() == 141
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_many_who_tell_the_same_at_once_make_one_row_and_one_mail():
    person = make_user()
    start = threading.Barrier(4)
    errors = []

    def tell_now() -> None:
        try:
            start.wait()
            tell(person, kind=NotificationKind.CONTENT_DECIDED)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell_now) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Notification.objects.count() == write_due_mails() == len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_members_who_tell_each_other_at_once_do_not_wait_for_each_other():
    from accounts.services import lock_member

    people = [make_user(), make_user()]
    both_hold_their_own_row = threading.Barrier(2)
    errors = []

    def write(own, other) -> None:
        try:
            with transaction.atomic():
                lock_member(own)
                both_hold_their_own_row.wait(timeout=10)
                tell(other)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=pair) for pair in (people, people[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert errors == []
    assert Notification.objects.count() == 2
