"""Guessers are slowed down over both doors and every spelling; owners get in meanwhile."""

import logging
import re
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import logins, rate_limits
from accounts.models import ActionCount, User
from accounts.rate_limits import LOGINS_PER_ACCOUNT, CountLimit, limit_by_key
from remedies_site.exceptions import RateLimited
from tests.counts import count
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
THREE = CountLimit("x", "name", limit=3, seconds=60)
DOORS = (("/accounts/login/", "login"), ("/admin/login/", "username"))


@pytest.fixture
def owner() -> User:
    return make_user("editor", name="sisikiks", email="owner@example.org")


@pytest.fixture
def checked(monkeypatch) -> list[str]:
    """The passwords that reach the check of the owner's account."""
    passwords: list[str] = []
    real = User.check_password

    def check(self, password):
        passwords.append(password)
        return real(self, password)

    monkeypatch.setattr(User, "check_password", check)
    return passwords


def spellings() -> list[str]:
    return ["sisikiks", "SISIKIKS", "SiSiKiKs", " sisikiks ", "ſıſıkıkſ", "owner@example.org"]


def test_guesses_over_doors_spellings_and_networks_reach_the_password_a_few_times(owner, checked):
    for number in range(count(small=60, full=1_000)):
        door, field = DOORS[number % 2]
        guesser = Client(REMOTE_ADDR=f"203.0.{number % 200}.{number % 250}")
        login = spellings()[number % 6]
        guesser.post(
            door,
            {field: login, "password": f"guess {number}"},
            headers={"x-forwarded-for": f"192.0.2.{number % 250}"},
        )
        guesser.get("/healthz")
    assert 0 < len(checked) <= LOGINS_PER_ACCOUNT.limit


@pytest.mark.parametrize(("door", "field"), DOORS)
def test_an_empty_password_does_not_begin_the_count_anew(owner, checked, door, field):
    for number in range(60):
        guesser = Client(REMOTE_ADDR=f"203.0.{number}.1")
        guesser.post(door, {field: "sisikiks", "password": f"guess {number}" if number % 3 else ""})
    assert 0 < len(checked) <= LOGINS_PER_ACCOUNT.limit


def test_the_owner_gets_in_from_a_known_device_while_strangers_guess(owner):
    home = Client()
    home.post("/accounts/login/", {"login": "sisikiks", "password": PASSWORD})
    home.post("/accounts/logout/")
    for number in range(12):
        stranger = Client(REMOTE_ADDR=f"203.0.{number}.1")
        last = stranger.post("/accounts/login/", {"login": "sisikiks", "password": "wrong"})
    assert last.status_code == 429
    assert (
        home.post("/accounts/login/", {"login": "SISIKIKS", "password": PASSWORD}).status_code
        == 302
    )
    away = Client().post("/accounts/login/", {"login": "sisikiks", "password": PASSWORD})
    assert away.status_code == 429


def test_the_owner_gets_in_by_a_mailed_link_while_strangers_guess(owner):
    for number in range(12):
        Client(REMOTE_ADDR=f"203.0.{number}.1").post(
            "/accounts/login/", {"login": "sisikiks", "password": "wrong"}
        )
    away = Client()
    away.post("/accounts/password/reset/", {"email": owner.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/reset/key/" in word)
    page = away.get(link.removeprefix(site_settings.SITE_URL), follow=True)
    form = {"password1": "another long password", "password2": "another long password"}
    away.post(page.redirect_chain[-1][0], form)
    assert away.get(reverse("account")).status_code == 200


def test_a_known_device_of_one_account_counts_as_any_for_another(owner):
    make_user(name="other", email="other@example.org")
    device = Client()
    device.post("/accounts/login/", {"login": "other", "password": PASSWORD})
    device.post("/accounts/logout/")
    for _guess in range(12):
        last = device.post("/accounts/login/", {"login": "sisikiks", "password": "wrong"})
    assert last.status_code == 429


def test_a_cookie_that_somebody_made_up_is_no_known_device(owner):
    guesser = Client()
    guesser.cookies[logins.device_cookie()] = f"{owner.pk}:made:up"
    for _guess in range(12):
        last = guesser.post("/accounts/login/", {"login": "sisikiks", "password": "wrong"})
    assert last.status_code == 429


def test_guesses_on_one_device_of_the_owner_do_not_lock_out_another(owner):
    home, stolen = Client(), Client()
    for device in (home, stolen):
        device.post("/accounts/login/", {"login": "sisikiks", "password": PASSWORD})
        device.post("/accounts/logout/")
    for _guess in range(12):
        last = stolen.post("/accounts/login/", {"login": "sisikiks", "password": "wrong"})
    assert last.status_code == 429
    form = {"login": "sisikiks", "password": PASSWORD}
    assert home.post("/accounts/login/", form).status_code == 302


def test_a_new_password_makes_every_other_device_unknown(owner):
    home, stolen = Client(), Client()
    for device in (home, stolen):
        device.post("/accounts/login/", {"login": "sisikiks", "password": PASSWORD})
    new = "another long password"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert home.post("/accounts/password/change/", form).status_code == 302
    home.post("/accounts/logout/")
    stolen.cookies.pop(site_settings.SESSION_COOKIE_NAME)
    for _guess in range(12):
        Client().post("/accounts/login/", {"login": "sisikiks", "password": "wrong"})
    form = {"login": "sisikiks", "password": new}
    assert stolen.post("/accounts/login/", form).status_code == 429
    assert home.post("/accounts/login/", form).status_code == 302


def test_who_is_logged_in_states_the_password_again_while_strangers_guess(owner, client):
    client.force_login(owner)
    client.cookies.pop(logins.device_cookie(), None)
    for number in range(12):
        Client(REMOTE_ADDR=f"203.0.{number}.1").post(
            "/accounts/login/", {"login": "sisikiks", "password": "wrong"}
        )
    response = client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert response.status_code == 302


def test_log_ins_of_others_in_one_network_lock_nobody_out(owner):
    """A school or a provider behind one address: who knows their password does not count."""
    for number in range(24):
        make_user(name=f"neighbour{number}", email=f"n{number}@example.org")
        form = {"login": f"neighbour{number}", "password": PASSWORD}
        assert Client(REMOTE_ADDR="203.0.113.7").post("/accounts/login/", form).status_code == 302
    for number in range(24):
        form = {"login": f"stranger{number}", "password": "wrong"}
        Client(REMOTE_ADDR="203.0.113.8").post("/accounts/login/", form)
    form = {"login": "sisikiks", "password": PASSWORD}
    assert Client(REMOTE_ADDR="203.0.113.9").post("/accounts/login/", form).status_code == 302


def test_the_admin_s_form_says_too_many_as_the_other_does(owner):
    for _guess in range(12):
        last = Client().post("/admin/login/", {"username": "sisikiks", "password": "wrong"})
    assert (last.status_code, last["Retry-After"]) == (429, "300")
    assert "lets you in at once" in last.content.decode()


def test_readers_and_failed_log_ins_get_no_cookie_of_a_device(owner, client):
    client.get("/")
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "sisikiks", "password": "wrong"})
    assert logins.device_cookie() not in client.cookies
    client.post("/accounts/login/", {"login": "sisikiks", "password": PASSWORD})
    cookie = client.cookies[logins.device_cookie()]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


PAGES = {
    "/accounts/signup/": {"username": "x"},
    "/accounts/password/reset/": {"email": "owner@example.org"},
    "/accounts/password/reset/key/1-set-password/": {"password1": "x"},
}


@pytest.mark.parametrize("path", PAGES)
def test_forms_of_strangers_end_with_429_whatever_the_cache_holds(owner, path):
    for number in range(21):
        cache.clear()
        guesser = Client(REMOTE_ADDR=f"203.0.113.{number}")
        last = guesser.post(path, PAGES[path], headers={"x-forwarded-for": f"192.0.{number}.1"})
    assert last.status_code == 429
    assert int(last["Retry-After"]) > 0
    elsewhere = Client(REMOTE_ADDR="198.51.100.1").post(
        path, PAGES[path] | {"email": "a@b.example"}
    )
    assert elsewhere.status_code != 429


@pytest.mark.parametrize("name", ["owner", "nobody"])
def test_an_address_is_not_flooded_with_links_to_reset_its_password(owner, name):
    addresses = [f"{name}@example.org", f" {name.upper()}@example.org"]
    for number in range(12):
        Client(REMOTE_ADDR=f"203.0.{number}.1").post(
            "/accounts/password/reset/",
            {"email": addresses[number % len(addresses)]},
        )
    assert len(mail.outbox) == 5


def test_an_address_is_not_flooded_by_sign_ups_of_others(owner):
    passwords = dict.fromkeys(("password1", "password2"), "a long unusual word")
    for number in range(5):
        form = {"username": f"new{number}", "email": "Owner@example.org"} | passwords
        Client(REMOTE_ADDR=f"203.0.{number}.1").post("/accounts/signup/", form)
    assert len(mail.outbox) == 1


def test_an_address_is_not_flooded_with_links_that_confirm_it(client):
    password = "a long unusual word"
    form = {"username": "new", "email": "new@example.org"}
    client.post("/accounts/signup/", form | dict.fromkeys(("password1", "password2"), password))
    for _login in range(5):
        cache.clear()
        Client().post("/accounts/login/", {"login": "new", "password": password})
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/accounts/password/change/", {"oldpassword": "wrong"}),
        ("/accounts/reauthenticate/", {"password": "wrong"}),
    ],
)
def test_who_has_taken_a_session_guesses_its_password_ten_times(owner, client, checked, path, form):
    client.force_login(owner)
    for _guess in range(15):
        last = client.post(path, form)
    assert last.status_code == 429
    assert len(checked) == 10


def test_a_login_outside_ascii_is_nobody(owner):
    assert logins.find_by_login("ſıſıkıkſ") is None
    assert logins.find_by_login("SISIKIKS") == owner
    assert logins.find_by_login("Owner@Example.org") == owner


def test_counters_outlive_the_cache():
    for _action in range(3):
        limit_by_key(THREE, "x")
        cache.clear()
    with pytest.raises(RateLimited):
        limit_by_key(THREE, "x")


def test_a_window_ends_and_counting_starts_again(monkeypatch):
    for _action in range(3):
        limit_by_key(THREE, "x")
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(rate_limits.timezone, "now", lambda: later)
    limit_by_key(THREE, "x")
    assert ActionCount.objects.get().count == 1


def test_a_request_that_read_the_clock_earlier_does_not_begin_the_window_anew(monkeypatch):
    now = timezone.now()
    for seconds in (3, 2, 1):
        earlier = now - timedelta(seconds=4 - seconds)
        monkeypatch.setattr(rate_limits.timezone, "now", lambda at=earlier: at)
        limit_by_key(THREE, "x")
    with pytest.raises(RateLimited):
        limit_by_key(THREE, "x")


def test_an_action_that_is_given_back_does_not_count():
    for _action in range(5):
        counted = limit_by_key(THREE, "x")
        rate_limits.give_back(counted)
    assert not ActionCount.objects.exists()
    for _action in range(3):
        counted = limit_by_key(THREE, "x")
    rate_limits.give_back(counted)
    limit_by_key(THREE, "x")
    with pytest.raises(RateLimited):
        limit_by_key(THREE, "x")


def test_no_wait_is_longer_than_the_window_when_the_clock_goes_back(monkeypatch):
    for _action in range(3):
        limit_by_key(THREE, "x")
    yesterday = timezone.now() - timedelta(days=1)
    monkeypatch.setattr(rate_limits.timezone, "now", lambda: yesterday)
    for _action in range(3):
        limit_by_key(THREE, "x")
    with pytest.raises(RateLimited) as error:
        limit_by_key(THREE, "x")
    assert error.value.seconds <= 60


def test_counters_hold_neither_names_nor_addresses():
    limit_by_key(THREE, "sisikiks")
    assert "sisikiks" not in ActionCount.objects.get().key


def test_log_ins_are_logged_without_what_was_typed(owner, client, caplog):
    caplog.set_level(logging.INFO, logger="remedies.events")
    client.post("/accounts/login/", {"login": "sisikiks", "password": "secret words"})
    client.post("/accounts/login/", {"login": "sisikiks", "password": PASSWORD})
    client.post("/accounts/logout/")
    events = [
        record.getMessage().split()[0]
        for record in caplog.records
        if record.name == "remedies.events"
    ]
    assert events == ["login_failed", "login", "logout"]
    assert f"actor={owner.pk}" in caplog.text
    networks = set(re.findall(r"network=(\S+)", caplog.text))
    assert len(networks) == 1
    assert "127.0.0" not in caplog.text
    assert "secret" not in caplog.text
    assert "sisikiks" not in caplog.text


def test_a_limit_that_is_hit_is_logged(caplog):
    caplog.set_level(logging.INFO, logger="remedies.events")
    for _action in range(3):
        limit_by_key(THREE, "somebody")
    with pytest.raises(RateLimited):
        limit_by_key(THREE, "somebody")
    assert "rate_limited actor=- action=x network=-" in caplog.text


def test_logging_out_clears_what_the_browser_kept(owner, client):
    client.force_login(owner)
    assert client.post("/accounts/logout/")["Clear-Site-Data"] == '"cache", "storage"'


def test_a_session_of_staff_ends_after_half_a_day(owner, client, settings):
    client.post("/accounts/login/", {"login": "sisikiks", "password": PASSWORD})
    assert client.get(reverse("account")).status_code == 200
    settings.STAFF_SESSION_SECONDS = -1
    assert client.get(reverse("account")).status_code == 302


def test_a_new_address_needs_the_password_again(owner, client):
    client.force_login(owner)
    response = client.post(reverse("account_email"), {"email": "a@example.org", "action_add": ""})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))
