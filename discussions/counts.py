"""How much was said about a remedy or an entry: counts of comments and votes, each in one query."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q, Subquery, Sum, Value

from discussions.choices import State
from discussions.models import Comment, Thread
from discussions.thread_pages import comments_of
from remedies.models import Remedy, RemedyConditionEntry


@dataclass(frozen=True)
class CommentCounts:
    """Comments of a discussion: those that all see, roots that all see, and those that wait."""

    visible: int = 0
    roots: int = 0
    held: int = 0


def comment_counts(
    *subjects: Remedy | RemedyConditionEntry,
) -> dict[Remedy | RemedyConditionEntry, CommentCounts]:
    """The counts of one or several discussions, in one query."""
    in_subjects = reduce(or_, map(comments_of, subjects))
    rows = (
        Comment.objects.filter(in_subjects)
        .order_by()
        .values("thread__remedy", "thread__entry")
        .annotate(
            visible=Count("pk", filter=Q(state=State.VISIBLE)),
            roots=Count("pk", filter=Q(root__isnull=True) & ~Q(state=State.HELD)),
            held=Count("pk", filter=Q(state=State.HELD)),
        )
    )
    counts: dict[tuple[int | None, int | None], CommentCounts] = {
        (row["thread__remedy"], row["thread__entry"]): CommentCounts(
            row["visible"], row["roots"], row["held"]
        )
        for row in rows
    }
    return {
        subject: counts.get(
            (subject.pk, None) if isinstance(subject, Remedy) else (None, subject.pk),
            CommentCounts(),
        )
        for subject in subjects
    }


@dataclass(frozen=True)
class MemberStatistics:
    """What members did for a remedy and its entries: votes, comments, and how many wrote them."""

    up: int
    down: int
    comments: int
    contributors: int


def member_statistics(remedy: Remedy) -> MemberStatistics:
    """Counts votes on the published entries, and visible comments there and on the remedy; one query."""
    entries = RemedyConditionEntry.objects.published().filter(remedy=remedy).order_by()
    threads = Thread.objects.filter(Q(remedy=remedy) | Q(entry__in=entries)).order_by()
    comments = (
        Comment.objects.filter(thread__in=threads, state=State.VISIBLE)
        .order_by()
        .annotate(all=Value(1))
        .values("all")
    )
    voted = entries.values("remedy")
    counts = Remedy.objects.filter(pk=remedy.pk).values_list(
        Subquery(voted.annotate(n=Sum("up_count")).values("n")),
        Subquery(voted.annotate(n=Sum("down_count")).values("n")),
        Subquery(comments.annotate(n=Count("pk")).values("n")),
        Subquery(comments.annotate(n=Count("author", distinct=True)).values("n")),
    )
    return MemberStatistics(*(number or 0 for number in counts.first() or (0, 0, 0, 0)))
