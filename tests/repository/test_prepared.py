"""Databases that are filled once and copied: each copy whole, of its own, and gone afterwards."""

import pytest
from django.db import connection

from accounts.models import User
from tests.factories import make_user

# No transaction may be open where a copy is made.
pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_filled_once_and_each_copy_is_as_it_was_filled(prepared):
    filled = []

    def fill() -> str:
        filled.append(make_user(name="ana"))
        return "what was filled"

    plain = connection.settings_dict["NAME"]
    for _time in range(2):
        with prepared.copy("for_this_test", fill) as answer:
            assert answer == "what was filled"
            assert connection.settings_dict["NAME"] != plain
            assert [user.name for user in User.objects.all()] == ["ana"]
            make_user(name="ben")
            assert User.objects.count() == 2
    assert len(filled) == 1
    assert connection.settings_dict["NAME"] == plain
    assert not User.objects.exists()


def fail_on_a_copy_of_a_copy(prepared) -> None:
    with (
        prepared.copy("for_this_test_empty", lambda: None),
        prepared.copy("for_this_test_with_a_user", lambda: make_user(name="cleo")),
    ):
        assert User.objects.get().name == "cleo"
        raise ZeroDivisionError


def test_one_copy_may_stand_on_another_and_an_error_leaves_both(prepared):
    plain = connection.settings_dict["NAME"]
    with pytest.raises(ZeroDivisionError):
        fail_on_a_copy_of_a_copy(prepared)
    assert connection.settings_dict["NAME"] == plain
    assert not User.objects.exists()


def test_one_is_filled_on_a_copy_of_another(prepared):
    base = ("for_this_test_base", lambda: make_user(name="dora"))
    with prepared.copy("for_this_test_more", lambda: make_user(name="emil"), on=base) as emil:
        assert {user.name for user in User.objects.all()} == {"dora", emil.name}
    with prepared.copy(*base):
        assert User.objects.get().name == "dora"
