"""Where a member is logged in: each session is listed, and can be ended."""

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session, User
from accounts.sessions import SessionStore, describe_device
from tests.factories import PASSWORD, log_in, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
PAGE = "/accounts/sessions/"


@pytest.fixture
def member() -> User:
    return make_user(name="mara")


@pytest.fixture
def desk(member) -> Client:
    """A browser in which the member gave the password just now."""
    client = Client(headers={"User-Agent": FIREFOX})
    log_in(client, member)
    return client


@pytest.fixture
def phone(member) -> Client:
    client = Client(headers={"User-Agent": IPHONE}, REMOTE_ADDR="203.0.113.7")
    client.post("/accounts/login/", {"login": "mara", "password": PASSWORD})
    return client


def is_logged_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def button_for(device: str, page: Page) -> str:
    return next(
        button.get("value", "")
        for button in page.all("button", name="end")
        if device in "".join(button.itertext())
    )


def test_each_open_session_is_listed_with_its_device_and_its_days(desk, phone):
    page = Page(desk.get(PAGE))
    assert "Firefox, Windows" in page.words
    assert "Safari, iPhone" in page.words
    assert page.words.count("this device") == 1
    assert len(page.all("tr")) == 3


def test_one_session_is_ended_and_the_others_stay(desk, phone, member):
    third = Client(headers={"User-Agent": "something"})
    third.post("/accounts/login/", {"login": "mara", "password": PASSWORD})
    value = button_for("Safari, iPhone", Page(desk.get(PAGE)))
    response = desk.post(PAGE, {"end": value}, follow=True)
    assert "That device is logged out." in Page(response).words
    assert not is_logged_in(phone)
    assert is_logged_in(desk)
    assert is_logged_in(third)


def test_all_others_are_ended_at_once(desk, phone, member):
    response = desk.post(PAGE, {"end": "others"}, follow=True)
    assert "You are logged in on this device only." in Page(response).words
    assert not is_logged_in(phone)
    assert is_logged_in(desk)


def test_ending_one_wants_the_password_again_and_then_does_it(phone, desk):
    value = button_for("Firefox, Windows", Page(phone.get(PAGE)))
    response = phone.post(PAGE, {"end": value})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert is_logged_in(desk)
    phone.post(response["Location"], {"password": PASSWORD, "next": PAGE})
    assert not is_logged_in(desk)


@pytest.mark.parametrize("value", ["", "x", "x" * 5000, "\x00"])
def test_what_names_no_session_ends_none(desk, phone, value):
    response = desk.post(PAGE, {"end": value}, follow=True)
    assert "That device was logged out already." in Page(response).words
    assert is_logged_in(phone)


def test_a_cookie_with_a_nul_is_that_of_a_reader_without_a_session(client):
    assert SessionStore("\x00aaaaaaaa").session_key is None
    response = client.get(PAGE, headers={"Cookie": r'sessionid="\000aaaaaaaa"'})
    assert response["Location"].startswith("/accounts/login/")


def test_nobody_ends_the_session_of_another(desk):
    other = make_user(name="other")
    client = Client()
    log_in(client, other)
    for session in Session.objects.filter(user__name="mara"):
        client.post(PAGE, {"end": session.public_id})
        client.post(PAGE, {"end": session.session_key})
    client.post(PAGE, {"end": "others"})
    assert is_logged_in(desk)


def test_the_page_does_not_hold_the_keys_of_sessions(desk, phone):
    text = desk.get(PAGE).content.decode()
    assert not any(session.session_key in text for session in Session.objects.all())


def test_neither_the_address_nor_the_browsers_own_words_are_stored(phone):
    [session] = Session.objects.filter(user__name="mara")
    stored = f"{session.__dict__} {session.get_decoded()}"
    assert "203.0.113" not in stored
    assert "AppleWebKit" not in stored
    assert session.device == "Safari, iPhone"


def test_a_new_password_ends_all_other_sessions(desk, phone, member):
    new = "another long password"
    values = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    desk.post(reverse("account_change_password"), values)
    assert not is_logged_in(phone)
    assert is_logged_in(desk)
    assert len(Page(desk.get(PAGE)).all("tr")) == 2


def test_a_session_from_before_another_password_is_not_listed(desk, phone, member):
    member.set_password("set in the admin, say")
    member.save()
    client = Client()
    client.force_login(member)
    assert len(Page(client.get(PAGE)).all("tr")) == 2


def test_a_session_past_its_absolute_limit_is_not_listed(desk, phone, settings):
    Session.objects.filter(device="Safari, iPhone").update(
        started_at=timezone.now() - timedelta(days=31)
    )
    assert "Safari, iPhone" not in Page(desk.get(PAGE)).words


def test_a_session_that_nobody_used_for_two_weeks_is_over(desk, phone):
    def last_used(days_ago: int) -> None:
        day = timezone.localdate() - timedelta(days=days_ago)
        Session.objects.filter(device="Safari, iPhone").update(last_used_on=day)

    last_used(13)
    assert "Safari, iPhone" in Page(desk.get(PAGE)).words
    assert is_logged_in(phone)
    last_used(14)
    assert "Safari, iPhone" not in Page(desk.get(PAGE)).words
    assert not is_logged_in(phone)


def test_a_days_use_is_written_once(desk):
    yesterday = timezone.localdate() - timedelta(days=1)
    Session.objects.update(last_used_on=yesterday)
    for writes in (1, 0, 0):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get("/about/")
        updates = [query for query in queries if query["sql"].startswith("UPDATE")]
        assert len(updates) == writes
    assert Session.objects.get().last_used_on == timezone.localdate()


def test_reading_goes_on_where_the_use_cannot_be_written(desk, monkeypatch):
    Session.objects.update(last_used_on=timezone.localdate() - timedelta(days=1))

    def locked(*_arguments, **_values):
        raise OperationalError("database is locked")

    monkeypatch.setattr("django.db.models.query.QuerySet.update", locked)
    assert desk.get("/accounts/").status_code == 200


def test_sessions_that_are_over_are_erased_at_the_next_log_in(desk, member):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    client = Client()
    client.post("/accounts/login/", {"login": "mara", "password": PASSWORD})
    assert Session.objects.filter(user=member).count() == 1


def test_readers_have_no_session(client):
    client.get("/")
    client.get("/accounts/login/")
    assert not Session.objects.exists()


def test_a_session_before_a_log_in_is_nobodys(db):
    store = SessionStore()
    store["x"] = 1
    store.save()
    session = Session.objects.get()
    assert (session.user, session.started_at, session.device) == (None, None, "")
    assert SessionStore(store.session_key)["x"] == 1


def test_a_person_without_a_beginning_is_refused_by_the_database(member):
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(session_key="x", expire_date=timezone.now(), user=member)


def test_ended_sessions_are_logged(desk, phone, member, caplog):
    caplog.set_level(logging.INFO, logger="remedies.events")
    desk.post(PAGE, {"end": "others"})
    assert f"sessions_ended actor={member.pk} sessions=1" in caplog.text


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox, Windows"),
        (IPHONE, "Safari, iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/138.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
            "Edge, Mac",
        ),
        ("curl/8.0", ""),
        ("", ""),
        ("<script>" + "x" * 100_000, ""),
    ],
)
def test_a_device_is_named_roughly(user_agent, device):
    assert describe_device(user_agent) == device
