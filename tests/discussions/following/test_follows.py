"""Following is the member's own, with consent, and goes with it; readers' pages know nothing of it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.privacy.export import export_of
from accounts.privacy.services import erase_member, withdraw_consent
from discussions.following.services import follow, unfollow
from discussions.models import Follow
from discussions.services import thread_of
from remedies.services import withdraw_remedy
from remedies_site.exceptions import InvalidInput
from tests.factories import make_entry, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return make_entry()


@pytest.fixture
def member():
    return make_user()


@pytest.fixture
def browser(member) -> Client:
    browser = Client()
    browser.force_login(member)
    return browser


def forms_of(entry) -> dict[str, tuple[str, str]]:
    """The page with each button, and where its form goes."""
    page, remedy = entry.get_absolute_url(), entry.remedy.get_absolute_url()
    condition = entry.condition.get_absolute_url()
    return {
        "remedy": (remedy, f"{remedy}-/follow/"),
        "condition": (condition, f"{condition}-/follow/"),
        "discussion of a remedy": (remedy, f"{remedy}-/comments/follow/"),
        "discussion of an entry": (page, f"{page}comments/follow/"),
    }


def forget_consent(member) -> None:
    User.objects.filter(pk=member.pk).update(consented_at=None)


KINDS = ("remedy", "condition", "discussion of a remedy", "discussion of an entry")


@pytest.mark.parametrize("kind", KINDS)
def test_one_button_follows_and_the_same_place_stops(kind, browser, entry):
    page, action = forms_of(entry)[kind]
    assert f'action="{action}"' in browser.get(page).content.decode()
    response = browser.post(action, follow=True)
    assert response.redirect_chain[0][0].startswith(page)
    assert "no more</button>" in response.content.decode()
    assert Follow.objects.count() == 1
    browser.post(action)
    assert Follow.objects.count() == 1
    response = browser.post(action, {"follow": "0"}, follow=True)
    assert "no more</button>" not in response.content.decode()
    assert not Follow.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_readers_see_no_button_and_get_no_cookie(kind, entry):
    page, action = forms_of(entry)[kind]
    response = Client().get(page)
    text = response.content.decode().lower().replace("nofollow", "")
    assert "follow" not in text
    assert not response.cookies
    assert response["Cache-Control"] == "public, no-cache"
    assert "/accounts/login/" in Client().post(action)["Location"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_get_after_a_log_in_leads_to_the_page_and_follows_nothing(kind, browser, entry):
    page, action = forms_of(entry)[kind]
    response = browser.get(action)
    assert response.status_code == 302
    assert response["Location"].startswith(page)
    assert not Follow.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_the_consent_and_asks_for_it(kind, browser, member, entry):
    forget_consent(member)
    page, action = forms_of(entry)[kind]
    assert 'name="consent"' in browser.get(page).content.decode()
    response = browser.post(action)
    text = response.content.decode()
    assert response.status_code == 400
    assert f'action="{action}"' in text
    assert 'name="consent"' in text
    assert not Follow.objects.exists()
    assert browser.post(action, {"consent": "1"}).status_code == 303
    assert Follow.objects.exists()


def test_without_consent_nothing_is_stored(member, entry):
    forget_consent(member)
    with pytest.raises(InvalidInput):
        follow(entry.remedy, by=member)
    assert not Follow.objects.exists()


def test_follows_are_exported_and_go_with_the_consent_and_with_the_account(entry):
    members = [make_user(), make_user(), make_user()]
    for member in members:
        for followed in (entry.remedy, entry.condition, thread_of(entry)):
            follow(followed, by=member)
    rows = export_of(members[0])["rows"]["discussions.follow"]
    assert [row.get("remedy_url", "").endswith(entry.remedy.slug + "/") for row in rows].count(
        True
    ) == 1
    assert len(rows) == 3
    withdraw_consent(members[0])
    erase_member(members[1], words=False)
    assert set(Follow.objects.values_list("user", flat=True)) == {members[2].pk}


def test_a_follow_is_of_one_thing_and_once(member, entry):
    follow(entry.remedy, by=member)
    assert follow(entry.remedy, by=member) == Follow.objects.get()
    wrong = [{}, {"remedy": entry.remedy}, {"remedy": entry.remedy, "condition": entry.condition}]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(user=member, **values)
    assert unfollow(entry.remedy, by=member)
    assert not unfollow(entry.remedy, by=member)


def test_own_data_lists_what_one_follows_and_stops_it_also_where_it_was_withdrawn(
    browser, member, entry
):
    own = follow(entry.remedy, by=member)
    theirs = follow(entry.remedy, by=make_user())
    withdraw_remedy(entry.remedy, by=None, reason="It was wrong.")
    page = browser.get("/accounts/data/").content.decode()
    assert "What you follow (1)" in page
    assert f'action="/follows/{own.pk}/delete/"' in page
    assert browser.post(f"/follows/{theirs.pk}/delete/").status_code == 404
    assert browser.post(f"/follows/{own.pk}/delete/").status_code == 303
    assert Follow.objects.get() == theirs


def test_a_page_that_was_withdrawn_cannot_be_followed(browser, entry):
    withdraw_remedy(entry.remedy, by=None, reason="It was wrong.")
    _page, action = forms_of(entry)["remedy"]
    assert browser.post(action).status_code == 410
    assert not Follow.objects.exists()


def test_both_buttons_of_a_page_cost_one_query(browser, member, entry):
    url = entry.remedy.get_absolute_url()
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    assert sum("discussions_follow" in query["sql"] for query in queries) == 1
