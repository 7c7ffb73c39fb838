"""The word beside a name: who has one, who gives it, and that it stands wherever the person writes."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
from accounts.privacy.export import export_of
from discussions.moderation.services import remove_comment
from discussions.services import delete_comment
from tests.admin_forms import Form
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db
CLINICIAN = {
    "public_role": "clinician",
    "credential_checked_on": date(2026, 3, 14),
    "credential_register": "Example register, 12345",
}


def make_clinician() -> User:
    member = make_user()
    User.objects.filter(pk=member.pk).update(**CLINICIAN)
    member.refresh_from_db()
    return member


@pytest.mark.parametrize(
    ("role", "word"),
    [("member", ""), ("editor", "Editor"), ("publisher", "Editor"), ("moderator", "Moderator")],
)
def test_a_new_account_has_the_word_of_its_role(role, word) -> None:
    assert make_user(role).shown_role == word


def test_staff_without_a_word_of_their_own_are_staff() -> None:
    assert User(is_staff=True).shown_role == "Staff"


def test_a_clinician_is_shown_with_the_month_of_the_check() -> None:
    assert make_clinician().shown_role == "Clinician, verified March 2026"


@pytest.mark.parametrize(
    "values",
    [
        {"public_role": "clinician"},
        CLINICIAN | {"credential_checked_on": None},
        CLINICIAN | {"credential_register": ""},
        CLINICIAN | {"public_role": "editor"},
        CLINICIAN | {"public_role": "", "credential_checked_on": None},
        {"public_role": "professor"},
    ],
)
def test_the_database_holds_no_half_checked_clinician(values) -> None:
    member = make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=member.pk).update(**values)


@pytest.mark.parametrize("role", ["editor", "moderator", "clinician"])
def test_the_word_stands_beside_the_name(client, role) -> None:
    author = make_clinician() if role == "clinician" else make_user(role)
    comment = make_comment(by=author)
    tag = f'<span class="tag">{author.shown_role}</span>'
    page = client.get(comment.thread.page_url).content.decode()
    assert page.count(tag) == 1
    assert "12345" not in page


@pytest.mark.parametrize("how", ["deleted", "removed", "left"])
def test_without_its_author_a_comment_has_no_word(client, how) -> None:
    comment = make_comment(by=make_clinician())
    if how == "deleted":
        delete_comment(comment, by=comment.author)
    elif how == "removed":
        remove_comment(comment, by=make_user("moderator"), reason="unsafe dose")
    else:
        type(comment).objects.update(author=None)
    assert "Clinician" not in client.get(comment.thread.page_url).content.decode()


def test_the_word_changes_with_the_next_request(client) -> None:
    comment = make_comment()
    client.get(comment.thread.page_url)
    User.objects.filter(pk=comment.author_id).update(public_role="moderator", is_staff=True)
    assert ">Moderator</span>" in client.get(comment.thread.page_url).content.decode()


def test_a_member_cannot_give_the_word_to_themselves(client) -> None:
    member = make_user()
    client.force_login(member)
    for url in ("/accounts/name/", "/accounts/colours/"):
        client.post(url, {"name": "Ana", "colour_scheme": "dark", "public_role": "moderator"})
    member.refresh_from_db()
    assert member.public_role == ""


def test_the_member_reads_and_takes_along_what_is_stored_of_the_check(client) -> None:
    member = make_clinician()
    client.force_login(member)
    page = client.get("/accounts/data/").content.decode()
    assert "Clinician, verified March 2026" in page
    assert "Example register, 12345" in page
    account = export_of(member)["account"]
    assert {name: account[name] for name in CLINICIAN} == CLINICIAN


def test_the_admin_refuses_a_clinician_without_a_register() -> None:
    chief = make_user()
    User.objects.filter(pk=chief.pk).update(is_staff=True, is_superuser=True)
    client, member = Client(), make_user()
    client.force_login(User.objects.get(pk=chief.pk))
    url = f"/admin/accounts/user/{member.pk}/change/"
    refused = Form.open(client, url).fill(public_role="clinician").press()
    assert "A clinician has a register" in refused.content.decode()
    checked = {**CLINICIAN, "credential_checked_on": "2026-03-14"}
    Form.open(client, url).fill(**checked).press()
    member.refresh_from_db()
    assert member.shown_role == "Clinician, verified March 2026"


@pytest.mark.django_db(transaction=True)
def test_who_had_a_task_before_has_its_word_after_the_migration() -> None:
    editor, moderator, member = make_user("editor"), make_user("moderator"), make_user()
    User.objects.update(public_role="")
    name_the_staff = import_module("accounts.migrations.0009_public_roles").name_the_staff
    with connection.schema_editor() as editor_of_schema:
        name_the_staff(apps, editor_of_schema)
    roles = dict(User.objects.values_list("pk", "public_role"))
    assert roles == {editor.pk: "editor", moderator.pk: "moderator", member.pk: ""}
