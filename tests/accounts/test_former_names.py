"""A name that somebody gave up stays theirs: nobody else can pass for them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import FormerName, User
from accounts.services import MAX_FORMER_NAMES, rename
from tests.admin_forms import change
from tests.factories import PASSWORD, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    ana = make_user(name="Ana")
    rename(ana, name="Bea")
    return ana


@pytest.mark.parametrize("name", ["Ana", "ana", "ANA"])
def test_nobody_else_gets_the_old_name(ana, client, name):
    other = make_user(name="other")
    with pytest.raises(ValidationError, match="taken"):
        rename(other, name=name)
    with pytest.raises(ValidationError, match="taken"):
        User.objects.create_user(name, "new@example.org")
    signing_up = {"username": name, "email": "new@example.org"}
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    response = client.post("/accounts/signup/", signing_up | passwords)
    assert "This name is taken." in Page(response).words
    client.force_login(other)
    response = client.post(reverse("account_rename"), {"name": name})
    assert response.status_code == 400
    assert "This name is taken." in Page(response).words
    other.refresh_from_db()
    assert other.name == "other"


def test_its_owner_may_take_it_back(ana):
    rename(ana, name="ANA")
    assert list(FormerName.objects.values_list("name", flat=True)) == ["Bea"]
    with pytest.raises(ValidationError, match="taken"):
        rename(make_user(), name="bea")


def test_another_case_of_the_name_keeps_nothing_back():
    ana = make_user(name="Ana")
    rename(ana, name="ana")
    assert not FormerName.objects.exists()


def test_an_account_keeps_a_few_names_and_no_more(ana):
    for number in range(MAX_FORMER_NAMES):
        rename(ana, name=f"name{number}")
    assert ana.former_names.count() == MAX_FORMER_NAMES
    rename(make_user(), name="Ana")
    with pytest.raises(ValidationError, match="taken"):
        rename(make_user(), name="Bea")


def test_a_name_that_the_operator_changes_is_kept_back_too(admin_client):
    ana = make_user(name="Ana")
    change(admin_client, ana).fill(name="Bea").press()
    form = change(admin_client, make_user(name="other")).fill(name="ana")
    assert "This name is taken." in Page(form.press()).words
    assert not User.objects.filter(name__iexact="ana").exists()


def test_the_names_go_with_the_account(ana):
    ana.delete()
    assert make_user(name="Ana").name == "Ana"


def test_the_database_holds_a_former_name_once(ana):
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerName.objects.create(user=make_user(), name="ANA")


@pytest.mark.parametrize("name", ["a\x00", "\x00"])
def test_a_nul_is_no_name(name):
    with pytest.raises(ValidationError):
        User.objects.create_user(name, "new@example.org")
    response = Client().post("/accounts/signup/", {"username": name, "email": "n@example.org"})
    assert response.status_code == 400
