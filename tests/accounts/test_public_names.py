"""A new name passes neither for staff nor for another member."""

from importlib import import_module
from itertools import product

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import FormerName, User
from accounts.public_names import (
    MAX_SKELETON_LENGTH,
    RESERVED_NAMES,
    name_skeleton,
    passes_for_staff,
)
from accounts.services import rename
from tests.admin_forms import change
from tests.factories import PASSWORD, make_user
from tests.reading import Page
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db

ALIKE = "This name looks like that of somebody else here. Choose one that differs more."
KEPT = "This name is kept for the people who run the site."
PAIRS = [
    ("Bill", "BiII"),
    ("bill", "bi11"),
    ("Oscar", "0scar"),
    ("amara", "arnara"),
    ("ARNO", "amo"),
    ("Ian", "lan"),
    ("x10", "xlO"),
]


def sign_up(name: str, **more: str):
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    person = {"username": name, "email": f"new-{name.lower()}@example.org"}
    return Client().post("/accounts/signup/", person | passwords | more)


@pytest.mark.parametrize(("name", "other"), PAIRS)
def test_names_that_look_alike_have_one_skeleton(name, other):
    assert name_skeleton(name) == name_skeleton(other)


@pytest.mark.parametrize(
    ("name", "other"), [("ian", "lan"), ("ana", "anna"), ("ana-b", "anab"), ("x1", "x2")]
)
def test_names_that_differ_have_two(name, other):
    assert name_skeleton(name) != name_skeleton(other)


@pytest.mark.parametrize(("name", "other"), PAIRS)
def test_a_name_like_another_is_refused_on_every_way(name, other, admin_client):
    make_user(name=name)
    with pytest.raises(ValidationError, match="looks like"):
        rename(make_user(), name=other)
    with pytest.raises(ValidationError, match="looks like"):
        User.objects.create_user(other, "new@example.org")
    with pytest.raises(CommandError, match="looks like"):
        call_command("add_member", "new@example.org", password=PASSWORD, name=other)
    response = sign_up(other)
    assert response.status_code == 400
    assert ALIKE in Page(response).words
    form = change(admin_client, make_user()).fill(name=other)
    assert ALIKE in Page(form.press()).words
    assert User.objects.filter(name=other).count() == 0


def test_the_page_to_rename_says_it_and_keeps_what_was_typed(client):
    make_user(name="Bill")
    client.force_login(make_user())
    response = client.post(reverse("account_rename"), {"name": "BiII"})
    assert response.status_code == 400
    assert ALIKE in Page(response).words
    assert 'value="BiII"' in response.content.decode()


def test_a_name_like_a_former_one_is_refused():
    rename(make_user(name="Bill"), name="Cora")
    with pytest.raises(ValidationError, match="looks like"):
        rename(make_user(), name="BiII")
    assert ALIKE in Page(sign_up("bi1l")).words


def test_the_owner_may_write_the_own_name_differently():
    bill = make_user(name="Bill")
    rename(bill, name="BiII")
    rename(bill, name="Bill")
    assert FormerName.objects.count() == 1


def test_the_database_keeps_one_of_two_that_look_alike():
    make_user(name="Bill")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(name="BiII", email="other@example.org")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_up_at_once_one_gets_the_name():
    all_at_once([lambda name=name: sign_up(name) for name in ("Bill", "BiII", "bi1l", "bil1")])
    assert User.objects.count() == 1


def test_who_had_such_a_name_before_keeps_it_and_nobody_else_gets_one():
    make_user(name="Bill")
    older = User(name="BiII", email="older@example.org", is_name_older=True)
    older.set_password(PASSWORD)
    older.save()
    older.full_clean()
    with pytest.raises(ValidationError, match="looks like"):
        rename(make_user(), name="bil1")
    rename(older, name="Cora")
    older.refresh_from_db()
    assert not older.is_name_older


@pytest.mark.parametrize(
    "name",
    [
        *sorted(RESERVED_NAMES),
        *("Adm1n", "M0DERATOR", "rnoderator", "adrnin", "admin2", "e-d-i-t-o-r", "r00t", "Admin.1"),
        *(
            "site-admin",
            "Moderator_Ana",
            "the.staff",
            "plain-remedies",
            "PlainRemedies",
            "c1inician",
        ),
    ],
)
def test_a_name_that_passes_for_staff_is_none_for_a_member(name):
    assert passes_for_staff(name)
    response = sign_up(name)
    assert response.status_code == 400
    assert KEPT in Page(response).words
    with pytest.raises(ValidationError, match="kept for"):
        rename(make_user(), name=name)
    with pytest.raises(ValidationError, match="kept for"):
        make_user(name=name)


@pytest.mark.parametrize("name", ["ginger-root", "immune.system", "helpful", "modern", "42", "a1"])
def test_other_names_are_free(name):
    assert not passes_for_staff(name)
    assert make_user(name=name).name == name


def test_staff_may_be_called_what_they_are(admin_client):
    editor = make_user("editor", name="the-editor")
    editor.full_clean()
    member = make_user(name="other")
    form = change(admin_client, member).fill(name="moderator")
    assert KEPT in Page(form.press()).words
    form = change(admin_client, editor).fill(name="moderator")
    form.press()
    assert User.objects.filter(name="moderator").exists()


def test_a_name_from_an_address_looks_like_no_other(capsys):
    make_user(name="bil1")
    call_command("add_member", "bill@example.org", password=PASSWORD)
    assert User.objects.filter(name="bill2").exists()


def test_of_older_names_that_look_alike_all_but_the_oldest_are_marked():
    with connection.cursor() as cursor:  # as before the migration; undone with the test
        cursor.execute("DROP INDEX accounts_user_name_looks_like_no_other")
    for name in ("Bill", "BiII", "bil1", "Cora"):
        User.objects.create(name=name, email=f"{name}@example.org")
    import_module("accounts.migrations.0011_name_skeletons").mark_older_names(apps, None)
    marked = dict(User.objects.values_list("name", "is_name_older"))
    assert marked == {"Bill": False, "BiII": True, "bil1": True, "Cora": False}


def test_names_of_any_number_of_members_are_read_once(monkeypatch, django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX accounts_user_name_looks_like_no_other")
    User.objects.bulk_create(
        User(name="".join(letters), email=f"{number}@example.org")
        for number, letters in enumerate(product("Il1", repeat=4))
    )
    migration = import_module("accounts.migrations.0011_name_skeletons")
    monkeypatch.setattr(migration, "BATCH", 30)
    with django_assert_num_queries(1 + 3) as queries:
        migration.mark_older_names(apps, None)
    assert "JOIN" not in queries[0]["sql"]
    assert queries[0]["sql"].count("SELECT") == 1
    assert User.objects.filter(is_name_older=True).count() == 3**4 - 1


class TheDatabaseComputesTheSame(TestCase):
    """A skeleton is a column that the database fills, whoever writes the row."""

    @given(st.from_regex(r"\A[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,28}[A-Za-z0-9])?\Z"))
    def test_skeletons_are_equal(self, name):
        row = User.objects.create(name=name, email="one@example.org")
        row.refresh_from_db()
        assert row.name_skeleton == name_skeleton(name)
        assert len(row.name_skeleton) <= MAX_SKELETON_LENGTH
