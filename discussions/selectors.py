"""Reads of discussions: a page of threads for one reader, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import zip_longest
from textwrap import shorten

from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from discussions.branches import REPLIES_OF_SINGLE_THREAD, load_branch
from discussions.choices import Order, State
from discussions.composer.selectors import reasons_to_wait
from discussions.counts import CommentCounts, comment_counts
from discussions.models import Comment, CommentVote
from discussions.policies import CommentPermissions, comment_permissions
from discussions.thread_pages import (
    ORDERINGS,
    ThreadPaginator,
    comments_of,
    cut_off_roots,
    displayed_to,
    replies_of_page,
    roots_of_page,
)
from discussions.threads import reading_order
from remedies.models import Remedy, RemedyConditionEntry

THREADS_PER_PAGE = 20
REPLIES_PER_THREAD = 50
NEWEST_THREADS = 3
FOLD_FROM = 6
LONG_BODY = 2_500
"""Characters from which on a comment starts folded."""
FIRST_WORDS = 400
MAX_INDENT = 5
MAX_INDENT_NARROW = 3


@dataclass
class ShownComment:
    """One comment as one reader sees it."""

    comment: Comment
    depth: int
    author: str
    is_staff: bool
    html: SafeString
    tombstone: str
    permissions: CommentPermissions
    my_vote: int
    url: str
    moment: str
    day: str
    """The formatted date: formatting it in the template would be slow for hundreds of comments."""
    reply_to: str = ""
    """The author of the parent, where the indent no longer shows it (on narrow screens sooner)."""
    opens: bool = False
    """Whether its replies follow, in a nested list."""
    closes: range = field(default_factory=lambda: range(0))
    """As many items as nested lists end after it; templates loop over it."""
    displayed_replies: int = 0
    """The direct replies that follow, with tombstones; of a root, all comments of its thread."""

    @property
    def replies(self) -> int:
        """The number of replies in the heading of its list: displayed ones and those that were cut off."""
        return max(self.displayed_replies, self.comment.reply_count)

    @property
    def is_long(self) -> bool:
        """Whether its text starts folded, under its first words."""
        return bool(self.html) and len(self.comment.body) > LONG_BODY

    @property
    def first_words(self) -> str:
        """The beginning of the text without its line ends."""
        return shorten(self.comment.body, FIRST_WORDS, placeholder=" …")

    @property
    def indent_shows_parent(self) -> bool:
        """Whether the indent shows the parent on a wide screen."""
        return self.depth <= MAX_INDENT

    @property
    def is_chain(self) -> bool:
        """Whether a single reply follows, which is not collapsible."""
        return self.depth > 0 and self.replies <= 1

    @property
    def is_folded(self) -> bool:
        """Whether its list of replies starts collapsed, since it is long."""
        return self.depth > 0 and self.replies >= FOLD_FROM


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


def load_discussion(
    subject: Remedy | RemedyConditionEntry,
    viewer: User | None,
    *,
    order: Order = Order.BEST,
    page: int = 1,
    root_id: int | None = None,
    threads_per_page: int = THREADS_PER_PAGE,
    counts: CommentCounts | None = None,
) -> Discussion:
    """A page of threads with their replies: three queries for a reader, four for a member.

    `root_id` selects one thread instead of a page; for a reply, see `Discussion`, in more queries.
    A page beyond the last is the last. With `counts` there is one query less.
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
    chosen = (
        roots_of_page(threads, order, current) if root_id is None else threads.filter(pk=root_id)
    )
    roots = list(
        Comment.objects.filter(pk__in=chosen.values("pk"))
        .select_related("author")
        .order_by(*ORDERINGS[order])
    )
    limit = REPLIES_PER_THREAD if root_id is None else REPLIES_OF_SINGLE_THREAD
    if root_id is not None and not roots:
        roots, replies = load_branch(in_subject & displayed, root_id)
    else:
        replies = list(replies_of_page(roots, displayed, limit))
    comments = _shown_comments(reading_order(roots, replies, _sort_key), viewer)
    _nest(comments)
    return Discussion(
        subject=subject,
        comments=comments,
        count=counts.visible,
        has_held=bool(counts.held),
        order=order,
        page=current,
        root_id=root_id,
        truncated=cut_off_roots(roots, replies, limit),
    )


def discussion_of(everybodys: Discussion, viewer: User) -> Discussion | None:
    """The discussion for a member, made of the one for readers, in one query.

    None where a comment waits for a moderator: its author sees it, so the member's has to be loaded.
    """
    if everybodys.has_held:
        return None
    votes = _votes_of(viewer, [item.comment.pk for item in everybodys.comments])
    now = timezone.now()
    is_moderator = _is_moderator(viewer)
    comments = [
        replace(
            item,
            permissions=_permissions(item.comment, viewer, now, is_moderator=is_moderator),
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
    votes = _votes_of(viewer, [comment.pk for comment, _depth in ordered])
    held = [comment.pk for comment, _depth in ordered if comment.state == State.HELD]
    reasons = reasons_to_wait(held)
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
        shown.append(
            ShownComment(
                comment=comment,
                depth=depth,
                author=names[comment.pk] if is_readable else "",
                is_staff=bool(is_readable and comment.author and comment.author.is_staff),
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
        comment.created_at,
        is_locked=comment.is_locked,
        is_moderator=is_moderator,
        is_author=viewer is not None and comment.author_id == viewer.pk,
        is_member=viewer is not None,
        now=now,
    )


def _votes_of(viewer: User | None, comments: Sequence[int]) -> dict[int, int]:
    if viewer is None:
        return {}
    votes = CommentVote.objects.filter(voter=viewer, comment__in=[0, *comments])
    return dict(votes.values_list("comment_id", "value"))


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


def _nest(shown: Sequence[ShownComment]) -> None:
    """Set where nested lists of replies begin and end, so that a template can loop over a flat list."""
    for item, following in zip_longest(shown, shown[1:]):
        next_depth = following.depth if following else 0
        item.opens = following is not None and next_depth > item.depth
        item.closes = range(max(0, item.depth - next_depth))
    ancestors: list[ShownComment] = []
    for item in shown:
        ancestors = [ancestor for ancestor in ancestors if ancestor.depth < item.depth]
        for ancestor in (*ancestors[:1], *ancestors[1:][-1:]):  # the root and the parent
            ancestor.displayed_replies += 1
        ancestors.append(item)
