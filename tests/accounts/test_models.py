import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_person_has_a_name_and_an_address():
    ana = User.objects.create_user("ana", "ana@EXAMPLE.org", "secret words")
    assert (str(ana), ana.get_short_name(), ana.email) == ("ana", "ana", "ana@example.org")
    assert ana.check_password("secret words")
    assert ana.consented_at is None
    assert (ana.is_active, ana.is_staff, ana.is_superuser) == (True, False, False)


def test_a_name_is_found_in_any_case():
    ana = make_user(name="Ana")
    assert User.objects.get_by_natural_key("aNA") == ana


@pytest.mark.parametrize("name", ["a", "A1", "a.b-c_d", "1a", "x" * 30])
def test_good_names_are_taken(name):
    assert make_user(name=name, email="someone@example.org").name == name


@pytest.mark.parametrize(
    "name", ["", "a b", "a@b", ".a", "a.", "-", "ä", "a\n", "a/b", "<b>", "x" * 31, "а"]
)
def test_other_names_are_refused(name):
    with pytest.raises(ValidationError) as raised:
        User.objects.create_user(name, "someone@example.org")
    assert "name" in raised.value.message_dict
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["", "ana", "ana@", "a b@example.org", "x" * 250 + "@a.org"])
def test_an_address_must_be_one(email):
    with pytest.raises(ValidationError) as raised:
        User.objects.create_user("ana", email)
    assert "email" in raised.value.message_dict


@pytest.mark.parametrize(
    ("name", "email"), [("ANA", "b@example.org"), ("ben", "Ana@Example.ORG"), ("ana", "b@e.org")]
)
def test_the_form_says_that_a_name_or_address_is_taken(name, email):
    make_user(name="ana", email="ana@example.org")
    with pytest.raises(ValidationError, match=r"taken|exists"):
        User.objects.create_user(name, email)


@pytest.mark.parametrize(
    "values", [{"name": "ANA"}, {"email": "ANA@example.org"}, {"name": ""}, {"email": ""}]
)
def test_the_database_keeps_that_too(values):
    make_user(name="ana", email="ana@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(**{"name": "ben", "email": "ben@example.org"} | values)
    ben = make_user(name="ben", email="ben@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ben.pk).update(**values)


def test_a_superuser_has_every_right():
    root = User.objects.create_superuser("root", "root@example.org", "secret words")
    assert root.is_staff
    assert root.has_perm("remedies.delete_remedy")
