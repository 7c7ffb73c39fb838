"""Leaving: planned, undone, carried out; and what is left then."""

import json
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import outbox
from accounts.models import AccountDeletion, OutgoingMail, Session, User
from accounts.privacy import services
from discussions.models import Comment, CommentVote, Report
from discussions.moderation.services import remove_comment
from discussions.services import delete_comment, post_comment, vote_on_comment
from remedies.models import EntryVote, ExperienceReport, RemedyConditionEntry
from remedies.services import vote_on_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.accounts.privacy.life import EMAIL, NAME, OLD_NAME, WORDS, Life
from tests.factories import make_comment, make_user
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def life(settings) -> Life:
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    return Life()


def rows_with(*words: str) -> list[str]:
    """The tables that hold one of the words in any column, also where that is no text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor, include_views=True):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text = " ".join(map(_text, row)).casefold()
                found += [f"{table}: {text}" for word in words if word.casefold() in text]
    return found


def _text(value: Any) -> str:
    if isinstance(value, memoryview):
        value = bytes(value)
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def counters_are_rows() -> bool:
    for votable in [*RemedyConditionEntry.objects.all(), *Comment.objects.all()]:
        values = list(votable.votes.values_list("value", flat=True))
        if (votable.up_count, votable.down_count) != (values.count(1), values.count(-1)):
            return False
    return all(
        comment.reply_count == _replies_of(comment).filter(state="visible").count()
        for comment in Comment.objects.all()
    )


def _replies_of(comment: Comment) -> Any:
    return Comment.objects.filter(**{"root" if comment.depth == 0 else "parent": comment})


def test_after_deletion_nothing_holds_name_address_or_words(life, caplog):
    Client().get("/search/", {"q": WORDS})
    assert rows_with(NAME, OLD_NAME, EMAIL, WORDS)
    caplog.clear()
    with caplog.at_level("INFO"):
        services.erase_member(life.member, words=True)
    assert rows_with(NAME, OLD_NAME, EMAIL, WORDS) == []
    logged = caplog.text.casefold()
    assert not any(word.casefold() in logged for word in (NAME, EMAIL, WORDS))
    assert "member_erased" in caplog.text
    for page in (life.entry.get_absolute_url(), "/", f"/search/?q={WORDS}zz"):
        assert WORDS not in Client().get(page).content.decode().replace(f"{WORDS}zz", "")
    for file in Path(settings.VAR_DIR).rglob("*"):
        if file.is_file() and "sqlite3" not in file.name:
            assert EMAIL.encode() not in file.read_bytes(), file


def test_votes_leave_the_counters_and_replies_of_others_stay(life):
    services.erase_member(life.member, words=True)
    life.entry.refresh_from_db()
    assert (life.entry.up_count, EntryVote.objects.count()) == (1, 1)
    assert CommentVote.objects.count() == 1  # of the other, on the place that is left
    assert counters_are_rows()
    life.answer.refresh_from_db()
    assert (life.answer.state, life.answer.body) == ("visible", "I see.")
    life.root.refresh_from_db()
    assert (life.root.state, life.root.author, life.root.body) == ("deleted", None, "")
    assert "I see." in Client().get(life.entry.get_absolute_url()).content.decode()
    assert not ExperienceReport.objects.exists()
    assert not User.objects.filter(email=EMAIL).exists()


def test_words_may_stay_without_a_name_but_for_those_that_nobody_saw(life):
    services.erase_member(life.member, words=False)
    assert rows_with(NAME, OLD_NAME, EMAIL) == []
    life.root.refresh_from_db()
    assert (life.root.state, life.root.author, life.root.body) == ("visible", None, f"{WORDS} two.")
    page = Client().get(life.entry.get_absolute_url()).content.decode()
    assert f"{WORDS} two." in page
    assert "A former member" in page
    life.held.refresh_from_db()
    assert (life.held.state, life.held.body) == ("deleted", "")
    assert counters_are_rows()


def test_a_deletion_is_planned_for_seven_days_from_now_and_logs_out_everywhere(life):
    assert Session.objects.filter(user=life.member).exists()
    OutgoingMail.objects.all().delete()
    deletion = services.request_deletion(life.member, words=True)
    assert deletion.due_at - deletion.requested_at == timedelta(days=7)
    assert not Session.objects.filter(user=life.member).exists()
    (row,) = OutgoingMail.objects.all()
    assert row.recipients == [EMAIL]
    outbox.send_due()
    (message,) = mail.outbox
    assert "Keep my account" in message.body
    assert services.erase_due() == 0
    assert User.objects.filter(pk=life.member.pk).exists()


def test_a_deletion_can_be_undone_until_its_day(life):
    services.request_deletion(life.member, words=True)
    assert services.undo_deletion(life.member)
    assert not services.undo_deletion(life.member)
    AccountDeletion.objects.update(due_at=timezone.now())
    assert services.erase_due() == 0
    life.root.refresh_from_db()
    assert life.root.body == f"{WORDS} two."


@pytest.mark.parametrize("words", [True, False])
def test_the_worker_erases_when_the_day_has_come_as_was_chosen(life, words):
    services.request_deletion(life.member, words=words)
    past = timezone.now() - timedelta(minutes=1)
    AccountDeletion.objects.update(requested_at=past - timedelta(days=7), due_at=past)
    call_command("worker", "--once", verbosity=0)
    assert not User.objects.filter(pk=life.member.pk).exists()
    assert Comment.objects.filter(body__contains=WORDS).exists() is not words
    assert services.erase_due() == 0


def test_staff_stay_until_their_task_is_taken_back():
    editor = make_user("editor")
    for action in (services.request_deletion, services.erase_member):
        with pytest.raises(NotPermitted, match="task"):
            action(editor, words=True)
    member = make_user()
    services.request_deletion(member, words=True)
    User.objects.filter(pk=member.pk).update(is_staff=True)
    AccountDeletion.objects.update(requested_at=timezone.now(), due_at=timezone.now())
    assert services.erase_due() == 0
    assert User.objects.filter(pk=member.pk).exists()
    User.objects.filter(pk=member.pk).update(is_staff=False)
    AccountDeletion.objects.update(requested_at=timezone.now(), due_at=timezone.now())
    assert services.erase_due() == 1  # what was promised is done once the task is gone


def test_taking_the_consent_back_erases_what_it_allowed_and_keeps_the_account(life):
    services.withdraw_consent(life.member)
    life.member.refresh_from_db()
    assert life.member.consented_at is None
    assert rows_with(WORDS) == []
    assert not EntryVote.objects.filter(voter=life.member).exists()
    assert not ExperienceReport.objects.exists()
    assert counters_are_rows()
    assert post_comment(by=life.member, subject=life.entry, body="Again.", consent=True).is_new


def test_mails_in_files_go_too(life, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    (tmp_path / "one.log").write_text(f"To: {EMAIL.upper()}\n")
    (tmp_path / "two.log").write_text("To: somebody.else@example.org\n")
    services.erase_member(life.member, words=True)
    assert [file.name for file in tmp_path.iterdir()] == ["two.log"]


def test_operators_erase_by_a_command(life, capsys, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _prompt: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_member", EMAIL)
    with pytest.raises(CommandError, match="There is no account"):
        call_command("erase_member", "nobody@example.org", "--yes")
    with pytest.raises(CommandError, match="staff"):
        call_command("erase_member", make_user("editor").name, "--yes")
    call_command("erase_member", EMAIL, "--yes", "--keep-words")
    assert "The account is erased." in capsys.readouterr().out
    assert rows_with(NAME, EMAIL) == []
    assert Report.objects.filter(detail=f"{WORDS} six.").exists()
    assert json.dumps(list(Comment.objects.values_list("body", flat=True))).count(WORDS) == 3


def test_others_go_on_writing_and_voting_while_somebody_is_erased(life):
    """Replies, votes, reports and the erasing at one moment: no deadlock, and counters are rows."""
    others = [make_user() for _ in range(6)]

    def reply(author: User) -> None:
        with suppress(InvalidInput):  # the comment may be gone already
            make_comment(by=author, parent=Comment.objects.get(pk=life.root.pk))

    def vote(voter: User) -> None:
        with suppress(NotPermitted):
            vote_on_comment(Comment.objects.get(pk=life.root.pk), by=voter, value=1)
        vote_on_entry(life.entry, by=voter, value=-1)

    all_at_once(
        [
            lambda: services.erase_member(life.member, words=True),
            *(partial(reply, other) for other in others[:3]),
            *(partial(vote, other) for other in others[3:]),
        ]
    )
    assert counters_are_rows()
    assert rows_with(NAME, OLD_NAME, EMAIL, WORDS) == []
    life.entry.refresh_from_db()
    assert (life.entry.up_count, life.entry.down_count) == (1, 3)


def test_two_workers_erase_an_account_once(life):
    services.request_deletion(life.member, words=True)
    now = timezone.now()
    AccountDeletion.objects.update(requested_at=now - timedelta(days=8), due_at=now)
    assert sum(all_at_once([services.erase_due] * 4)) == 1


def test_one_account_that_cannot_be_erased_keeps_no_other(life, monkeypatch, caplog):
    stuck = life.other
    erase = services.erase_member

    def fail_for_one(user: User, *, words: bool) -> None:
        if user.pk == stuck.pk:
            raise FileNotFoundError
        erase(user, words=words)

    monkeypatch.setattr(services, "erase_member", fail_for_one)
    for member in (stuck, life.member):
        services.request_deletion(member, words=True)
    now = timezone.now()
    AccountDeletion.objects.update(requested_at=now - timedelta(days=8), due_at=now)
    AccountDeletion.objects.filter(user=stuck).update(due_at=now - timedelta(hours=1))
    assert services.erase_due() == 1
    assert f"erasing_failed actor=- error=FileNotFoundError person={stuck.pk}" in caplog.text


def test_a_wrong_counter_keeps_nobody_here(life):
    RemedyConditionEntry.objects.filter(pk=life.entry.pk).update(up_count=0)
    services.erase_member(life.member, words=True)
    life.entry.refresh_from_db()
    assert life.entry.up_count == 0


def test_addresses_in_the_log_of_the_admin_go_too(life):
    address = life.member.emailaddress_set.get()
    LogEntry.objects.create(
        user=make_user("moderator"),
        content_type=ContentType.objects.get_for_model(EmailAddress),
        object_id=str(address.pk),
        object_repr=EMAIL,
        action_flag=CHANGE,
    )
    services.erase_member(life.member, words=True)
    assert rows_with(EMAIL) == []


def test_a_reason_that_quotes_erased_words_goes_with_them(life):
    remove_comment(life.reply, by=make_user("moderator"), reason=f"Says {WORDS}.")
    services.erase_member(life.member, words=True)
    assert rows_with(WORDS) == []
    other = make_comment(by=life.other, body="Mine.")
    remove_comment(other, by=make_user("moderator"), reason="Names Quokka.")
    delete_comment(other, by=life.other)
    assert rows_with("Quokka") == []


def test_what_is_posted_while_the_consent_is_taken_back_is_not_stored(life):
    """Whichever comes first: no comment is left without a consent."""

    def post() -> None:
        with suppress(InvalidInput):
            post_comment(by=User.objects.get(pk=life.member.pk), subject=life.entry, body="Late.")

    all_at_once([post, lambda: services.withdraw_consent(life.member), post])
    assert User.objects.get(pk=life.member.pk).consented_at is None
    assert not Comment.objects.filter(body="Late.").exists()


def test_files_about_similar_addresses_stay(life, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path)
    for name, address in (("a", f"a{EMAIL}"), ("b", f"{EMAIL}.au"), ("c", EMAIL)):
        (tmp_path / f"{name}.log").write_text(f"To: {address}\n")
    services.erase_member(life.member, words=True)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.log", "b.log"]


def test_operators_name_an_account_by_its_number_and_may_only_take_the_consent_back(life):
    call_command("erase_member", f"#{life.member.pk}", "--yes", "--consent", verbosity=0)
    life.member.refresh_from_db()
    assert life.member.consented_at is None
    assert rows_with(WORDS) == []
    call_command("erase_member", f"#{life.member.pk}", "--yes", verbosity=0)
    assert not User.objects.filter(pk=life.member.pk).exists()
