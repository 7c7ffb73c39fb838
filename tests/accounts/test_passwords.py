"""Passwords that others try first are refused on every road that sets one."""

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from accounts.passwords import (
    OWN_CHARACTERS,
    ContextWordsValidator,
    LeakedPasswordValidator,
    context_words,
)
from tests.factories import PASSWORD, make_user
from tests.reading import Page

LEAKED = ["password123", "iloveyou123", "Qwertyuiop", " 1234567890 ", "PASSWORD123"]
OF_WORDS = [
    "PlainRemedies1",
    "plain-remedies-26",
    "R3m3d1es2026!",
    "anamaria_2026",
    "Clinic.Example.99",
    "ana.maria@clinic.example",
    "magnesium remedy",
    "m4gn3s1um!!!!",
]


@pytest.fixture
def ana() -> User:
    return User(name="ana-maria", email="ana.m@clinic.example")


@pytest.mark.parametrize("password", LEAKED)
def test_a_stolen_password_is_refused(password):
    with pytest.raises(ValidationError) as error:
        LeakedPasswordValidator().validate(password)
    assert error.value.code == "password_leaked"


@pytest.mark.parametrize(
    "password", [PASSWORD, "x", "", "ü" * 12, "violet-otter-47-hums", "\x00" * 12]
)
def test_other_passwords_are_in_no_list(password):
    LeakedPasswordValidator().validate(password)


@pytest.mark.parametrize("password", OF_WORDS)
def test_little_more_than_words_of_the_site_or_the_person_is_refused(ana, settings, password):
    settings.SITE_NAME = "Plain Remedies"
    with pytest.raises(ValidationError) as error:
        ContextWordsValidator().validate(password, ana)
    assert error.value.code == "password_of_context_words"


@pytest.mark.parametrize(
    "password", ["remedy for a long night", "ana eats violet otters", PASSWORD]
)
def test_such_a_word_among_enough_others_is_fine(ana, password):
    ContextWordsValidator().validate(password, ana)


def test_the_message_names_the_words(ana):
    with pytest.raises(ValidationError, match="Others try these words first: remedy"):
        ContextWordsValidator().validate("remedy-2026", ana)


def test_the_edge_is_at_eight_characters_of_ones_own(ana):
    ContextWordsValidator().validate("remedy" + "qzxwvkjy"[:OWN_CHARACTERS], ana)
    with pytest.raises(ValidationError):
        ContextWordsValidator().validate("remedy" + "qzxwvkjy"[: OWN_CHARACTERS - 1], ana)


def test_words_come_from_settings_and_person(ana, settings):
    settings.SITE_NAME, settings.SITE_URL = "Kräuter-Haus", "https://herbs.example.net"
    words = context_words(ana)
    assert {"kräuterhaus", "kräuter", "haus", "herbs", "anamaria", "maria", "clinic"} <= set(words)
    assert "m" not in words


# ---- every road --------------------------------------------------------------------------------

BAD = ["password123", "ana-remedies"]


def refusal(response) -> bool:
    text = Page(response).words
    return "stolen passwords" in text or "Others try these words first" in text


@pytest.mark.django_db
@pytest.mark.parametrize("bad", BAD)
class TestRoads:
    def test_sign_up(self, client, bad):
        data = {"username": "ana", "email": "a@clinic.example", "password1": bad, "password2": bad}
        assert refusal(client.post("/accounts/signup/", data))
        assert not User.objects.exists()

    def test_change(self, client, bad):
        client.force_login(make_user(name="ana"))
        values = {"oldpassword": PASSWORD, "password1": bad, "password2": bad}
        assert refusal(client.post(reverse("account_change_password"), values))

    def test_reset(self, client, bad):
        make_user(name="ana", email="ana@example.org")
        client.post("/accounts/password/reset/", {"email": "ana@example.org"})
        path = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)[0]
        form = client.get(path)["Location"]
        assert refusal(client.post(form, {"password1": bad, "password2": bad}))

    def test_admin(self, client, bad):
        root = User.objects.create_superuser("root1", "root@example.org", PASSWORD)
        client.force_login(root)
        ana = make_user(name="ana")
        both = {"usable_password": "true", "password1": bad, "password2": bad}
        new = {"name": "ana2", "email": "ana2@example.org", **both}
        assert refusal(client.post("/admin/accounts/user/add/", new))
        assert refusal(client.post(f"/admin/accounts/user/{ana.pk}/password/", both))
        assert not User.objects.filter(name="ana2").exists()

    def test_add_member_on_https(self, settings, bad):
        settings.IS_HTTPS = True
        with pytest.raises(CommandError, match="Choose another, or add --allow-weak-password"):
            call_command("add_member", "ana@example.org", "--password", bad)
        assert not User.objects.exists()
        call_command("add_member", "ana@example.org", "--password", bad, "--allow-weak-password")
        assert User.objects.get().check_password(bad)

    def test_add_member_on_this_machine(self, capsys, bad):
        call_command("add_member", "ana@example.org", "--password", bad)
        assert "A weak password: " in capsys.readouterr().err

    def test_createsuperuser_on_https(self, settings, monkeypatch, bad):
        settings.IS_HTTPS = True
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", bad)
        values = {"name": "ana", "email": "ana@example.org", "interactive": False, "verbosity": 0}
        with pytest.raises(CommandError, match="Choose another"):
            call_command("createsuperuser", **values)
        call_command("createsuperuser", **values, allow_weak_password=True)
        assert User.objects.get().is_superuser
