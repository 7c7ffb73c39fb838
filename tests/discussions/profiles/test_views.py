"""The page of a member: what it shows to whom, and that it lists nothing unless the member chose so."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.privacy.export import export_of
from accounts.privacy.services import erase_member, withdraw_consent
from accounts.services import rename, set_shows_comments
from conditions.services import withdraw_condition
from discussions.models import Comment
from discussions.moderation.services import remove_comment
from discussions.profiles.selectors import COMMENTS_PER_PAGE
from discussions.services import delete_comment
from remedies.services import withdraw_entry, withdraw_remedy
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
CHOICE = "/accounts/profile/"
WORDS = "It helped me at night."


@pytest.fixture
def ana() -> User:
    return make_user(name="Ana")


def listing(member: User) -> User:
    set_shows_comments(member, shown=True)
    return member


def profile(name: str = "Ana", query: str = "", client: Client | None = None):
    return (client or Client()).get(f"/members/{name}/{query}")


def browser_of(member: User) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_profile_shows_name_role_month_and_number_of_comments(ana) -> None:
    User.objects.filter(pk=ana.pk).update(
        joined_at=datetime(2026, 3, 14, tzinfo=UTC), public_role="moderator", is_staff=True
    )
    comments = [make_comment(by=ana) for _number in range(3)]
    remove_comment(comments[0], by=make_user("moderator"), reason="Unkind.")
    page = Page(profile())
    assert page.h1 == "Ana"
    assert "Joined March 2026" in page.words
    assert "14" not in page.words.partition("Joined")[2][:20]
    assert "Role Moderator" in page.words
    assert "Comments that readers can see 2" in page.words


def test_search_engines_are_asked_to_leave_it_out(ana) -> None:
    response = profile()
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    sitemaps = [Client().get(f"/{path}").content for path in ("sitemap.xml", "sitemap/pages.xml")]
    assert not any(b"/members/" in sitemap for sitemap in sitemaps)


def test_nothing_of_a_remedy_or_condition_shows_unless_the_member_chose_so(ana) -> None:
    comment = make_comment(by=ana, body=WORDS)
    entry = comment.thread.entry
    secrets = [WORDS, entry.remedy.name, entry.condition.name, comment.get_absolute_url()]
    for client in (Client(), browser_of(ana), browser_of(make_user("moderator"))):
        content = profile(client=client).content.decode()
        assert [secret for secret in secrets if secret in content] == []
    content = profile(listing(ana).name).content.decode()
    assert [secret for secret in secrets if secret not in content] == []


def test_what_is_taken_back_is_gone_with_the_next_request_and_no_copy_is_kept(ana) -> None:
    make_comment(by=listing(ana), body=WORDS)
    response = profile()
    assert WORDS in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    set_shows_comments(ana, shown=False)
    assert WORDS not in profile().content.decode()


def withdraw(part: str, comment: Comment) -> None:
    entry, by = comment.thread.entry, make_user("publisher")
    services = {
        "entry": partial(withdraw_entry, entry),
        "remedy": partial(withdraw_remedy, entry.remedy),
        "condition": partial(withdraw_condition, entry.condition),
    }
    services[part](by=by, reason="It was wrong.")


@pytest.mark.parametrize("part", ["entry", "remedy", "condition"])
def test_comments_on_withdrawn_pages_are_neither_listed_nor_counted(ana, part) -> None:
    withdraw(part, make_comment(by=listing(ana), body=WORDS))
    content = Page(profile())
    assert WORDS not in content.words
    assert "Comments that readers can see 0" in content.words


@pytest.mark.parametrize("state", ["held", "hidden", "removed", "deleted"])
def test_comments_that_readers_do_not_see_are_not_listed(ana, state) -> None:
    comment = make_comment(by=listing(ana), body=WORDS)
    if state == "deleted":
        delete_comment(comment, by=ana)
    elif state == "removed":
        remove_comment(comment, by=make_user("moderator"), reason="Unkind.")
    else:
        Comment.objects.filter(pk=comment.pk).update(state=state)
    for client in (Client(), browser_of(ana)):
        assert WORDS not in profile(client=client).content.decode()


def test_comments_of_others_and_on_a_whole_remedy(ana) -> None:
    entry = make_entry()
    make_comment(entry, by=make_user(), body="Somebody else's words.")
    make_comment(entry.remedy, by=listing(ana), body=WORDS)
    content = profile().content.decode()
    assert WORDS in content
    assert "Somebody else" not in content


def test_the_list_goes_on_by_key_newest_first(ana) -> None:
    entry = make_entry()
    total = COMMENTS_PER_PAGE + 1
    bodies = [f"Comment {number:02}." for number in range(total)]
    for body in bodies:
        make_comment(entry, by=ana, body=body)
    listing(ana)
    first, last = profile(query="").content.decode(), profile(query="?last=1").content.decode()
    assert [body for body in bodies if body in first] == bodies[1:]
    assert first.index(bodies[-1]) < first.index(bodies[1])
    oldest = Comment.objects.get(body=bodies[1])
    assert f"?after={oldest.pk}" in first
    rest = profile(query=f"?after={oldest.pk}").content.decode()
    assert [body for body in bodies if body in rest] == bodies[:1]
    assert bodies[0] in last


@pytest.mark.parametrize("query", ["?after=0", "?after=x", f"?before={2**70}", "?after=%00"])
def test_a_strange_position_shows_the_first_page(ana, query) -> None:
    make_comment(by=listing(ana), body=WORDS)
    assert WORDS in profile(query=query).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_comments(ana) -> None:
    counts = []
    for number in (1, COMMENTS_PER_PAGE):
        for _one in range(number):
            make_comment(by=ana)
        listing(ana)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            profile()
        counts.append(len(queries))
    assert counts == [4, 4]  # the last is that of notices of the whole site


@pytest.mark.parametrize("name", ["nobody", "%00", "Ana%00", "An%C3%A1", "x" * 200])
def test_an_unknown_name_is_not_found(ana, name) -> None:
    assert profile(name).status_code == 404


def test_who_may_not_log_in_has_no_profile(ana) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert profile().status_code == 404


@pytest.mark.parametrize("words", [True, False])
def test_who_left_has_no_profile(ana, words) -> None:
    make_comment(by=listing(ana), body=WORDS)
    erase_member(ana, words=words)
    assert profile().status_code == 404


def test_a_former_name_leads_nowhere(ana) -> None:
    rename(ana, name="Berta")
    for name in ("Ana", "ana", "nobody"):
        response = profile(name)
        assert response.status_code == 404
        assert "Berta" not in response.content.decode() + str(response.headers)
    assert profile("Berta").status_code == 200


def test_a_name_in_another_case_is_redirected_and_not_for_ever(ana) -> None:
    response = profile("aNA", "?last=1")
    assert (response.status_code, response["Location"]) == (302, "/members/Ana/")
    assert "no-store" in response["Cache-Control"]
    rename(ana, name="ANA")
    assert profile("Ana")["Location"] == "/members/ANA/"


def test_only_the_member_is_offered_to_change_it(ana) -> None:
    assert f'href="{CHOICE}"' in profile(client=browser_of(ana)).content.decode()
    for client in (Client(), browser_of(make_user())):
        assert f'href="{CHOICE}"' not in profile(client=client).content.decode()


def test_a_member_chooses_by_a_form_and_takes_it_back_by_the_same(ana) -> None:
    client = browser_of(ana)
    page = client.get(CHOICE)
    assert "which conditions and remedies you care about" in page.content.decode()
    box = Page(page).one("input", name="shown")
    assert box.get("checked") is None
    for data, shows in (({"shown": "on"}, True), ({}, False)):
        response = client.post(CHOICE, data)
        assert (response.status_code, response["Location"]) == (303, CHOICE)
        ana.refresh_from_db()
        assert ana.shows_comments is shows


def test_listing_needs_the_consent_and_ends_with_it(ana) -> None:
    User.objects.filter(pk=ana.pk).update(consented_at=None)
    client = browser_of(ana)
    response = client.post(CHOICE, {"shown": "on"})
    assert response.status_code == 400
    page = Page(response)
    assert "Tick the box to agree" in page.words
    assert page.one("input", name="shown").get("checked") is not None
    client.post(CHOICE, {"shown": "on", "consent": "on"})
    ana.refresh_from_db()
    assert ana.shows_comments
    assert ana.consented_at is not None
    withdraw_consent(ana)
    ana.refresh_from_db()
    assert not ana.shows_comments


def test_not_listing_needs_no_consent(ana) -> None:
    User.objects.filter(pk=ana.pk).update(consented_at=None)
    assert browser_of(ana).post(CHOICE, {}).status_code == 303
    ana.refresh_from_db()
    assert ana.consented_at is None


def test_the_database_lists_nothing_without_consent(ana) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ana.pk).update(consented_at=None, shows_comments=True)


def test_the_choice_is_for_members_alone() -> None:
    assert Client().get(CHOICE).status_code == 302


def test_the_choice_is_in_the_export_and_among_the_own_data(ana) -> None:
    assert export_of(ana)["account"]["shows_comments"] is False
    assert (
        "Your profile lists your comments no"
        in Page(browser_of(ana).get(reverse("account_data"))).words
    )


def test_moderators_reach_the_profile_from_the_page_of_a_comment(ana) -> None:
    comment = make_comment(by=ana)
    page = browser_of(make_user("moderator")).get(reverse("moderation_decide", args=[comment.pk]))
    assert 'href="/members/Ana/"' in page.content.decode()
