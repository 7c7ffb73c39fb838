"""One press turns mails of one kind off, in the mail program or on our page, without a log-in."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts.notifications.choices import CHOSEN, MailTiming, NotificationKind
from accounts.notifications.due_mails import write_due_mails
from accounts.notifications.selectors import timings_of
from accounts.notifications.services import notify, set_timings
from accounts.notifications.unsubscribing import DAILY, unsubscribe_url
from tests.factories import make_user

pytestmark = pytest.mark.django_db
REPLY = NotificationKind.REPLY


def path_for(person, subject: str = REPLY.value) -> str:
    return unsubscribe_url(person, subject).removeprefix(settings.SITE_URL)


def mailed(person, kind: NotificationKind):
    if kind in CHOSEN:
        set_timings(person, {kind: MailTiming.AT_ONCE})
    notify([person], kind, title="A page", url="/comments/1/")
    write_due_mails()
    return mail.outbox[-1]


@pytest.mark.parametrize("kind", CHOSEN)
def test_the_button_of_a_mail_program_turns_this_kind_off_alone(kind):
    person = make_user()
    set_timings(person, dict.fromkeys(CHOSEN, MailTiming.DAILY))
    headers = mailed(person, kind).message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (url,) = re.fullmatch(r"<(\S+)>", headers["List-Unsubscribe"].strip()).groups()
    assert url.startswith(f"{settings.SITE_URL}/accounts/notifications/unsubscribe/")
    assert person.name not in url
    # As RFC 8058 has it: no cookie, no token, this body, and no redirect after it.
    program = Client(enforce_csrf_checks=True)
    response = program.post(
        url.removeprefix(settings.SITE_URL),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200
    assert not response.cookies
    timings = timings_of(person)
    assert timings.pop(kind) is MailTiming.OFF
    assert set(timings.values()) == {MailTiming.DAILY}
    notify([person], kind, title="Another page", url="/comments/2/")
    assert write_due_mails() == 0
    assert len(mail.outbox) == 1


def test_the_link_of_the_text_shows_a_button_and_changes_nothing_by_itself():
    person = make_user()
    sent = mailed(person, REPLY)
    path = re.search(r"/accounts/notifications/unsubscribe/\S+", sent.body)[0]
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(path)
    assert page.status_code == 200
    assert "Replies to you" in page.content.decode()
    assert timings_of(person)[REPLY] is MailTiming.AT_ONCE
    done = browser.post(path)
    assert "You get no more of these mails" in done.content.decode()
    assert timings_of(person)[REPLY] is MailTiming.OFF
    assert person.name not in page.content.decode() + done.content.decode()


def test_the_link_of_the_daily_mail_turns_off_every_kind_that_comes_with_it():
    person = make_user()
    at_once = NotificationKind.REPORT_DECIDED
    set_timings(person, dict.fromkeys(CHOSEN, MailTiming.DAILY) | {at_once: MailTiming.AT_ONCE})
    assert Client().post(path_for(person, DAILY)).status_code == 200
    timings = timings_of(person)
    assert timings.pop(at_once) is MailTiming.AT_ONCE
    assert set(timings.values()) == {MailTiming.OFF}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "change",
    [
        lambda path: path[:-2] + ("A" if path[-2] != "A" else "B") + "/",
        lambda path: path.replace(".reply", ".daily"),
        lambda path: re.sub(r"/\d+\.", "/1.", path),
        lambda path: "/accounts/notifications/unsubscribe/nonsense/",
        lambda path: "/accounts/notifications/unsubscribe/1.reply:%00/",
    ],
)
def test_a_link_that_is_not_ours_is_a_page_that_helps(method, change):
    make_user()
    person = make_user()
    path = path_for(person)
    assert Client().get(path).status_code == 200
    response = getattr(Client(), method)(change(path))
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


def test_the_link_of_an_account_that_is_gone_says_the_same_as_a_wrong_one():
    person = make_user()
    path = path_for(person)
    person.delete()
    response = Client().get(path)
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


def test_what_is_urgent_has_no_such_link():
    message = mailed(make_user("moderator"), NotificationKind.URGENT)
    assert message.message()["List-Unsubscribe"] is None
    assert "unsubscribe" not in message.body
