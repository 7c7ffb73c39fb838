"""Reads of discussions: a page of threads for one reader, in a fixed number of queries."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from discussions.branches import Branch, load_branch
from discussions.choices import Order, State
from discussions.composer.selectors import reasons_to_wait
from discussions.counts import CommentCounts, comment_counts
from discussions.models import Comment
from discussions.own_contributions import votes_on
from discussions.policies import CommentPermissions, comment_permissions, is_recent
from discussions.shown_comments import MAX_INDENT_NARROW, ShownComment, nest
from discussions.thread_pages import (
    ORDERINGS,
    ThreadPaginator,
    comments_of,
    cut_off_roots,
    displayed_to,
    load_page_for_everybody,
    replies_of_page,
    roots_of_page,
)
from discussions.threads import reading_order
from remedies.models import Remedy, RemedyConditionEntry

__all__ = ["Discussion", "ShownComment", "load_comment", "load_discussion"]

THREADS_PER_PAGE = 20
REPLIES_PER_THREAD = 50
NEWEST_THREADS = 3


@dataclass
class Discussion:
    """One page of a discussion, or one of its threads where `root_id` names the root.

    Where it names a reply, the thread is cut down to that reply, what it replies to and its replies.

    `count` is the number of visible comments on all pages; `has_held` says whether others wait for a
    moderator.
    """

    subject: Remedy | RemedyConditionEntry
    comments: list[ShownComment]
    count: int
    has_held: bool
    order: Order
    page: Page[Comment]
    root_id: int | None
    truncated: list[int]
    """The roots of threads of which only the first replies are shown."""
    after: int = 0
    """Of one thread: this part of it begins after the reply with this key."""
    next_after: int = 0
    newest_after: int = 0
    """Where the next part and the last one begin; 0 where there is none after this."""
    new_count: int = 0
    """Comments on all pages that are new to the member since the last visit."""
    key: tuple[Hashable, ...] | None = None
    """What tells its comments from those of other pages and readers, where it may be kept."""

    @property
    def thread_id(self) -> int | None:
        """The root of the thread that is shown alone."""
        return self.comments[0].comment.pk if self.root_id and self.comments else None

    @property
    def is_whole_thread(self) -> bool:
        """Whether one thread is shown alone, from its beginning, as far as there is one."""
        return not self.after and self.thread_id in {None, self.root_id}


class ReaderMarks(NamedTuple):
    """All by which a member's view of a page of comments differs from that of another member, by their keys.

    `recent` are those of their own that they may still edit.
    """

    votes: tuple[tuple[int, int], ...]
    own: frozenset[int]
    recent: frozenset[int]
    is_moderator: bool


def load_discussion(
    subject: Remedy | RemedyConditionEntry,
    viewer: User | None,
    *,
    order: Order = Order.BEST,
    page: int = 1,
    root_id: int | None = None,
    after: int = 0,
    threads_per_page: int = THREADS_PER_PAGE,
    counts: CommentCounts | None = None,
) -> Discussion:
    """A page of threads with their replies: three queries for a reader, four for a member.

    `root_id` selects one thread instead of a page, or a reply (see `Discussion`), and of it the part
    after the reply with the key `after`: up to four queries more. A page beyond the last is the last. With
    `counts` there is one query less.
    """
    in_subject = comments_of(subject)
    displayed = displayed_to(viewer)
    counts = counts or comment_counts(subject)[subject]
    own_roots = 0
    if viewer and counts.held:
        own = Comment.objects.filter(in_subject, author=viewer, state=State.HELD, root__isnull=True)
        own_roots = own.count()
    threads = Comment.objects.filter(in_subject, displayed, root__isnull=True)
    # Not 0: Django takes no query for an empty page, and a page of any size takes the same number.
    roots_total = max(1, counts.roots + own_roots)
    paginator = ThreadPaginator(threads, threads_per_page, count=roots_total)
    current = paginator.get_page(page)
    paginator.current = current.number
    if root_id is None and viewer is None:
        branch = _branch_of(*load_page_for_everybody(subject, order, current, REPLIES_PER_THREAD))
    elif root_id is None:
        branch = _branches_of_page(threads, displayed, order, current)
    else:
        branch = load_branch(in_subject, displayed, root_id, after)
    comments = _shown_comments(reading_order(branch.roots, branch.replies, _sort_key), viewer)
    nest(comments)
    return Discussion(
        subject=subject,
        comments=comments,
        count=counts.visible,
        has_held=bool(counts.held),
        order=order,
        page=current,
        root_id=root_id,
        truncated=branch.truncated,
        after=after if root_id else 0,
        next_after=branch.next_after,
        newest_after=branch.newest_after,
    )


def _branches_of_page(
    threads: QuerySet[Comment], displayed: Q, order: Order, page: Page[Comment]
) -> Branch:
    """The threads of a page, each with its first replies, as the viewer of `displayed` sees them."""
    chosen = roots_of_page(threads, order, page)
    roots = list(
        Comment.objects.filter(pk__in=chosen.values("pk"))
        .select_related("author")
        .order_by(*ORDERINGS[order])
    )
    return _branch_of(roots, list(replies_of_page(roots, displayed, REPLIES_PER_THREAD)))


def _branch_of(roots: list[Comment], replies: list[Comment]) -> Branch:
    return Branch(roots, replies, truncated=cut_off_roots(roots, replies, REPLIES_PER_THREAD))


def load_marks(everybodys: Discussion, viewer: User) -> ReaderMarks:
    """How a member's view of a page differs from the one of readers, in one query."""
    comments = [item.comment for item in everybodys.comments]
    own = [comment for comment in comments if comment.author_id == viewer.pk]
    now = timezone.now()
    return ReaderMarks(
        votes=tuple(sorted(votes_on(viewer, [comment.pk for comment in comments]).items())),
        own=frozenset(comment.pk for comment in own),
        recent=frozenset(c.pk for c in own if is_recent(c.created_at, now)),
        is_moderator=_is_moderator(viewer),
    )


def discussion_with(everybodys: Discussion, marks: ReaderMarks) -> Discussion:
    """The discussion for a member with these marks, made of the one for readers, without a query."""
    votes = dict(marks.votes)
    comments = [
        replace(
            item,
            permissions=comment_permissions(
                item.comment.state,
                is_recent=item.comment.pk in marks.recent,
                is_locked=item.comment.is_locked,
                is_author=item.comment.pk in marks.own,
                is_member=True,
                is_moderator=marks.is_moderator,
            ),
            my_vote=votes.get(item.comment.pk, 0),
        )
        for item in everybodys.comments
    ]
    return replace(everybodys, comments=comments)


def load_comment(comment: Comment, viewer: User | None) -> ShownComment:
    """One comment alone, for the response to a request that changed only it."""
    shown = _shown_comments([(comment, comment.depth)], viewer)[0]
    if comment.parent and comment.depth > MAX_INDENT_NARROW:
        shown.reply_to = _author_name(comment.parent)
    return shown


def _sort_key(comment: Comment) -> tuple[float, int]:
    return (-comment.score, comment.pk)


def _shown_comments(
    ordered: Sequence[tuple[Comment, int]], viewer: User | None
) -> list[ShownComment]:
    votes = votes_on(viewer, [comment.pk for comment, _depth in ordered])
    own_id = viewer.pk if viewer else 0
    held = [
        comment.pk
        for comment, _depth in ordered
        if comment.state == State.HELD and comment.author_id == own_id
    ]
    reasons = reasons_to_wait(held)  # for the author alone: they may tell of a crisis
    names = {comment.pk: _author_name(comment) for comment, _depth in ordered}
    now = timezone.now()
    is_moderator = _is_moderator(viewer)
    format_day = cache(date_format)
    # Resolving the URL of each of hundreds of comments would cost more than reading them.
    before, after = reverse("comment", args=[1]).rsplit("1", 1)
    shown = []
    for comment, depth in ordered:
        is_author = viewer is not None and comment.author_id == viewer.pk
        is_readable = comment.is_visible or (comment.state == State.HELD and is_author)
        author = comment.author if is_readable else None
        shown.append(
            ShownComment(
                comment=comment,
                depth=depth,
                author=names[comment.pk] if is_readable else "",
                is_staff=bool(author and author.is_staff),
                role=author.shown_role if author else "",
                # Sanitised by render_comment when the comment was stored.
                html=mark_safe(comment.html if is_readable else ""),  # noqa: S308
                tombstone=_tombstone(comment, reasons.get(comment.pk, "")),
                permissions=_permissions(comment, viewer, now, is_moderator=is_moderator),
                my_vote=votes.get(comment.pk, 0),
                url=f"{before}{comment.pk}{after}",
                moment=comment.moment,
                day=format_day(timezone.localdate(comment.created_at)),
                reply_to=names.get(comment.parent_id or 0, "") if depth > MAX_INDENT_NARROW else "",
            )
        )
    return shown


def _is_moderator(viewer: User | None) -> bool:
    """Looked up for staff alone: of other members it would cost queries on every page."""
    return bool(viewer and viewer.is_staff and viewer.has_perm("discussions.moderate_comment"))


def _permissions(
    comment: Comment, viewer: User | None, now: datetime, *, is_moderator: bool
) -> CommentPermissions:
    return comment_permissions(
        comment.state,
        is_recent=is_recent(comment.created_at, now),
        is_locked=comment.is_locked,
        is_moderator=is_moderator,
        is_author=viewer is not None and comment.author_id == viewer.pk,
        is_member=viewer is not None,
    )


def _author_name(comment: Comment) -> str:
    if comment.state not in {State.VISIBLE, State.HELD}:
        return ""
    return comment.author.name if comment.author else _("A former member")


def _tombstone(comment: Comment, reason_to_wait: str) -> str:
    if comment.state == State.DELETED:
        return _("Removed by the author.")
    if comment.state == State.REMOVED:
        return _("Removed by a moderator: %(reason)s") % {"reason": comment.removal_reason}
    if comment.state == State.HIDDEN:
        return _("Hidden until a moderator has looked at it.")
    if comment.state == State.HELD:
        text = _("Waiting for a moderator. Only you can see this.")
        if reason_to_wait:
            text += " " + _("Why it waits: %(reason)s.") % {"reason": reason_to_wait}
        return text
    return ""
