"""Whoever is over a limit keeps what was typed, and reads when to try again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Allowance, User
from accounts.rate_limits import EXPERIENCES, POSTS, REPORTS, VOTES
from discussions.models import Comment, Report
from remedies.models import EntryVote, ExperienceReport
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page
from tests.remedies.experience.test_services import POST

pytestmark = pytest.mark.django_db
TYPED = "What I typed for half an hour."


@pytest.fixture
def member(client) -> User:
    member = make_user()
    client.force_login(member)
    return member


def spend(member: User) -> None:
    """Leave nothing of any allowance."""
    for limit in (POSTS, VOTES, REPORTS, EXPERIENCES):
        spent = timezone.now() + limit.burst * limit.interval
        Allowance.objects.update_or_create(
            user=member, deed=limit.action, defaults={"spent_until": spent}
        )


def comments_url(comment: Comment) -> str:
    return f"{comment.thread.page_url}comments/"


def refused(client: Client, url: str, sent: dict[str, object], **headers: str) -> Page:
    response = client.post(url, sent, headers=headers)
    assert response.status_code == 429
    assert int(response["Retry-After"]) >= 1
    page = Page(response)
    assert "Try again in" in page.words
    return page


@pytest.mark.parametrize("by_script", [False, True])
def test_a_comment_and_a_reply_keep_their_text(client, member, by_script):
    comment = make_comment()
    spend(member)
    headers = {"HX-Request": "true"} if by_script else {}
    for more in ({}, {"parent": comment.pk}):
        page = refused(client, comments_url(comment), {"body": TYPED} | more, **headers)
        assert page.one("textarea", name="body").text.strip() == TYPED
        parents = [field.get("value") for field in page.all("input", name="parent")]
        assert parents == ([str(comment.pk)] if more else [])
    assert Comment.objects.count() == 1


def test_an_edit_keeps_its_text(client, member):
    comment = make_comment(by=member, body="As it was.")
    spend(member)
    page = refused(client, reverse("comment_edit", args=[comment.pk]), {"body": TYPED})
    assert page.one("textarea", name="body").text.strip() == TYPED
    comment.refresh_from_db()
    assert comment.body == "As it was."


def test_the_first_day_keeps_the_text_too(client, settings):
    settings.FIRST_DAY_THREADS = 0
    client.force_login(make_user(age=timedelta(0)))
    page = refused(client, comments_url(make_comment()), {"body": TYPED})
    assert page.one("textarea", name="body").text.strip() == TYPED


@pytest.mark.parametrize("url", ["comments", "edit"])
def test_too_many_links_keep_the_text(client, member, url):
    comment = make_comment(by=member)
    typed = "https://a.example https://b.example https://c.example"
    where = (
        comments_url(comment) if url == "comments" else reverse("comment_edit", args=[comment.pk])
    )
    response = client.post(where, {"body": typed})
    assert response.status_code == 400
    page = Page(response)
    assert page.one("textarea", name="body").text.strip() == typed
    assert "This has 3 links; 2 are the most." in page.words


def test_a_report_keeps_its_reason_and_its_text(client, member):
    comment = make_comment()
    spend(member)
    sent = {"reason": "danger", "detail": TYPED}
    page = refused(client, reverse("comment_report", args=[comment.pk]), sent)
    assert page.one("textarea", name="detail").text.strip() == TYPED
    assert page.one("input", name="reason", value="danger").get("checked") is not None
    assert "You have reported a lot today." in page.words
    assert Report.objects.count() == 0


def test_a_report_without_a_name_keeps_them_too(client):
    url = reverse("comment_report", args=[make_comment().pk])
    for _ in range(5):
        client.post(url, {"reason": "spam"})
    response = client.post(url, {"reason": "danger", "detail": TYPED})
    assert (response.status_code, response.has_header("Retry-After")) == (429, True)
    page = Page(response)
    assert page.one("textarea", name="detail").text.strip() == TYPED
    assert "Try again in a few minutes." in page.words


def test_an_experience_keeps_all_answers(client, member):
    entry = make_entry()
    spend(member)
    names = [entry.remedy.slug, entry.condition.slug]
    sent = POST | {"dose_amount": "17", "dose_unit": "mg"}
    page = refused(client, reverse("entry_experience", args=names), sent)
    assert page.one("input", name="dose_amount").get("value") == "17"
    assert page.one("input", name="side_effects", value="none").get("checked") is not None
    assert ExperienceReport.objects.count() == 0


def test_votes_say_when_to_try_again(client, member):
    comment, entry = make_comment(), make_entry()
    spend(member)
    names = [entry.remedy.slug, entry.condition.slug]
    for url in (reverse("comment_vote", args=[comment.pk]), reverse("entry_vote", args=names)):
        page = refused(client, url, {"value": "1"})
        assert "You have voted a lot today." in page.words
    assert EntryVote.objects.count() + comment.votes.count() == 0
