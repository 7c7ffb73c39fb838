"""Discussions for requests: what everybody sees is kept, and what a member sees beside it for all who see the same.

A member's page of comments differs from everybody's by `ReaderMarks`, which most members have in common:
no vote and no comment of their own on it. The page is put together once for each of them.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from sys import getsizeof
from typing import TypeVar

from django.http import HttpRequest
from django.utils.safestring import SafeString

from accounts.decorators import current_member_or_none
from discussions.counts import CommentCounts, comment_counts
from discussions.page_params import DiscussionParams
from discussions.rendering import DiscussionSection, render_section
from discussions.selectors import (
    Discussion,
    ReaderMarks,
    ShownComment,
    discussion_with,
    load_discussion,
    load_marks,
)
from discussions.structured_data import discussion_nodes
from discussions.visits import Writers, writers_of
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.pagecache.live_parts import kept_value
from remedies_site.pagecache.shown import entry_discussion, remedy_discussion
from remedies_site.structured_data import nodes_json

_DISCUSSION_BYTES = 20_000
"""What a kept discussion takes without any comment: querysets and a paginator."""
_WRITER_BYTES = 100
"""What a kept key of a member takes in a set, at most."""
_COMMENT_BYTES = 4000
"""What a kept comment takes beside its text: a row with its author."""
_SHOWN_BYTES = 800
"""What it takes more for readers with other marks: the row is that of everybody's page, or of an earlier one."""
_VOTE_BYTES = 120
"""What a vote takes in the key of the marks."""

T = TypeVar("T")


def discussion_for_request(
    request: HttpRequest,
    subject: Remedy | RemedyConditionEntry,
    params: DiscussionParams,
    threads_per_page: int,
    counts: CommentCounts | None,
) -> Discussion:
    """What the person of a request sees of a discussion: one query for members where it is kept.

    What anybody could ask for under any number of URLs is not kept: pages after the last are the last,
    and threads that are not there and later parts of a thread are read each time.
    """
    member = current_member_or_none(request)
    if params.page > 1 and counts is None:
        counts = _kept_counts(request, subject)
    load = partial(
        load_discussion,
        subject,
        order=params.order,
        root_id=params.root_id,
        after=params.after,
        threads_per_page=threads_per_page,
        counts=counts,
    )
    page = _page_for_everybody(params.page, threads_per_page, counts)
    after = params.after if params.root_id else 0  # without a thread it means nothing
    place = (params.order, page, params.root_id, after, threads_per_page)
    key = ("discussion", type(subject).__name__, subject.pk, *place)
    everybodys = _kept(
        request,
        subject,
        key,
        lambda: _with_key(load(None, page=page), key),
        _bytes_for_everybody,
    )
    if member is None:
        return everybodys
    if everybodys.has_held:  # the author of one that waits sees it
        return load(member, page=params.page)
    marks = load_marks(everybodys, member)
    if everybodys.key is None:
        return discussion_with(everybodys, marks)
    own_key = (*key, marks)
    return _kept(
        request,
        subject,
        own_key,
        lambda: replace(discussion_with(everybodys, marks), key=own_key),
        lambda found: _bytes_for_member(found, marks),
    )


def section_for_request(
    request: HttpRequest, discussion: Discussion, section: DiscussionSection
) -> SafeString:
    """The HTML of a discussion, with the mark in place of the token of forms."""
    render = partial(render_section, discussion, section)
    if discussion.key is None:
        return render()
    key = ("section", discussion.key, section)
    return _kept(request, discussion.subject, key, render, getsizeof)


def nodes_for_request(request: HttpRequest, discussion: Discussion) -> str:
    """The structured data of a discussion, as JSON."""

    def make() -> str:
        return nodes_json(discussion_nodes(discussion))

    if discussion.key is None:
        return make()
    return _kept(request, discussion.subject, ("nodes", discussion.key), make, getsizeof)


def writers_for_request(request: HttpRequest, subject: Remedy | RemedyConditionEntry) -> Writers:
    """Who has words in the discussion of the subject."""
    return _kept(
        request,
        subject,
        ("writers", type(subject).__name__, subject.pk),
        lambda: writers_of(subject),
        lambda writers: _WRITER_BYTES * len(writers.members),
    )


def _kept_counts(request: HttpRequest, subject: Remedy | RemedyConditionEntry) -> CommentCounts:
    key = ("comment counts", type(subject).__name__, subject.pk)
    return _kept(request, subject, key, lambda: comment_counts(subject)[subject], getsizeof)


def _page_for_everybody(page: int, threads_per_page: int, counts: CommentCounts | None) -> int:
    """The page that is shown under this number. `counts` may be missing for the first one."""
    roots = counts.roots if counts else 0
    return min(page, max(1, -(-roots // threads_per_page)))


def _with_key(discussion: Discussion, key: tuple[Hashable, ...]) -> Discussion:
    """With the key where it may be kept: not of one thread that is not there, nor of a part of it."""
    is_any_url = discussion.root_id and (discussion.after or not discussion.comments)
    return discussion if is_any_url else replace(discussion, key=key)


def _kept(
    request: HttpRequest,
    subject: Remedy | RemedyConditionEntry,
    key: Hashable,
    make: Callable[[], T],
    size: Callable[[T], int | None],
) -> T:
    is_remedy = isinstance(subject, Remedy)
    scope = remedy_discussion(subject.pk) if is_remedy else entry_discussion(subject.pk)
    return kept_value(request, key, [scope], make, size)


def _bytes_for_everybody(discussion: Discussion) -> int | None:
    """None where it is not kept."""
    if discussion.key is None:
        return None
    return _DISCUSSION_BYTES + sum(map(_bytes_of, discussion.comments))


def _bytes_for_member(discussion: Discussion, marks: ReaderMarks) -> int:
    """The rows are counted too: they stay when everybody's page is replaced after the next comment."""
    rows = sum(_SHOWN_BYTES + _bytes_of(item) for item in discussion.comments)
    return rows + _VOTE_BYTES * len(marks.votes)


def _bytes_of(item: ShownComment) -> int:
    return _COMMENT_BYTES + len(item.comment.body) + len(item.comment.html)
