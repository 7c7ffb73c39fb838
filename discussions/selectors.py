"""Reads of discussions: whole threads, what this reader did and may do, in fixed numbers of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from discussions.choices import Order, State
from discussions.models import Comment, CommentVote
from discussions.policies import Facts, Rights, rights
from discussions.threads import reading_order
from remedies.models import Remedy, RemedyConditionEntry

THREADS_A_PAGE = 20
REPLIES_SHOWN = 50
REPLIES_OF_ONE_THREAD = 3_000
NEWEST_OF_REMEDY = 3
FOLDED_FROM = 6
INDENT_MOST = 5
INDENT_MOST_NARROW = 3

_SORTS = {
    Order.BEST: ("-score", "pk"),
    Order.NEW: ("-pk",),
    Order.OLD: ("pk",),
    Order.DISCUSSED: ("-reply_count", "pk"),
}


@dataclass
class ShownComment:
    """One comment as one reader sees it."""

    comment: Comment
    depth: int
    author: str
    is_staff: bool
    html: SafeString
    tombstone: str
    rights: Rights
    my_vote: int
    day: str
    """When it was written, in words: templates would format it anew for every comment."""
    answers: str = ""
    """Whom a reply answers, where its indent no longer shows it: on phones sooner than on desks."""
    opens: bool = False
    """Whether its replies follow, in a list of their own."""
    closes: range = field(default_factory=lambda: range(0))
    """How many lists end after it."""
    below: int = 0
    """How many comments answer it, tombstones among them; of a root, all of its thread."""

    @property
    def replies(self) -> int:
        """What its list holds, in the words above it: what is shown there, and what was cut off."""
        return max(self.below, self.comment.reply_count)

    @property
    def indent_shows_parent(self) -> bool:
        """Whether a wide screen tells by the indent whom it answers."""
        return self.depth <= INDENT_MOST

    @property
    def chained(self) -> bool:
        """Whether a single reply follows, which is not worth a line to fold it by."""
        return self.depth > 0 and self.replies <= 1

    @property
    def folded(self) -> bool:
        """Whether so many replies follow that they are shown on request."""
        return self.depth > 0 and self.replies >= FOLDED_FROM


@dataclass
class Discussion:
    """One page of a discussion."""

    subject: Remedy | RemedyConditionEntry
    comments: list[ShownComment]
    count: int
    order: Order
    page: int
    pages: int
    one_thread: int | None
    cut: list[int]
    """Threads of which only the first replies are shown."""

    @property
    def page_numbers(self) -> range:
        """From 1 to the last."""
        return range(1, self.pages + 1)


def load_discussion(
    subject: Remedy | RemedyConditionEntry,
    viewer: User | None,
    *,
    order: Order = Order.BEST,
    page: int = 1,
    thread: int | None = None,
    threads_a_page: int = THREADS_A_PAGE,
) -> Discussion:
    """A page of threads with their replies: three queries for a reader, four for a member.

    `thread` asks for one thread alone, by the id of its first comment. A page beyond the last is the
    last.
    """
    mine = _of_subject(subject)
    seen = _seen_by(viewer)
    counts = Comment.objects.filter(mine).aggregate(
        visible=Count("pk", filter=Q(state=State.VISIBLE)),
        roots=Count("pk", filter=Q(root__isnull=True) & seen),
    )
    pages = max(1, -(-counts["roots"] // threads_a_page))
    page = min(max(page, 1), pages)
    roots = Comment.objects.filter(mine, seen, root__isnull=True).select_related("author")
    if thread is None:
        start = (page - 1) * threads_a_page
        chosen = list(roots.order_by(*_SORTS[order])[start : start + threads_a_page])
    else:
        chosen = list(roots.filter(pk=thread))
    most = REPLIES_SHOWN if thread is None else REPLIES_OF_ONE_THREAD
    replies = list(_replies(chosen, seen, most))
    shown = _shown([*reading_order(chosen, replies, _rank)], viewer, subject)
    _nest(shown)
    return Discussion(
        subject=subject,
        comments=shown,
        count=counts["visible"],
        order=order,
        page=page,
        pages=pages,
        one_thread=thread,
        cut=_cut(chosen, replies, most),
    )


def load_comment(comment: Comment, viewer: User | None) -> ShownComment:
    """One comment alone, for the answer to a request that changed just it."""
    shown = _shown([(comment, comment.depth)], viewer, comment.thread.subject)[0]
    if comment.parent and comment.depth > INDENT_MOST_NARROW:
        shown.answers = _name(comment.parent)
    return shown


def _of_subject(subject: Remedy | RemedyConditionEntry) -> Q:
    if isinstance(subject, Remedy):
        return Q(thread__remedy=subject)
    return Q(thread__entry=subject)


def _seen_by(viewer: User | None) -> Q:
    """Held comments are their authors' alone; all the rest has at least a tombstone."""
    seen = ~Q(state=State.HELD)
    return seen | Q(author=viewer) if viewer else seen


def _replies(roots: Sequence[Comment], seen: Q, most: int) -> QuerySet[Comment]:
    """The first `most` replies of each root. The 0 keeps an empty page asking the same questions."""
    below = Comment.objects.filter(seen, root__in=[0, *(root.pk for root in roots)])
    numbered = below.annotate(
        number_in_thread=Window(RowNumber(), partition_by=[F("root")], order_by=["pk"])
    )
    return numbered.filter(number_in_thread__lte=most).select_related("author").order_by("pk")


def _cut(roots: Sequence[Comment], replies: Sequence[Comment], most: int) -> list[int]:
    counts: dict[int | None, int] = {}
    for reply in replies:
        counts[reply.root_id] = counts.get(reply.root_id, 0) + 1
    return [root.pk for root in roots if counts.get(root.pk, 0) >= most]


def _rank(comment: Comment) -> tuple[float, int]:
    return (-comment.score, comment.pk)


def _shown(
    ordered: Sequence[tuple[Comment, int]],
    viewer: User | None,
    subject: Remedy | RemedyConditionEntry,
) -> list[ShownComment]:
    votes = _votes_of(viewer, [comment.pk for comment, _depth in ordered])
    names = {comment.pk: _name(comment) for comment, _depth in ordered}
    now = timezone.now()
    day_words = cache(date_format)
    shown = []
    for comment, depth in ordered:
        is_author = viewer is not None and comment.author_id == viewer.pk
        facts = Facts(comment.state, comment.created_at, is_author, viewer is not None)
        readable = comment.is_visible or (comment.state == State.HELD and is_author)
        shown.append(
            ShownComment(
                comment=comment,
                depth=depth,
                author=names[comment.pk] if readable else "",
                is_staff=bool(readable and comment.author and comment.author.is_staff),
                # Our own sanitiser made it when the comment was stored.
                html=mark_safe(comment.html if readable else ""),  # noqa: S308
                tombstone=_tombstone(comment),
                rights=rights(facts, now),
                my_vote=votes.get(comment.pk, 0),
                day=day_words(timezone.localdate(comment.created_at)),
                answers=names.get(comment.parent_id or 0, "") if depth > INDENT_MOST_NARROW else "",
            )
        )
    return shown


def _votes_of(viewer: User | None, comments: Sequence[int]) -> dict[int, int]:
    if viewer is None:
        return {}
    votes = CommentVote.objects.filter(voter=viewer, comment__in=[0, *comments])
    return dict(votes.values_list("comment_id", "value"))


def _name(comment: Comment) -> str:
    if comment.state not in {State.VISIBLE, State.HELD}:
        return ""
    return comment.author.name if comment.author else _("A former member")


def _tombstone(comment: Comment) -> str:
    if comment.state == State.DELETED:
        return _("Removed by the author.")
    if comment.state == State.REMOVED:
        return _("Removed by a moderator: %(reason)s") % {"reason": comment.removal_reason}
    if comment.state == State.HIDDEN:
        return _("Hidden until a moderator has looked at it.")
    if comment.state == State.HELD:
        return _("Waiting for a moderator. Only you can see this.")
    return ""


def _nest(shown: Sequence[ShownComment]) -> None:
    """Say where lists of replies begin and end, so that a flat loop can draw nested ones."""
    for item, following in zip_longest(shown, shown[1:]):
        next_depth = following.depth if following else 0
        item.opens = following is not None and next_depth > item.depth
        item.closes = range(max(0, item.depth - next_depth))
    above: list[ShownComment] = []
    for item in shown:
        above = [parent for parent in above if parent.depth < item.depth]
        for parent in (*above[:1], *above[1:][-1:]):  # the root counts its whole thread
            parent.below += 1
        above.append(item)


def comments_of(member: User, most: int = 50) -> tuple[list[Comment], int]:
    """The newest of a member's own comments, and how many there are."""
    mine = Comment.objects.filter(author=member)
    newest = mine.select_related(
        "thread__remedy", "thread__entry__remedy", "thread__entry__condition"
    ).order_by("-pk")
    return list(newest[:most]), mine.count()


@dataclass(frozen=True)
class TalkStatistics:
    """How much was said of a remedy, in both scopes."""

    comments: int
    contributors: int


def talk_statistics(remedy: Remedy) -> TalkStatistics:
    """Visible comments on the remedy and on its published entries, and the people who wrote them."""
    entries: Any = RemedyConditionEntry.objects.published().filter(remedy=remedy)
    counts = Comment.objects.filter(
        Q(thread__remedy=remedy) | Q(thread__entry__in=entries), state=State.VISIBLE
    ).aggregate(comments=Count("pk"), contributors=Count("author", distinct=True))
    return TalkStatistics(counts["comments"], counts["contributors"])
