import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import get_hasher

from accounts.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return make_user(name="Ana.B", email="Ana@Example.org")


@pytest.mark.parametrize(
    "login", ["Ana.B", "ana.b", "ANA.B", "Ana@Example.org", "ana@example.org", "ANA@EXAMPLE.ORG"]
)
def test_name_or_address_in_any_case_lets_in(ana, login):
    assert authenticate(username=login, password=PASSWORD) == ana


def test_the_name_of_the_column_may_be_used_too(ana):
    assert authenticate(name="Ana.B", password=PASSWORD) == ana


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper(), f"{PASSWORD} ", "x" * 5_000])
def test_another_password_does_not(ana, password):
    assert authenticate(username="Ana.B", password=password) is None


@pytest.mark.parametrize(
    "login",
    ["", "nobody", "ana", "example.org", "@", "Ana@", "%", "Ana_B", "Ana.B@", "An\x00a", " Ana.B"],
)
def test_another_name_does_not(ana, login):
    assert authenticate(username=login, password=PASSWORD) is None


def test_nobody_logs_in_without_a_password(ana):
    assert authenticate(username="Ana.B") is None
    User.objects.create_user("ben", "ben@example.org")
    assert authenticate(username="ben", password="") is None


def test_a_login_of_any_length_is_refused_quietly_and_without_a_query(
    ana, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert authenticate(username="a" * 100_000, password=PASSWORD) is None
        assert authenticate(username="a" * 100_000 + "@example.org", password=PASSWORD) is None


def test_the_admin_refuses_it_with_its_own_words(client, ana):
    response = client.post("/admin/login/", {"username": "a" * 100_000, "password": "x"})
    assert response.context["form"].errors


def test_the_log_in_page_answers_it_as_a_bad_request(client, ana):
    data = {"login": "a" * 100_000, "password": "x"}
    assert client.post("/accounts/login/", data).status_code == 400


def test_who_may_not_log_in_does_not(ana):
    User.objects.update(is_active=False)
    assert authenticate(username="Ana.B", password=PASSWORD) is None


def test_an_unknown_name_takes_as_long_as_a_known_one(ana, monkeypatch):
    hasher = type(get_hasher())
    spent = []
    encode = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, *given: spent.append(1) or encode(self, *given)
    )
    authenticate(username="nobody", password="wrong")
    unknown = len(spent)
    authenticate(username="Ana.B", password="wrong")
    assert unknown == len(spent) - unknown == 1
