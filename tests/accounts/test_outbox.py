"""Mails leave the request: they are stored with it and sent by a worker, once each."""

import smtplib
import threading
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts import outbox, worker
from accounts.models import OutgoingMail, User
from tests.factories import PASSWORD, make_user

NEW = {"username": "Ana", "email": "ana@example.org", "password1": PASSWORD, "password2": PASSWORD}
SECRET = "https://site.example/reset/an-unusual-word"


@pytest.fixture(autouse=True)
def outbox_on(settings):
    """The backend of the real site, in front of Django's mails in memory."""
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    return settings


def write(to: str = "ana@example.org") -> OutgoingMail:
    message = EmailMultiAlternatives("Grüße", f"Öffne {SECRET}", "noreply@site.example", [to])
    message.attach_alternative(f"<p>Öffne {SECRET}</p>", "text/html")
    message.send()
    return OutgoingMail.objects.latest("pk")


def no_server(monkeypatch, error: Exception) -> None:
    def fail(self, messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)


def make_due() -> None:
    OutgoingMail.objects.update(next_attempt_at=timezone.now())


@pytest.mark.django_db
def test_a_mail_waits_until_a_worker_sends_it_whole():
    message_id = write().message_id
    assert mail.outbox == []
    assert outbox.send_due() == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.from_email) == (["ana@example.org"], "noreply@site.example")
    assert SECRET in sent.body
    mime = sent.message()
    assert mime["Message-ID"] == message_id
    assert message_id.endswith("@site.example>")
    assert abs(parsedate_to_datetime(mime["Date"]).timestamp() - time.time()) < 60
    text, html = mime.get_payload()
    assert text.get_payload(decode=True).decode() == f"Öffne {SECRET}"
    assert html.get_payload(decode=True).decode() == f"<p>Öffne {SECRET}</p>"
    assert b"\r\n\r\n" in mime.as_bytes(linesep="\r\n")
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_signing_up_while_the_mail_server_is_down_makes_the_account_and_the_mail_comes_later(
    client, monkeypatch
):
    with monkeypatch.context() as down:
        no_server(down, ConnectionRefusedError())
        response = client.post("/accounts/signup/", NEW, follow=True)
        assert outbox.send_due() == 0
    assert response.status_code == 200
    assert "the mail comes later by itself" in response.content.decode()
    assert User.objects.filter(name="Ana").exists()
    assert outbox.send_due() == 0  # its pause is not over
    make_due()
    assert outbox.send_due() == 1
    assert "/accounts/confirm-email/" in mail.outbox[0].body


@pytest.mark.django_db
def test_the_same_mail_is_tried_with_growing_pauses_and_one_message_id(monkeypatch):
    row = write()
    no_server(monkeypatch, TimeoutError())
    pauses = []
    for _attempt in range(10):
        make_due()
        outbox.send_due()
        tried = OutgoingMail.objects.get()
        pauses.append(tried.next_attempt_at - timezone.now())
        assert tried.message_id == row.message_id
    assert tried.attempts == 10
    assert pauses[0] < timedelta(seconds=31)
    assert all(later > earlier for earlier, later in pairwise(pauses[:7]))
    assert pauses[-1] <= outbox.LONGEST_PAUSE


@pytest.mark.django_db
def test_a_mail_that_cannot_be_sent_for_days_is_given_up_and_its_text_goes(monkeypatch, caplog):
    row = write()
    OutgoingMail.objects.update(created_at=timezone.now() - outbox.KEPT - timedelta(hours=1))
    no_server(monkeypatch, TimeoutError())
    with caplog.at_level("INFO"):
        outbox.send_due()
    assert not OutgoingMail.objects.exists()
    assert "mail_given_up" in caplog.text
    assert row.recipients[0] not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "remaining"), [(550, 0), (450, 1)])
def test_only_a_recipient_who_does_not_exist_is_given_up_at_once(monkeypatch, code, remaining):
    write()
    no_server(monkeypatch, smtplib.SMTPRecipientsRefused({"ana@example.org": (code, b"no")}))
    outbox.send_due()
    assert OutgoingMail.objects.count() == remaining


@pytest.mark.django_db
def test_one_bad_mail_does_not_hold_up_the_others(monkeypatch):
    write("bad@example.org")
    write("good@example.org")
    send = locmem.EmailBackend.send_messages

    def refuse_one(self, messages):
        if messages[0].to == ["bad@example.org"]:
            raise smtplib.SMTPServerDisconnected
        return send(self, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse_one)
    assert outbox.send_due() == 1
    assert OutgoingMail.objects.get().recipients == ["bad@example.org"]


@pytest.mark.django_db
def test_a_clock_that_went_back_holds_up_no_mail():
    write()
    OutgoingMail.objects.update(next_attempt_at=timezone.now() + timedelta(days=200))
    assert outbox.send_due() == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_that_is_rolled_back_sends_nothing():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert outbox.send_due() == 0
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_every_mail_once():
    written = {write(f"reader{number}@example.org").message_id for number in range(12)}
    start = threading.Barrier(4)

    def send() -> None:
        try:
            start.wait()
            outbox.send_due()
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _number in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    sent = [message.message()["Message-ID"] for message in mail.outbox]
    assert len(sent) == 12
    assert set(sent) == written
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_died_keeps_a_mail_for_its_claim_only():
    row = write()
    assert outbox._claim(row, timezone.now())
    assert outbox.send_due() == 0
    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    assert outbox.send_due() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_of_this_process_sends_new_mail_at_once_and_ends_when_it_should(monkeypatch):
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
        with transaction.atomic():
            write()
        assert sent.wait(timeout=10)
    finally:
        stop.set()
        thread.join(timeout=10)
    assert not thread.is_alive()


@pytest.mark.django_db
def test_the_command_sends_what_is_due(capsys):
    write()
    call_command("worker", "--once")
    assert "Sent 1 mails." in capsys.readouterr().out
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL vacuums by itself")
def test_the_text_of_a_sent_mail_is_gone_from_the_file():
    write()
    outbox.send_due()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(connection.settings_dict["NAME"], "rb") as file:
        assert b"an-unusual-word" not in file.read()


def test_every_step_of_a_connection_to_the_mail_server_has_a_time_limit():
    assert 0 < site_settings.EMAIL_TIMEOUT <= 15
    backend = mail.get_connection("django.core.mail.backends.smtp.EmailBackend")
    assert backend.timeout == site_settings.EMAIL_TIMEOUT


@pytest.mark.django_db
def test_a_reset_of_a_password_stores_a_mail_and_sends_none(client):
    client.post("/accounts/password/reset/", {"email": make_user().email})
    assert mail.outbox == []
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_goes_on_after_an_error_of_any_kind(monkeypatch, caplog):
    stop = threading.Event()

    def fail() -> int:
        raise FileNotFoundError

    monkeypatch.setattr(worker, "ERASE_SECONDS", 0)
    monkeypatch.setattr(worker, "erase_due", fail)
    thread = threading.Thread(target=worker.run_worker, args=[stop])
    thread.start()
    try:
        for _time in range(100):
            worker.outbox.new_mail.set()
            if caplog.text.count("The worker goes on after an error") > 1:
                break
            stop.wait(0.1)
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(timeout=10)
    assert caplog.text.count("The worker goes on after an error") > 1
