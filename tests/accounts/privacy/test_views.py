"""The pages of a member's own data, by their forms."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountDeletion, User
from accounts.privacy.services import erase_due
from discussions.models import Comment
from discussions.moderation.services import report_comment
from discussions.services import vote_on_comment
from remedies.services import vote_on_entry
from tests.factories import PASSWORD, make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


def logged_in(member: User) -> Client:
    """Who has just confirmed the password too."""
    client = Client()
    response = client.post(reverse("account_login"), {"login": member.name, "password": PASSWORD})
    assert response.status_code == 302
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_the_page_lists_what_a_member_voted_wrote_and_reported_with_its_state():
    member, entry = make_user(), make_entry()
    vote_on_entry(entry, by=member, value=-1)
    own = make_comment(entry, by=member, body="My own words.")
    Comment.objects.filter(pk=own.pk).update(state="removed", removal_reason="Off topic.")
    theirs = make_comment(entry, body="Words of somebody else.")
    vote_on_comment(theirs, by=member, value=1)
    report_comment(theirs, by=member, reason="spam")
    text = Page(logged_in(member).get(reverse("account_data"))).words
    for part in (
        "it did not help me",
        "My own words.",
        "removed by a moderator Off topic.",
        "Words of somebody else.",
        "Spam or undisclosed selling",
        member.email,
    ):
        assert part in text, part


def test_a_removed_comment_of_somebody_else_does_not_show_on_it():
    member, theirs = make_user(), make_comment(body="Words that were removed.")
    vote_on_comment(theirs, by=member, value=1)
    Comment.objects.filter(pk=theirs.pk).update(state="removed", removal_reason="Unkind.")
    page = logged_in(member).get(reverse("account_data")).content.decode()
    assert "Words that were removed." not in page


def test_the_export_is_a_file():
    member = make_user()
    response = logged_in(member).get(reverse("account_export"))
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert response.json()["account"]["email"] == member.email


def test_leaving_and_coming_back_within_seven_days():
    member = make_user()
    client = logged_in(member)
    assert client.post(reverse("account_delete"), {}).status_code == 400
    response = client.post(reverse("account_delete"), {"words": "erase"}, follow=True)
    assert "Your account will be deleted" in response.content.decode()
    assert "In 7 days" in response.content.decode()
    assert client.get(reverse("account")).status_code == 302
    assert mail.outbox[-1].to == [member.email]
    client = Client()
    response = client.post(
        f"{reverse('account_login')}?next=/about/",
        {"login": member.name, "password": PASSWORD},
        follow=True,
    )
    assert response.redirect_chain[-1][0] == reverse("account")
    assert "Keep my account" in response.content.decode()
    response = client.post(reverse("account_undo_deletion"), follow=True)
    assert "Your account stays." in response.content.decode()
    assert not AccountDeletion.objects.exists()


def test_after_seven_days_nobody_logs_in_any_more():
    member = make_user()
    logged_in(member).post(reverse("account_delete"), {"words": "keep"})
    now = timezone.now()
    AccountDeletion.objects.update(requested_at=now - timedelta(days=8), due_at=now)
    assert erase_due() == 1
    response = Client().post(reverse("account_login"), {"login": member.name, "password": PASSWORD})
    assert response.status_code != 302


def test_an_editor_is_told_to_give_the_task_back_first():
    editor = make_user("editor")
    response = logged_in(editor).post(reverse("account_delete"), {"words": "erase"})
    assert response.status_code == 403
    assert "take the task back first" in response.content.decode()
    assert not AccountDeletion.objects.exists()


def test_the_consent_is_taken_back_by_a_form():
    member = make_user()
    make_comment(by=member, body="What I said.")
    client = logged_in(member)
    assert "Take my consent back" in client.get(reverse("account_consent")).content.decode()
    response = client.post(reverse("account_consent"), follow=True)
    assert "You took your consent back." in response.content.decode()
    assert not Comment.objects.filter(body="What I said.").exists()
    assert "you agreed" not in Page(client.get(reverse("account_consent"))).words


@pytest.mark.parametrize(
    ("method", "name"),
    [("get", "account_export"), ("post", "account_consent"), ("post", "account_delete")],
)
def test_what_matters_wants_the_password_again(method, name):
    client = Client()
    client.force_login(make_user())
    response = getattr(client, method)(reverse(name), {"words": "erase"})
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))


def test_who_confirms_the_password_need_not_choose_again():
    member = make_user()
    client = Client()
    client.force_login(member)
    response = client.post(reverse("account_delete"), {"words": "keep"})
    client.post(response["Location"], {"password": PASSWORD, "next": reverse("account_delete")})
    assert AccountDeletion.objects.get(user=member).words is False


@pytest.mark.parametrize(
    "name", ["account_data", "account_export", "account_consent", "account_delete"]
)
def test_nobody_else_gets_in(client, name):
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))
