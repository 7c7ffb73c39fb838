"""The inbox: newest first, what is new is marked, and its number stands in the header for no query more."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Notification
from accounts.notifications.choices import CHOSEN, MailTiming, NotificationKind
from accounts.notifications.selectors import PER_PAGE, timings_of
from accounts.notifications.services import KEPT_READ, KEPT_UNREAD, delete_old, notify
from tests.factories import make_remedy, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
INBOX = "/accounts/notifications/"


@pytest.fixture
def member():
    return make_user()


@pytest.fixture
def browser(member) -> Client:
    browser = Client()
    browser.force_login(member)
    return browser


def tell(person, number: int = 1, kind: NotificationKind = NotificationKind.REPLY) -> None:
    for place in range(1, number + 1):
        notify([person], kind, title=f"Page {place}", url=f"/remedies/?sort=name&n={place}")


def test_an_empty_inbox_says_what_comes_here(browser):
    page = Page(browser.get(INBOX))
    assert "Nothing here yet." in page.words
    assert "Mark all as read" not in page.words


def test_readers_are_led_to_the_log_in():
    response = Client().get(INBOX)
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_the_newest_is_first_and_the_rest_is_on_further_pages(browser, member):
    tell(member, PER_PAGE + 2)
    first = browser.get(INBOX).content.decode()
    assert first.index(f"Page {PER_PAGE + 2}") < first.index(f"Page {PER_PAGE + 1}")
    assert ">Page 2<" not in first
    last = browser.get(f"{INBOX}?last=1").content.decode()
    assert ">Page 1<" in last


def test_opening_one_leads_there_and_marks_it_alone(browser, member):
    tell(member, 2)
    newest = Notification.objects.first()
    assert browser.get(INBOX).content.decode().count('class="tag"') == 2
    response = browser.get(f"{INBOX}{newest.pk}/")
    assert (response.status_code, response["Location"]) == (302, newest.url)
    assert browser.get(INBOX).content.decode().count('class="tag"') == 1
    newest.refresh_from_db()
    assert newest.read_at is not None


def test_looking_ahead_marks_nothing(browser, member):
    tell(member)
    url = f"{INBOX}{Notification.objects.get().pk}/"
    browser.head(url)
    browser.get(url, headers={"Sec-Purpose": "prefetch;prerender"})
    assert Notification.objects.get().read_at is None


def test_nobody_opens_or_marks_what_is_another_members(browser, member):
    other = make_user()
    tell(other)
    assert browser.get(f"{INBOX}{Notification.objects.get().pk}/").status_code == 404
    browser.post(f"{INBOX}read/")
    assert Notification.objects.get().read_at is None


def test_all_are_marked_by_a_post_alone(browser, member):
    tell(member, 3)
    assert browser.get(f"{INBOX}read/").status_code == 405
    assert Notification.objects.filter(read_at=None).count() == 3
    response = browser.post(f"{INBOX}read/", follow=True)
    assert response.redirect_chain == [(INBOX, 303)]
    assert not Notification.objects.filter(read_at=None).exists()
    assert "Mark all as read" not in response.content.decode()


def test_the_header_says_how_many_are_new_and_costs_no_query_more(browser, member):
    url = make_remedy().get_absolute_url()
    browser.get(url)
    with CaptureQueriesContext(connection) as before:
        assert "site-header__unread" not in browser.get(url).content.decode()
    tell(member, 12)
    with CaptureQueriesContext(connection) as after:
        page = browser.get(url).content.decode()
    assert "12<span" in page.partition("site-header__unread")[2][:90]
    assert len(after) == len(before)
    assert "site-header__unread" not in Client().get(url).content.decode()


def test_the_settings_show_what_holds_and_keep_what_is_chosen(browser, member):
    url = f"{INBOX}mails/"
    page = browser.get(url).content.decode()
    assert page.count("selected") == len(CHOSEN)
    wanted = {kind.value: "daily" for kind in CHOSEN} | {"reply": "at_once"}
    response = browser.post(url, wanted)
    assert (response.status_code, response["Location"]) == (303, INBOX)
    assert timings_of(member) == dict.fromkeys(CHOSEN, MailTiming.DAILY) | {
        NotificationKind.REPLY: MailTiming.AT_ONCE
    }
    assert browser.post(url, wanted | {"reply": "hourly"}).status_code == 400
    assert browser.post(url, {}).status_code == 400


def test_what_was_read_long_ago_goes_and_what_is_new_stays(member):
    tell(member, 3)
    keys = list(Notification.objects.values_list("pk", flat=True))
    moment = Notification.objects.first().created_at
    Notification.objects.filter(pk=keys[0]).update(read_at=moment - 2 * KEPT_READ)
    Notification.objects.filter(pk=keys[1]).update(read_at=moment)
    assert delete_old() == 1
    assert set(Notification.objects.values_list("pk", flat=True)) == set(keys[1:])


def test_what_nobody_reads_goes_later_and_so_we_say(client, member):
    tell(member, 3)
    new, middling, old = Notification.objects.all()
    Notification.objects.filter(pk=old.pk).update(created_at=old.created_at - 1.01 * KEPT_UNREAD)
    Notification.objects.filter(pk=middling.pk).update(created_at=old.created_at - KEPT_READ)
    assert delete_old() == 1
    assert list(Notification.objects.all()) == [new, middling]
    days = [f"{kept.days} days" for kept in (KEPT_READ, KEPT_UNREAD)]
    operating = (settings.BASE_DIR / "docs" / "operating.md").read_text(encoding="utf-8")
    for text in (Page(client.get(reverse("privacy"))).words, operating):
        assert f"{days[0]} after" in text
        assert f"{days[1]} after" in text
