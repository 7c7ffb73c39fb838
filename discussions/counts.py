"""How much was said about a remedy or an entry: counts of comments and votes, each in one query."""

from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

from django.db.models import Count, Q, QuerySet, Sum, Value

from discussions.choices import State
from discussions.models import Comment, Thread
from discussions.thread_pages import thread_key_of
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.compiled_queries import CompiledQuery


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
    kinds = tuple(isinstance(subject, Remedy) for subject in subjects)
    rows = _counts_query(kinds).rows(*(subject.pk for subject in subjects))
    counts: dict[tuple[int | None, int | None], CommentCounts] = {
        (remedy, entry): CommentCounts(*numbers) for remedy, entry, *numbers in rows
    }
    return {
        subject: counts.get(
            (subject.pk, None) if isinstance(subject, Remedy) else (None, subject.pk),
            CommentCounts(),
        )
        for subject in subjects
    }


@cache
def _counts_query(are_remedies: tuple[bool, ...]) -> CompiledQuery:
    """For as many subjects, in the order of their keys."""

    def build(*keys: int) -> QuerySet[Comment, tuple[int | None, ...]]:
        threads = (
            thread_key_of(is_remedy, key) for is_remedy, key in zip(are_remedies, keys, strict=True)
        )
        return (
            Comment.objects.filter(reduce(or_, (Q(thread=thread) for thread in threads)))
            .order_by()
            .values_list("thread__remedy", "thread__entry")
            .annotate(
                visible=Count("pk", filter=Q(state=State.VISIBLE)),
                roots=Count("pk", filter=Q(root__isnull=True) & ~Q(state=State.HELD)),
                held=Count("pk", filter=Q(state=State.HELD)),
            )
        )

    return CompiledQuery(build, *[int] * len(are_remedies))


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
    ((comments, contributors),) = _CONTRIBUTIONS.rows(remedy.pk, remedy.pk)
    return ContributionCounts(comments, contributors)


def _contributions(remedy: int, same: int) -> QuerySet[Comment, tuple[int, int]]:
    entries = RemedyConditionEntry.objects.published().filter(remedy=remedy).order_by()
    threads = Thread.objects.filter(Q(remedy=same) | Q(entry__in=entries)).order_by()
    comments = Comment.objects.filter(thread__in=threads, state=State.VISIBLE).order_by()
    # Of one group, without which nothing is counted.
    counted = comments.values(group=Value(1)).annotate(
        comments=Count("pk"), contributors=Count("author", distinct=True)
    )
    return counted.values_list("comments", "contributors")


_CONTRIBUTIONS = CompiledQuery(_contributions, int, int)
