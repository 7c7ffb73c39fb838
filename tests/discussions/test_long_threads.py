"""Threads too long for one page: each part is bounded, and each reply is reached whatever the size."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from discussions import branches
from discussions.branches import MOST_ANSWERED, REPLIES_OF_PART
from discussions.models import Comment, LastVisit, Thread
from discussions.models.comment import MAX_DEPTH
from discussions.moderation.services import remove_comment
from discussions.selectors import REPLIES_PER_THREAD, THREADS_PER_PAGE, load_discussion
from discussions.services import delete_comment, order_score
from remedies_site.markup import RENDERER_VERSION
from tests.counts import count
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
"""Of a page whose editorial part is kept, as it is for all but the first reader of a version."""
MOST_ITEMS = 1 + REPLIES_OF_PART + MOST_ANSWERED
MOST_BYTES = 400_000
MOST_BYTES_FOR_MEMBERS = 1_200_000
"""With the forms of every comment."""


def replies_to(parent: Comment, number: int, *, first: int = 1) -> list[Comment]:
    """Direct replies, without the limits of a member."""
    root = parent.root or parent
    made = Comment.objects.bulk_create(
        Comment(
            thread=parent.thread, parent=parent, root=root, depth=parent.depth + 1,
            author=parent.author, body=f"Reply {n}.", html=f"<p>Reply {n}.</p>",
            renderer_version=RENDERER_VERSION, score=order_score(0, 0),
        )
        for n in range(first, first + number)
    )  # fmt: skip
    for row in {parent, root}:
        row.reply_count += number
        row.save(update_fields=["reply_count"])
    return made


def threads_of(subject, number: int) -> list[Comment]:
    thread, _is_new = Thread.objects.get_or_create(entry=subject)
    author = make_user()
    return Comment.objects.bulk_create(
        Comment(
            thread=thread, author=author, body=f"Thread {n}.", html=f"<p>Thread {n}.</p>",
            renderer_version=RENDERER_VERSION, score=order_score(0, 0),
        )
        for n in range(number)
    )  # fmt: skip


def chain_below(parent: Comment, length: int) -> list[Comment]:
    """Replies, each to the one before."""
    chain = []
    for number in range(length):
        [parent] = replies_to(parent, 1, first=number + 1)
        chain.append(parent)
    return chain


def items(page: Page) -> list[str]:
    return [name for name in page.ids if re.fullmatch(r"c-\d+", name)]


def parts(client: Client, url: str) -> Iterator[Page]:
    """The page and those that its links to continue lead to."""
    while url:
        page = Page(client.get(url))
        yield page
        links = [a.get("href", "") for a in page.all("a") if a.text == "Continue this thread"]
        assert len(links) <= 1
        url = url.partition("?")[0] + links[0] if links else ""


def test_a_thread_is_read_whole_by_its_links_to_continue(client, monkeypatch) -> None:
    monkeypatch.setattr(branches, "REPLIES_OF_PART", 3)
    root = make_comment()
    replies = replies_to(root, 8)
    below_first = replies_to(replies[0], 2)
    read = [items(page) for page in parts(client, f"{root.thread.page_url}?thread={root.pk}")]
    assert len(read) == 4
    assert all(f"c-{root.pk}" in part for part in read)
    assert {name for part in read for name in part} == {
        comment.anchor for comment in (root, *replies, *below_first)
    }
    # What a reply answers stands above it again.
    assert read[-1] == [root.anchor, replies[0].anchor, below_first[1].anchor]


def test_the_newest_replies_are_one_link_away(client, monkeypatch) -> None:
    monkeypatch.setattr(branches, "REPLIES_OF_PART", 3)
    root = make_comment()
    replies = replies_to(root, 10)
    first = load_discussion(root.thread.subject, None, root_id=root.pk)
    assert (first.next_after, first.newest_after) == (replies[2].pk, replies[6].pk)
    last = load_discussion(root.thread.subject, None, root_id=root.pk, after=first.newest_after)
    assert [item.comment for item in last.comments] == [root, *replies[7:]]
    assert (last.next_after, last.is_whole_thread) == (0, False)
    page = Page(client.get(f"{root.thread.page_url}?thread={root.pk}"))
    [newest] = [a.get("href") for a in page.all("a") if a.text == "Newest replies"]
    assert newest == f"?thread={root.pk}&after={first.newest_after}#discussion"


def test_a_part_after_the_end_shows_the_way_back(client) -> None:
    root = make_comment()
    reply = make_comment(parent=root)
    page = Page(client.get(f"{root.thread.page_url}?thread={root.pk}&after={reply.pk}"))
    assert items(page) == [root.anchor]
    [back] = [a.get("href", "") for a in page.all("a") if a.text == "Read it from the beginning"]
    assert items(Page(client.get(back.partition("#")[0]))) == [root.anchor, reply.anchor]


@pytest.mark.parametrize("after", ["", "0", "-1", "x", "9" * 40])
def test_a_part_that_has_no_key_is_the_first(client, after) -> None:
    root = make_comment()
    reply = make_comment(parent=root)
    response = client.get(f"{root.thread.page_url}?thread={root.pk}&after={after}")
    assert items(Page(response)) == [root.anchor, reply.anchor]


def test_what_stands_above_the_replies_of_a_part_is_bounded(monkeypatch) -> None:
    """Each reply answers a chain of its own, none of which is in the part."""
    monkeypatch.setattr(branches, "REPLIES_OF_PART", 4)
    monkeypatch.setattr(branches, "MOST_ANSWERED", 25)
    root = make_comment()
    chains = [chain_below(root, MAX_DEPTH - 1) for _number in range(4)]
    last = [replies_to(chain[-1], 1)[0] for chain in chains]
    after, shown = chains[-1][-1].pk, []
    while after:
        part = load_discussion(root.thread.subject, None, root_id=root.pk, after=after)
        keys = [item.comment.pk for item in part.comments]
        assert len(keys) <= 1 + 25 + 4
        shown += [comment for comment in last if comment.pk in keys]
        after = part.next_after
    assert shown == last


def test_the_deepest_reply_is_shown_with_all_that_it_answers(client, monkeypatch) -> None:
    monkeypatch.setattr(branches, "REPLIES_OF_PART", 5)
    root = make_comment()
    chain = chain_below(root, MAX_DEPTH)
    below = make_comment(parent=chain[-1])
    assert below.depth == MAX_DEPTH
    response = client.get(below.get_absolute_url(), follow=True)
    assert items(Page(response)) == [root.anchor, *(c.anchor for c in chain[:-1]), below.anchor]


def test_a_branch_whose_replies_are_elsewhere_links_to_them(client, monkeypatch) -> None:
    monkeypatch.setattr(branches, "REPLIES_OF_PART", 3)
    root = make_comment()
    replies = replies_to(root, 3)
    below = replies_to(replies[1], 2)
    page = Page(client.get(f"{root.thread.page_url}?thread={root.pk}"))
    [link] = [a.get("href", "") for a in page.all("a") if a.text == "Show 2 replies"]
    branch = items(Page(client.get(link)))
    assert branch == [c.anchor for c in (root, replies[1], *below)]


@pytest.mark.parametrize("how", ["deleted", "removed"])
def test_what_is_gone_stays_gone_above_a_later_part(client, monkeypatch, how) -> None:
    monkeypatch.setattr(branches, "REPLIES_OF_PART", 2)
    root = make_comment()
    gone = make_comment(parent=root, body="quitesecretword")
    other = make_comment(parent=root)
    below = make_comment(parent=gone)
    if how == "deleted":
        delete_comment(gone, by=gone.author)
    else:
        remove_comment(gone, by=make_user("moderator"), reason="unsafe dose")
    response = client.get(f"{root.thread.page_url}?thread={root.pk}&after={other.pk}")
    assert items(Page(response)) == [root.anchor, gone.anchor, below.anchor]
    assert "quitesecretword" not in response.content.decode()


def read(client: Client, url: str) -> HttpResponse:
    """The page that a URL leads to, each request on the way in as few queries as a page may take."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert len(queries) <= MOST_QUERIES, (url, len(queries))
    return response if response.status_code == 200 else read(client, response["Location"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("member", [False, True], ids=["reader", "member"])
def test_ten_thousand_comments_take_as_many_queries_and_bytes_as_a_page_may(member) -> None:
    """Half of them in one thread, so that its 3,001st reply has a reply; the others are threads."""
    size = count(small=3_300, full=10_000)
    entry = make_entry()
    root, *_others = threads_of(entry, max(size - 3_100, 200))
    replies = replies_to(root, 3_050)
    deepest = chain_below(replies[3_000], MAX_DEPTH - 1)[-1]
    client = Client()
    if member:
        client.force_login(root.author)
    page_url = entry.get_absolute_url()
    last = -(-Comment.objects.filter(root=None).count() // THREADS_PER_PAGE)
    thread = f"{page_url}?thread={root.pk}"
    after = load_discussion(entry, None, root_id=root.pk).next_after
    visits = {
        "first page": (page_url, root),
        "last page": (f"{page_url}?page={last}&order=discussed", None),
        "thread": (thread, replies[0]),
        "continue": (f"{thread}&after={after}", replies[REPLIES_OF_PART]),
        "the 3,001st reply": (replies[3_000].get_absolute_url(), replies[3_000]),
        "a deep permalink": (deepest.get_absolute_url(), deepest),
    }
    client.get(page_url)  # what is kept of every page
    LastVisit.objects.update(previous_key=root.pk)  # so that a member's news are counted
    for name, (url, shown) in visits.items():
        most = THREADS_PER_PAGE * (1 + REPLIES_PER_THREAD) if "page" in name else MOST_ITEMS
        response = read(client, url)
        page = Page(response)
        assert shown is None or shown.anchor in page.ids, name
        assert 0 < len(items(page)) <= most, name
        assert len(page.all("li", class_="thread__item")) == len(items(page)), name
        assert len(response.content) <= (MOST_BYTES_FOR_MEMBERS if member else MOST_BYTES), name
