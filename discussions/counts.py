"""How much was said about a remedy or an entry: counts of comments and votes, each in one query."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q, Sum

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
class VoteCounts:
    """What members voted on the entries of a remedy."""

    up: int
    down: int


def vote_counts(remedy: Remedy) -> VoteCounts:
    """The votes on the published entries of a remedy, in one query."""
    entries = RemedyConditionEntry.objects.published().filter(remedy=remedy).order_by()
    sums = entries.aggregate(up=Sum("up_count", default=0), down=Sum("down_count", default=0))
    return VoteCounts(**sums)


@dataclass(frozen=True)
class ContributionCounts:
    """What members wrote about a remedy and its entries, and how many they were."""

    comments: int
    contributors: int


def contribution_counts(remedy: Remedy) -> ContributionCounts:
    """Visible comments on a remedy and on its published entries, in one query."""
    entries = RemedyConditionEntry.objects.published().filter(remedy=remedy).order_by()
    threads = Thread.objects.filter(Q(remedy=remedy) | Q(entry__in=entries)).order_by()
    comments = Comment.objects.filter(thread__in=threads, state=State.VISIBLE)
    return ContributionCounts(
        **comments.aggregate(comments=Count("pk"), contributors=Count("author", distinct=True))
    )
