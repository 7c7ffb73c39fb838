"""Posting, editing, deleting, removing, restoring, reporting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.rate_limits import POSTS, RateLimit, acquire, consume
from discussions.choices import State
from discussions.models import Comment, Report
from discussions.models.comment import MAX_DEPTH
from discussions.moderation.services import remove_comment, report_comment, restore_comment
from discussions.policies import MAX_BODY_LENGTH
from discussions.services import delete_comment, edit_comment, post_comment
from remedies_site.exceptions import InvalidInput, NotPermitted, RateLimited
from tests.counts import count
from tests.factories import make_comment, make_entry, make_remedy, make_user
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db


def test_a_comment_belongs_to_its_scope_alone() -> None:
    entry = make_entry()
    comment = make_comment(entry)
    assert comment.thread.entry == entry
    assert comment.thread.remedy is None


def test_a_reply_hangs_on_its_parent_and_counts_for_it_and_its_root() -> None:
    root = make_comment()
    reply = make_comment(parent=root)
    deeper = make_comment(parent=reply)
    root.refresh_from_db()
    reply.refresh_from_db()
    assert (deeper.root, deeper.depth) == (root, 2)
    assert (root.reply_count, reply.reply_count) == (2, 1)


def test_the_deepest_reply_stands_beside_what_it_answers() -> None:
    comment = make_comment()
    for _ in range(MAX_DEPTH + 2):
        comment = make_comment(parent=comment)
    assert comment.depth == MAX_DEPTH


def test_a_second_click_gets_the_comment_already_made() -> None:
    entry, member = make_entry(), make_user()
    first = post_comment(by=member, subject=entry, body="It helped me.")
    second = post_comment(by=member, subject=entry, body="  It helped me.\r\n")
    assert first.is_new
    assert not second.is_new
    assert first.comment == second.comment


def test_the_same_words_later_are_a_comment_of_their_own() -> None:
    entry, member = make_entry(), make_user()
    first = post_comment(by=member, subject=entry, body="Still fine.").comment
    Comment.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(minutes=11))
    assert post_comment(by=member, subject=entry, body="Still fine.").is_new


@pytest.mark.parametrize("body", ["", "  \n ", "\x00", "x" * (MAX_BODY_LENGTH + 1)])
def test_a_body_without_words_or_without_end_is_refused(body) -> None:
    with pytest.raises(InvalidInput):
        post_comment(by=make_user(), subject=make_entry(), body=body)
    assert Comment.objects.count() == 0


def test_five_posts_at_once_then_one_every_thirty_seconds() -> None:
    entry, member = make_entry(), make_user()
    for number in range(5):
        post_comment(by=member, subject=entry, body=f"Number {number}")
    with pytest.raises(RateLimited) as raised:
        post_comment(by=member, subject=entry, body="One more")
    assert 25 <= raised.value.seconds <= 30
    assert Comment.objects.count() == 5


def test_an_allowance_is_earned_back_in_time() -> None:
    limit = RateLimit("action", burst=2, interval=timedelta(seconds=10))
    held = acquire(make_user(), limit)
    now = timezone.now()
    for later in (0, 0, 10, 20):
        consume(held, limit, now=now + timedelta(seconds=later))
    with pytest.raises(RateLimited):
        consume(held, limit, now=now + timedelta(seconds=29))


@pytest.mark.parametrize("back", [timedelta(seconds=15), timedelta(days=400)])
def test_a_clock_that_went_back_makes_nobody_wait_longer_than_the_limit_itself(back) -> None:
    limit = RateLimit("action", burst=2, interval=timedelta(seconds=10))
    held = acquire(make_user(), limit)
    now = timezone.now()
    for _action in range(2):
        consume(held, limit, now=now)
    # Nothing of a refusal is stored: its transaction is rolled back.
    consume(held, limit, now=now - back + (limit.burst + 1) * limit.interval)


def test_without_limits_nobody_waits(settings) -> None:
    settings.RATE_LIMITS = False
    entry, member = make_entry(), make_user()
    for number in range(POSTS.burst + 3):
        post_comment(by=member, subject=entry, body=f"Number {number}")
    assert Comment.objects.count() == POSTS.burst + 3


@pytest.mark.parametrize("state", [State.DELETED, State.HIDDEN, State.REMOVED, State.HELD])
def test_nobody_replies_to_what_is_not_there(state) -> None:
    parent = make_comment()
    blank = {"body": "", "html": "", "author": None} if state == State.DELETED else {}
    reason = {"removal_reason": "why"} if state == State.REMOVED else {}
    Comment.objects.filter(pk=parent.pk).update(state=state, **blank, **reason)
    with pytest.raises(InvalidInput):
        post_comment(by=make_user(), subject=parent.thread.subject, body="But …", parent=parent)


def test_nobody_replies_across_discussions() -> None:
    with pytest.raises(InvalidInput):
        post_comment(by=make_user(), subject=make_remedy(), body="Hi", parent=make_comment())


def test_own_words_can_be_changed_for_a_day_and_are_marked() -> None:
    comment = make_comment()
    edited = edit_comment(comment, by=comment.author, body="Better *words*.")
    assert edited.edited_at is not None
    assert "<em>words</em>" in edited.html


def test_after_a_day_words_stand() -> None:
    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(hours=25))
    comment.refresh_from_db()
    with pytest.raises(NotPermitted):
        edit_comment(comment, by=comment.author, body="Too late.")


def test_somebody_elses_words_are_theirs() -> None:
    comment = make_comment()
    for action in (
        lambda: edit_comment(comment, by=make_user(), body="Mine now."),
        lambda: delete_comment(comment, by=make_user()),
    ):
        with pytest.raises(NotPermitted):
            action()


def test_what_is_deleted_is_gone_and_its_place_stays() -> None:
    root = make_comment(body="My private story.")
    reply = make_comment(parent=root)
    deleted = delete_comment(root, by=root.author)
    deleted.refresh_from_db()
    assert (deleted.body, deleted.html, deleted.author) == ("", "", None)
    reply.refresh_from_db()
    assert reply.root == root


def test_a_deleted_reply_no_longer_counts() -> None:
    root = make_comment()
    reply = make_comment(parent=root)
    delete_comment(reply, by=reply.author)
    root.refresh_from_db()
    assert root.reply_count == 0


def test_a_moderator_removes_with_a_reason_and_restores() -> None:
    comment, moderator = make_comment(), make_user("moderator")
    removed = remove_comment(comment, by=moderator, reason="Unsafe dose")
    assert (removed.state, removed.removal_reason) == (State.REMOVED, "Unsafe dose")
    restored = restore_comment(comment, by=moderator)
    assert (restored.state, restored.removal_reason) == (State.VISIBLE, "")


def test_a_removal_needs_its_reason_and_its_right() -> None:
    comment = make_comment()
    with pytest.raises(InvalidInput):
        remove_comment(comment, by=make_user("moderator"), reason=" ")
    for person in (make_user(), make_user("editor")):
        with pytest.raises(NotPermitted):
            remove_comment(comment, by=person, reason="Because")


def test_what_the_author_deleted_nobody_restores() -> None:
    comment, moderator = make_comment(), make_user("moderator")
    delete_comment(comment, by=comment.author)
    with pytest.raises(InvalidInput):
        restore_comment(comment, by=moderator)


def test_one_person_one_report() -> None:
    comment, member = make_comment(), make_user()
    report_comment(comment, by=member, reason="spam")
    report_comment(comment, by=member, reason="other", detail="On second thoughts")
    assert Report.objects.get().reason == "other"


def test_a_reader_who_is_not_logged_in_may_report() -> None:
    assert report_comment(make_comment(), by=None, reason="danger").reporter is None


@pytest.mark.parametrize(("reason", "detail"), [("", ""), ("nonsense", ""), ("other", " ")])
def test_a_report_says_what_is_wrong(reason, detail) -> None:
    with pytest.raises(InvalidInput):
        report_comment(make_comment(), by=make_user(), reason=reason, detail=detail)


@pytest.mark.django_db(transaction=True)
def test_forty_comments_at_once_are_all_there_once() -> None:
    entry = make_entry()
    root = make_comment(entry)
    people = [make_user() for _ in range(count(small=16, full=40))]
    posted = all_at_once(
        [
            lambda person=person: post_comment(
                by=person, subject=entry, body=f"From {person.name}", parent=root
            )
            for person in people
        ]
    )
    assert all(one.is_new for one in posted)
    root.refresh_from_db()
    assert root.reply_count == len(people) == Comment.objects.filter(parent=root).count()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_comment() -> None:
    entry, member = make_entry(), make_user()
    posted = all_at_once(
        [lambda: post_comment(by=member, subject=entry, body="Sent twice") for _ in range(6)]
    )
    assert sum(one.is_new for one in posted) == 1
    assert Comment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_replies_and_deletions_that_meet_wait_for_each_other() -> None:
    entry = make_entry()
    for _ in range(count(small=2, full=20)):
        root = make_comment(entry)
        own = [make_comment(parent=root) for _ in range(5)]
        people = [make_user() for _ in range(5)]
        all_at_once(
            [
                *(lambda c=c: delete_comment(c, by=c.author) for c in own),
                *(
                    lambda p=p, root=root: post_comment(
                        by=p, subject=entry, body=p.name, parent=root
                    )
                    for p in people
                ),
            ]
        )
        root.refresh_from_db()
        assert root.reply_count == len(people)


def test_edits_use_up_the_same_allowance() -> None:
    comment = make_comment()
    for number in range(4):
        edit_comment(comment, by=comment.author, body=f"Again {number}.")
    with pytest.raises(RateLimited):
        edit_comment(comment, by=comment.author, body="Once more.")
