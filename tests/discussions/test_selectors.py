"""Discussions as read: order, places, and the same number of queries whatever there is to show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.choices import Order
from discussions.counts import contribution_counts
from discussions.models import Comment, Thread
from discussions.selectors import REPLIES_PER_THREAD, load_discussion
from discussions.services import delete_comment, order_score, vote_on_comment
from tests.counts import count
from tests.factories import make_comment, make_entry, make_remedy, make_user

pytestmark = pytest.mark.django_db


def bodies(discussion) -> list[str]:
    return [item.comment.body for item in discussion.comments]


def fill(subject, number: int) -> None:
    """Many comments at once: every fifth begins a thread, the others answer it."""
    scope = {"remedy": subject} if hasattr(subject, "kind") else {"entry": subject}
    thread, _made = Thread.objects.get_or_create(**scope)
    author = make_user()
    common = {"thread": thread, "author": author, "html": "<p>x</p>", "score": order_score(0, 0)}
    roots = Comment.objects.bulk_create(
        [Comment(body=f"Thread {n}", **common) for n in range(-(-number // 5))]
    )
    Comment.objects.bulk_create(
        [
            Comment(body=f"Reply {n}", parent=root, root=root, depth=1, **common)
            for root in roots
            for n in range(4)
        ][: number - len(roots)]
    )


def test_best_comes_first_and_ties_by_age() -> None:
    entry = make_entry()
    first, second, third = (make_comment(entry, body=word) for word in ("a", "b", "c"))
    vote_on_comment(third, by=make_user(), value=1)
    vote_on_comment(first, by=make_user(), value=-1)
    assert bodies(load_discussion(entry, None)) == ["c", "b", "a"]
    assert second.score == order_score(0, 0)


def test_the_other_orders_are_what_they_say() -> None:
    entry = make_entry()
    a, b, _c = (make_comment(entry, body=word) for word in ("a", "b", "c"))
    make_comment(parent=b, body="b1")
    make_comment(parent=b, body="b2")
    make_comment(parent=a, body="a1")
    assert bodies(load_discussion(entry, None, order=Order.OLD)) == [
        "a",
        "a1",
        "b",
        "b1",
        "b2",
        "c",
    ]
    assert bodies(load_discussion(entry, None, order=Order.NEW)) == [
        "c",
        "b",
        "b1",
        "b2",
        "a",
        "a1",
    ]
    discussed = bodies(load_discussion(entry, None, order=Order.DISCUSSED))
    assert discussed == ["b", "b1", "b2", "a", "a1", "c"]


def test_lists_of_replies_open_and_close_in_pairs() -> None:
    entry = make_entry()
    root = make_comment(entry)
    deep = make_comment(parent=make_comment(parent=root))
    make_comment(parent=deep)
    make_comment(parent=root)
    make_comment(entry)
    items = load_discussion(entry, None).comments
    assert sum(item.opens for item in items) == sum(len(item.closes) for item in items)


def test_a_list_of_replies_counts_what_opens_there() -> None:
    entry = make_entry()
    root = make_comment(entry)
    reply = make_comment(parent=root)
    last = make_comment(parent=reply)
    for written, counts in ((last, (2, 1, 0)), (reply, (2, 1, 0))):
        delete_comment(written, by=written.author)
        items = load_discussion(entry, None).comments
        assert tuple(item.replies for item in items) == counts


def test_a_held_comment_is_its_authors_alone() -> None:
    comment = make_comment()
    Comment.objects.update(state="held")
    subject = comment.thread.subject
    assert load_discussion(subject, None).comments == []
    assert load_discussion(subject, make_user()).comments == []
    assert len(load_discussion(subject, comment.author).comments) == 1


def test_long_threads_are_cut_and_say_so() -> None:
    entry = make_entry()
    root = make_comment(entry)
    Comment.objects.bulk_create(
        [
            Comment(thread=root.thread, parent=root, root=root, depth=1, body="x", author=None)
            for _ in range(REPLIES_PER_THREAD + 5)
        ]
    )
    discussion = load_discussion(entry, None)
    assert (len(discussion.comments), discussion.truncated) == (REPLIES_PER_THREAD + 1, [root.pk])
    alone = load_discussion(entry, None, root_id=root.pk)
    assert (len(alone.comments), alone.truncated) == (REPLIES_PER_THREAD + 6, [])


def test_rights_and_votes_are_the_readers_own() -> None:
    comment, member = make_comment(), make_user()
    vote_on_comment(comment, by=member, value=-1)
    mine = load_discussion(comment.thread.subject, member).comments[0]
    assert (mine.my_vote, mine.permissions.vote, mine.permissions.edit) == (-1, True, False)
    own = load_discussion(comment.thread.subject, comment.author).comments[0]
    assert (own.my_vote, own.permissions.vote, own.permissions.edit) == (0, False, True)
    Comment.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert not load_discussion(comment.thread.subject, comment.author).comments[0].permissions.edit


def test_statistics_count_visible_comments_of_both_scopes() -> None:
    remedy, member = make_remedy(), make_user()
    entry = make_entry(remedy)
    make_comment(remedy, by=member)
    make_comment(entry, by=member)
    delete_comment(gone := make_comment(entry), by=gone.author)
    counts = contribution_counts(remedy)
    assert (counts.comments, counts.contributors) == (2, 1)


@pytest.mark.parametrize(("member", "most"), [(False, 14), (True, 21)], ids=["reader", "member"])
def test_the_entry_page_asks_the_same_questions_however_much_was_said(member, most) -> None:
    """Where nothing is kept yet; what a kept page asks is pinned in tests/site/pagecache.

    Two are about the member's last visit: when it was, and whether the member wrote there at all.
    One says whether the member follows the discussion.
    """
    client, seen = Client(), []
    if member:
        client.force_login(make_user())
    for number in (0, 10, 200, count(small=400, full=2_000)):
        entry = make_entry()
        fill(entry, number)
        fill(entry.remedy, number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(entry.get_absolute_url()).status_code == 200
        seen.append(len(queries))
    assert len(set(seen)) == 1, seen
    assert seen[0] <= most


def test_a_chain_of_single_replies_needs_no_line_to_fold_it() -> None:
    comment = make_comment(make_entry())
    for _number in range(3):
        comment = make_comment(parent=comment)
    items = load_discussion(comment.thread.subject, None).comments
    assert [item.replies for item in items] == [3, 1, 1, 0]
    assert [item.is_chain for item in items[1:3]] == [True, True]
