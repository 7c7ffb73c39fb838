"""The cookie of a session: new at each log-in, worthless after log-out, gone with its account."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Session, User
from tests.factories import PASSWORD, make_user

OTHER = "another long enough password"


@pytest.fixture
def member(db):
    return make_user()


def logged_in(user, password=PASSWORD):
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": user.name, "password": password})
    assert answer.status_code == 302
    return browser


def opens(browser):
    return browser.get(reverse("account")).status_code == 200


def with_token(token):
    browser = Client()
    browser.cookies["sessionid"] = token
    return browser


def test_a_token_that_somebody_planted_is_replaced_at_log_in(member):
    victim = with_token("planted" * 4)
    victim.post("/accounts/login/", {"login": member.name, "password": PASSWORD})
    assert opens(victim)
    assert victim.cookies["sessionid"].value != "planted" * 4
    assert not opens(with_token("planted" * 4))


def test_the_token_of_a_visitor_s_session_is_replaced_at_log_in(member):
    visitor = Client()
    session = visitor.session
    session["anything"] = "1"
    session.save()
    before = session.session_key
    visitor.cookies["sessionid"] = before
    visitor.post("/accounts/login/", {"login": member.name, "password": PASSWORD})
    assert visitor.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_each_token_is_another_and_long(member):
    tokens = {logged_in(member).cookies["sessionid"].value for _time in range(5)}
    assert len(tokens) == 5
    assert all(re.fullmatch(r"[a-z0-9]{32}", token) for token in tokens)  # 165 bits


def test_a_token_is_worth_nothing_after_log_out(member):
    browser = logged_in(member)
    token = browser.cookies["sessionid"].value
    assert opens(with_token(token))
    browser.post("/accounts/logout/")
    assert not opens(with_token(token))


def test_nobody_is_logged_out_by_a_link_or_by_a_form_of_another_site(member):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    for address in ("/accounts/logout/", "/admin/logout/"):
        browser.get(address)
        assert browser.post(address).status_code == 403
    assert opens(browser)


def test_a_barred_member_s_sessions_end_at_once(member):
    browser = logged_in(member)
    member.is_active = False
    member.save()
    assert not opens(browser)
    member.delete()
    assert not opens(browser)


def test_a_new_password_ends_every_other_session(member):
    here, elsewhere = logged_in(member), logged_in(member)
    words = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert here.post("/accounts/password/change/", words).status_code == 302
    assert opens(here)
    assert not opens(elsewhere)


def test_a_new_password_wants_the_old_one(member):
    browser = logged_in(member)
    words = {"oldpassword": "not the password", "password1": OTHER, "password2": OTHER}
    assert browser.post("/accounts/password/change/", words).status_code == 400
    assert logged_in(member)


def test_a_mailed_link_sets_a_password_once(member):
    Client().post("/accounts/password/reset/", {"email": member.email})
    (link,) = re.findall(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    first = Client()
    form = first.get(link, follow=True).redirect_chain[-1][0]
    assert first.post(form, {"password1": OTHER, "password2": OTHER}).status_code == 302
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "quiet lamp by the sea ", " leading and trailing ", "ÄÖÜ äöü ßẞ 漢字 kana",
     "only-lower-case-letters", "83019475620194", "pass phrase of more than sixty-four characters " * 3],
)  # fmt: skip
def test_a_password_of_any_letters_and_length_counts_exactly_as_typed(member, password):
    browser = logged_in(member)
    words = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert browser.post("/accounts/password/change/", words).status_code == 302
    assert opens(logged_in(member, password))
    for other in (password.strip(), password.upper(), password[:-1], f"{password} "):
        if other != password:
            wrong = Client().post("/accounts/login/", {"login": member.name, "password": other})
            assert wrong.status_code in {400, 429}


def test_mailed_links_end_after_three_days(member, monkeypatch):
    new = {"username": "Ana", "email": "ana@example.org", "password1": OTHER, "password2": OTHER}
    Client().post("/accounts/signup/", new)
    Client().post("/accounts/password/reset/", {"email": member.email})
    confirm = re.search(r"/accounts/confirm-email/\S+", mail.outbox[0].body)[0]
    reset = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[1].body)[0]
    assert Client().get(confirm).status_code == 200
    assert "password1" in Client().get(reset, follow=True).content.decode()

    later = datetime.now() + timedelta(days=3, minutes=1)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: later)
    Client().post(confirm)
    assert not User.objects.get(name="Ana").emailaddress_set.filter(verified=True).exists()
    assert "password1" not in Client().get(reset, follow=True).content.decode()


PASSWORD_PAGES = ["account_login", "account_signup", "account_change_password", "admin:login"]


@pytest.mark.parametrize("name", PASSWORD_PAGES)
def test_password_fields_are_masked_and_leave_password_managers_alone(member, name):
    browser = logged_in(member) if "change" in name else Client()
    html = browser.get(reverse(name)).content.decode()
    fields = [tag for tag in re.findall(r"<input[^>]*>", html) if "password" in tag]
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert not re.search(r'onpaste|oncopy|readonly|autocomplete="off"|maxlength', field)
