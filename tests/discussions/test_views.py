"""Discussions over HTTP, with scripts off: what is answered, and that nothing else changes."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from discussions.models import Comment, CommentVote, Report
from discussions.moderation.services import remove_comment
from discussions.policies import MAX_BODY_LENGTH
from discussions.services import delete_comment
from discussions.thread_pages import ThreadPaginator
from remedies.models import EntryVote
from remedies.services import withdraw_entry
from tests.factories import make_comment, make_entry, make_remedy, make_user
from tests.reading import Page, words
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_user()


@pytest.fixture
def entry():
    return make_entry()


@pytest.fixture
def logged_in(client, member) -> Client:
    client.force_login(member)
    return client


def comments_on(page: Page) -> list[str]:
    return [name for name in page.ids if re.fullmatch(r"c-\d+", name)]


def comments_url(entry) -> str:
    return reverse("comment_on_entry", args=[entry.remedy.slug, entry.condition.slug])


def vote_url(entry) -> str:
    return reverse("entry_vote", args=[entry.remedy.slug, entry.condition.slug])


def test_a_comment_is_answered_with_the_way_to_it(logged_in, entry) -> None:
    response = logged_in.post(comments_url(entry), {"body": "It helped me."})
    comment = Comment.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/comments/{comment.pk}/")
    way = logged_in.get(response["Location"])
    assert way["Location"].endswith(f"#c-{comment.pk}")
    page = Page(logged_in.get(way["Location"]))
    assert "It helped me." in page.words
    assert page.has(f"c-{comment.pk}")


def test_a_reply_stands_in_its_thread(logged_in, entry) -> None:
    parent = make_comment(entry)
    logged_in.post(comments_url(entry), {"body": "Me too.", "parent": parent.pk})
    assert Comment.objects.get(body="Me too.").parent == parent


def test_the_remedy_has_a_discussion_of_its_own(logged_in, entry) -> None:
    url = reverse("comment_on_remedy", args=[entry.remedy.slug])
    assert logged_in.post(url, {"body": "In general."}).status_code == 303
    assert Comment.objects.get().thread.remedy == entry.remedy


def test_a_second_click_leads_to_the_same_comment(logged_in, entry) -> None:
    first = logged_in.post(comments_url(entry), {"body": "Once."})
    again = logged_in.post(comments_url(entry), {"body": "Once."})
    assert (again.status_code, again["Location"]) == (303, first["Location"])
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    "body", ["", "   ", "y" * (MAX_BODY_LENGTH + 1)], ids=["", "blank", "long"]
)
def test_a_body_that_will_not_do_comes_back_with_its_text(logged_in, entry, body) -> None:
    response = logged_in.post(comments_url(entry), {"body": body})
    assert response.status_code == 400
    assert body.strip() in (Page(response).one("textarea", name="body").text or "")
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("kind", ["deleted", "removed", "hidden", "foreign", "unknown", "nonsense"])
def test_a_reply_to_what_is_not_there_keeps_its_text(logged_in, entry, kind) -> None:
    parent = make_comment(make_entry() if kind == "foreign" else entry)
    if kind == "deleted":
        delete_comment(parent, by=parent.author)
    elif kind == "removed":
        remove_comment(parent, by=make_user("moderator"), reason="Unsafe dose")
    elif kind == "hidden":
        Comment.objects.update(state="hidden")
    number = {"unknown": parent.pk + 1000, "nonsense": "9" * 40}.get(kind, parent.pk)
    response = logged_in.post(comments_url(entry), {"body": "But I wrote this.", "parent": number})
    assert response.status_code == 400
    assert "But I wrote this." in Page(response).one("textarea", name="body").text
    assert Comment.objects.count() == 1


def test_without_consent_the_form_asks_and_keeps_the_text(logged_in, entry, member) -> None:
    member.consented_at = None
    member.save()
    response = logged_in.post(comments_url(entry), {"body": "My story."})
    assert response.status_code == 400
    page = Page(response)
    assert page.one("textarea", name="body").text.strip() == "My story."
    assert page.one("input", name="consent").get("checked") is None
    assert Comment.objects.count() == 0
    with_consent = {"body": "My story.", "consent": "1"}
    assert logged_in.post(comments_url(entry), with_consent).status_code == 303


def test_past_the_limit_the_text_is_kept_and_the_wait_is_told(logged_in, entry) -> None:
    for number in range(5):
        logged_in.post(comments_url(entry), {"body": f"Number {number}"})
    response = logged_in.post(comments_url(entry), {"body": "One too many"})
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 30
    assert "One too many" in Page(response).one("textarea", name="body").text


def test_a_missing_token_changes_nothing(entry, member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    comment = make_comment(entry)
    for url in (
        comments_url(entry),
        vote_url(entry),
        *(reverse(f"comment_{action}", args=[comment.pk]) for action in ("vote", "edit", "delete")),
        reverse("comment_report", args=[comment.pk]),
    ):
        assert client.post(url, {"body": "x", "value": "1", "reason": "spam"}).status_code == 403
    assert Comment.objects.count() == 1
    assert not EntryVote.objects.exists()
    assert not CommentVote.objects.exists()
    assert not Report.objects.exists()


def test_a_vote_is_given_and_taken_back(logged_in, entry) -> None:
    for value, counts in (("1", (1, 0)), ("1", (1, 0)), ("-1", (0, 1)), ("0", (0, 0))):
        assert logged_in.post(vote_url(entry), {"value": value}).status_code == 303
        entry.refresh_from_db()
        assert (entry.up_count, entry.down_count) == counts


@pytest.mark.parametrize("value", ["2", "", "up", "1.5"])
def test_any_other_vote_is_a_bad_request(logged_in, entry, value) -> None:
    comment = make_comment(entry)
    assert logged_in.post(vote_url(entry), {"value": value}).status_code == 400
    url = reverse("comment_vote", args=[comment.pk])
    assert logged_in.post(url, {"value": value}).status_code == 400
    assert not EntryVote.objects.exists()
    assert not CommentVote.objects.exists()


def test_a_vote_without_consent_asks_for_it(logged_in, entry, member) -> None:
    member.consented_at = None
    member.save()
    response = logged_in.post(vote_url(entry), {"value": "1"})
    assert response.status_code == 400
    assert Page(response).all("input", name="consent")
    assert not EntryVote.objects.exists()
    assert logged_in.post(vote_url(entry), {"value": "1", "consent": "1"}).status_code == 303


def test_ones_own_comment_takes_no_vote(logged_in, entry, member) -> None:
    comment = make_comment(entry, by=member)
    url = reverse("comment_vote", args=[comment.pk])
    assert logged_in.post(url, {"value": "1"}).status_code == 403
    assert not CommentVote.objects.exists()


def test_own_words_can_be_edited_and_say_so(logged_in, entry, member) -> None:
    comment = make_comment(entry, by=member)
    url = reverse("comment_edit", args=[comment.pk])
    assert comment.body in Page(logged_in.get(url)).one("textarea", name="body").text
    assert logged_in.post(url, {"body": "Better words."}).status_code == 303
    page = Page(logged_in.get(entry.get_absolute_url()))
    assert "Better words." in page.words
    assert "edited" in page.words
    assert "Your comment was changed." in page.words
    assert "Your comment was changed." not in Page(logged_in.get(entry.get_absolute_url())).words


def test_an_empty_edit_keeps_the_old_words(logged_in, entry, member) -> None:
    comment = make_comment(entry, by=member)
    url = reverse("comment_edit", args=[comment.pk])
    assert logged_in.post(url, {"body": " "}).status_code == 400
    comment.refresh_from_db()
    assert comment.body


def test_after_the_window_the_words_stand_and_the_new_ones_are_kept(
    logged_in, entry, member
) -> None:
    comment = make_comment(entry, by=member)
    Comment.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    url = reverse("comment_edit", args=[comment.pk])
    assert logged_in.get(url).status_code == 403
    response = logged_in.post(url, {"body": "Too late, but long."})
    assert response.status_code == 403
    assert "Too late, but long." in response.content.decode()
    comment.refresh_from_db()
    assert comment.edited_at is None


@pytest.mark.parametrize("action", ["edit", "delete"])
def test_somebody_elses_comment_is_theirs(logged_in, entry, action) -> None:
    comment = make_comment(entry)
    url = reverse(f"comment_{action}", args=[comment.pk])
    assert logged_in.get(url).status_code == 403
    assert logged_in.post(url, {"body": "Mine."}).status_code == 403
    comment.refresh_from_db()
    assert comment.is_visible


def test_what_is_deleted_leaves_a_tombstone(logged_in, entry, member) -> None:
    comment = make_comment(entry, by=member, body="My secret words.")
    make_comment(parent=comment, body="An answer.")
    url = reverse("comment_delete", args=[comment.pk])
    assert logged_in.get(url).status_code == 200
    assert logged_in.post(url).status_code == 303
    page = Page(logged_in.get(entry.get_absolute_url()))
    assert "Removed by the author." in page.words
    assert "An answer." in page.words
    assert "My secret words." not in page.words
    assert member.name not in Page(Client().get(entry.get_absolute_url())).words


def test_a_thread_with_a_deleted_reply_alone_shows_one_reply(client, entry) -> None:
    reply = make_comment(parent=make_comment(entry))
    delete_comment(reply, by=reply.author)
    page = Page(client.get(entry.get_absolute_url()))
    assert "Show 1 reply" in page.words
    assert "0 replies" not in page.words


def test_a_removed_comment_tells_the_reason(client, entry) -> None:
    comment = make_comment(entry, body="Take ten.")
    remove_comment(comment, by=make_user("moderator"), reason="unsafe dose")
    page = Page(client.get(entry.get_absolute_url()))
    assert "Removed by a moderator: unsafe dose" in page.words
    assert "Take ten." not in page.words
    assert comment.author.name not in page.words


def test_a_report_is_taken_from_members_and_readers(logged_in, entry) -> None:
    comment = make_comment(entry)
    url = reverse("comment_report", args=[comment.pk])
    assert logged_in.get(url).status_code == 200
    assert logged_in.post(url, {"reason": "spam"}).status_code == 303
    reader = Client()
    assert "no-store" in reader.get(url)["Cache-Control"]
    assert reader.post(url, {"reason": "danger", "detail": "Too much"}).status_code == 200
    assert Report.objects.count() == 2


def test_a_report_without_a_reason_comes_back(logged_in, entry) -> None:
    url = reverse("comment_report", args=[make_comment(entry).pk])
    assert logged_in.post(url, {"detail": "Look at this"}).status_code == 400
    assert not Report.objects.exists()


# ---- two tabs ----------------------------------------------------------------------------------


def edit_form(client, url) -> dict[str, str]:
    """What a browser would send of the edit form."""
    form = Page(client.get(url)).one("form", class_="form")
    return {
        element.get("name"): element.get("value", element.text or "")
        for element in form.iter()
        if element.get("name")
    }


def test_the_second_of_two_tabs_is_shown_both_texts(logged_in, entry, member) -> None:
    comment = make_comment(entry, by=member, body="It helped me.")
    url = reverse("comment_edit", args=[comment.pk])
    tabs = [edit_form(logged_in, url) for _tab in range(2)]
    assert logged_in.post(url, tabs[0] | {"body": "It helped me at night."}).status_code == 303
    response = logged_in.post(url, tabs[1] | {"body": "It helped me a lot."})
    assert response.status_code == 409
    page = Page(response)
    assert "This comment was changed in another tab" in page.words
    assert "It helped me at night." in page.words
    assert [words(each) for each in page.all("ins")] == ["only in yours: a lot"]
    assert [words(each) for each in page.all("del")] == ["only in the saved text: at night"]
    assert page.by_id("id_body").text == "It helped me a lot."
    comment.refresh_from_db()
    assert comment.body == "It helped me at night."
    again = {"body": "It helped me a lot.", "opened": page.one("input", name="opened").get("value")}
    assert logged_in.post(url, again).status_code == 303
    comment.refresh_from_db()
    assert comment.body == "It helped me a lot."


def test_a_tab_that_sends_the_same_text_is_content(logged_in, entry, member) -> None:
    comment = make_comment(entry, by=member, body="It helped me.")
    url = reverse("comment_edit", args=[comment.pk])
    tabs = [edit_form(logged_in, url) for _tab in range(2)]
    for tab in tabs:
        assert logged_in.post(url, tab | {"body": "It helped."}).status_code == 303


@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_at_once_one_passes(client, entry, member) -> None:
    comment = make_comment(entry, by=member, body="Before.")
    url = reverse("comment_edit", args=[comment.pk])
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(member)
    sent = edit_form(browsers[0], url)
    responses = all_at_once(
        [
            partial(browser.post, url, sent | {"body": f"Text {number}."})
            for number, browser in enumerate(browsers)
        ]
    )
    assert sorted(response.status_code for response in responses) == [303, 409]
    comment.refresh_from_db()
    assert comment.body == f"Text {[r.status_code for r in responses].index(303)}."


def test_a_comment_deleted_in_another_tab_keeps_the_text(logged_in, entry, member) -> None:
    comment = make_comment(entry, by=member, body="Before.")
    url = reverse("comment_edit", args=[comment.pk])
    sent = edit_form(logged_in, url)
    delete_comment(comment, by=member)
    response = logged_in.post(url, sent | {"body": "Mine."})
    assert response.status_code == 403
    assert "Mine." in response.content.decode()


def test_the_sixth_report_of_an_hour_from_one_network_waits(client, entry) -> None:
    url = reverse("comment_report", args=[make_comment(entry).pk])
    responses = [client.post(url, {"reason": "spam"}) for _ in range(6)]
    assert [each.status_code for each in responses] == [200] * 5 + [429]
    assert int(responses[-1]["Retry-After"]) >= 1


def test_readers_are_sent_to_log_in(client, entry) -> None:
    comment = make_comment(entry)
    for url, status in (
        (comments_url(entry), 307),  # with the text: tests/site/test_kept_text.py
        (vote_url(entry), 302),
        (reverse("comment_vote", args=[comment.pk]), 302),
        (reverse("comment_edit", args=[comment.pk]), 307),
    ):
        response = client.post(url, {"body": "x", "value": "1"})
        assert response.status_code == status
        assert response["Location"].startswith("/accounts/login/")


def test_a_withdrawn_entry_closes_its_discussion_but_authors_may_delete(
    logged_in, entry, member
) -> None:
    comment = make_comment(entry, by=member)
    withdraw_entry(entry, by=None, reason="A mistake in the doses.")
    for url, data in (
        (comments_url(entry), {"body": "Still here?"}),
        (vote_url(entry), {"value": "1"}),
        (reverse("comment_vote", args=[comment.pk]), {"value": "1"}),
        (reverse("comment_edit", args=[comment.pk]), {"body": "New."}),
        (reverse("comment_report", args=[comment.pk]), {"reason": "spam"}),
    ):
        assert logged_in.post(url, data).status_code == 410
    assert logged_in.get(f"/comments/{comment.pk}/").status_code == 410
    assert logged_in.post(reverse("comment_delete", args=[comment.pk])).status_code == 303
    comment.refresh_from_db()
    assert comment.body == ""


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "-1", "x"])
def test_a_number_that_no_comment_can_have_is_not_found(client, number) -> None:
    assert client.get(f"/comments/{number}/").status_code == 404


def test_a_body_of_megabytes_is_too_large(logged_in, entry) -> None:
    assert logged_in.post(comments_url(entry), {"body": "x" * 1_100_000}).status_code == 413


def test_threads_are_paged_by_twenty(client) -> None:
    remedy = make_remedy()
    for _ in range(21):
        make_comment(remedy)
    first = Page(client.get(f"{remedy.get_absolute_url()}?order=old"))
    second = Page(client.get(f"{remedy.get_absolute_url()}?order=old&page=2"))
    assert [len(comments_on(page)) for page in (first, second)] == [20, 1]


def test_every_thread_is_on_one_page_from_whichever_end_it_is_counted(client) -> None:
    remedy = make_remedy()
    made = [make_comment(remedy).pk for _ in range(70)]
    for order, expected in (("old", made), ("new", made[::-1]), ("discussed", made)):
        pages = [
            Page(client.get(f"{remedy.get_absolute_url()}?order={order}&page={number}"))
            for number in range(1, 5)
        ]
        shown = [int(item.removeprefix("c-")) for page in pages for item in comments_on(page)]
        assert shown == expected


def test_of_many_pages_the_ends_and_those_nearby_are_linked() -> None:
    paginator = ThreadPaginator(Comment.objects.none(), 20, count=20 * 225)
    paginator.current = 100
    assert paginator.page_range == [1, 2, *range(97, 104), 224, 225]
    paginator.current = 2
    assert paginator.page_range == [1, 2, 3, 4, 5, 224, 225]


@pytest.mark.parametrize(
    "query", ["page=0", "page=999", "page=x", "order=worst", "thread=12345678"]
)
def test_any_page_asked_for_is_a_page(client, entry, query) -> None:
    make_comment(entry)
    assert client.get(f"{entry.get_absolute_url()}?{query}").status_code == 200


def test_the_account_page_lists_own_comments_of_withdrawn_pages_too(
    logged_in, entry, member
) -> None:
    comment = make_comment(entry, by=member, body="What I took.")
    make_comment(entry, body="Somebody else's words.")
    withdraw_entry(entry, by=None, reason="A mistake.")
    page = Page(logged_in.get("/accounts/"))
    assert "What I took." in page.words
    assert "Somebody else's words." not in page.words
    assert reverse("comment_delete", args=[comment.pk]) in [a.get("href") for a in page.all("a")]


def test_who_logs_in_first_comes_back_to_the_page(client, entry) -> None:
    comment = make_comment(entry)
    page = entry.get_absolute_url()
    assert client.get(comments_url(entry))["Location"] == f"{page}#discussion"
    assert client.get(vote_url(entry))["Location"] == f"{page}#votes"
    way = client.get(reverse("comment_vote", args=[comment.pk]))["Location"]
    assert way == comment.get_absolute_url()


def _folded(page: Page) -> list[bool]:
    return ["open" not in fold.attrib for fold in page.all("details", class_="thread__replies")]


def test_a_long_branch_is_folded_and_opens_without_scripts(client, entry) -> None:
    root = make_comment(entry)
    branch = make_comment(parent=root)
    replies = [make_comment(parent=branch) for _number in range(6)]
    page = Page(client.get(entry.get_absolute_url()))
    assert _folded(page) == [False, True]
    fold = page.all("details", class_="thread__replies")[1]
    summary, inside = list(fold)
    assert (summary.tag, words(summary)) == ("summary", "Show 6 repliesHide replies")
    assert [c.anchor for c in replies] == [article.get("id") for article in inside.iter("article")]
    # By its own link, nothing of a comment is folded away.
    assert not any(_folded(Page(client.get(replies[5].get_absolute_url(), follow=True))))


def test_a_branch_opens_for_the_reply_that_was_just_sent_into_it(logged_in, entry) -> None:
    branch = make_comment(parent=make_comment(entry))
    last = [make_comment(parent=branch) for _number in range(6)][-1]
    posted = {"body": "Me too.", "parent": last.pk, "anchor": "discussion", "whole": "1"}
    response = logged_in.post(
        comments_url(entry), posted, headers={"HX-Request": "true"}
    ).content.decode()
    assert "data-new" in response
    assert not any(_folded(Page(f"<body>{response}</body>")))
