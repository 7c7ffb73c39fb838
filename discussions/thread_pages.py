"""Which comments a page of a discussion shows: its roots, chosen in an index alone, and their replies."""

from collections.abc import Sequence
from functools import cache, lru_cache

from django.core.paginator import Page
from django.db.models import F, Model, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from discussions.choices import Order, State
from discussions.models import Comment, Thread
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.compiled_queries import CompiledQuery, rounded_up
from remedies_site.listing import CountedPaginator

ORDERINGS = {
    Order.BEST: ("-score", "pk"),
    Order.NEW: ("-pk",),
    Order.OLD: ("pk",),
    Order.DISCUSSED: ("-reply_count", "pk"),
}


class ThreadPaginator(CountedPaginator[Comment]):
    """Pages of threads; of many, `page_range` has the first and last ones and those around the current."""

    current = 1

    @property
    def page_range(self) -> list[int]:  # type: ignore[override]  # templates loop over it
        """The numbers to link to, rising."""
        last = self.num_pages
        near = {
            *range(1, 3),
            *range(self.current - 3, self.current + 4),
            *range(last - 1, last + 1),
        }
        return [number for number in sorted(near) if 1 <= number <= last]


def roots_of_page(
    threads: QuerySet[Comment], order: Order, page: Page[Comment]
) -> QuerySet[Comment, Comment]:
    """The roots of a page, counted from the nearer end of the list, in an index alone."""
    return _slice_of(threads, order, *_nearer_end(page))


def _nearer_end(page: Page[Comment]) -> tuple[int, int, bool]:
    """Where the page begins and ends in the list, or in the reversed one where its end is nearer."""
    first, last = page.start_index() - 1, page.end_index()
    total = page.paginator.count
    if first <= total - last:
        return first, last, False
    return total - last, total - first, True


def _slice_of(
    threads: QuerySet[Comment], order: Order, first: int, last: int, is_reversed: bool
) -> QuerySet[Comment, Comment]:
    columns = list(ORDERINGS[order])
    if is_reversed:
        columns = [name[1:] if name.startswith("-") else f"-{name}" for name in columns]
    return threads.order_by(*columns)[first:last]


def load_page_for_everybody(
    subject: Remedy | RemedyConditionEntry, order: Order, page: Page[Comment], limit: int
) -> tuple[list[Comment], list[Comment]]:
    """The roots of a page that all readers see, and their first `limit` replies: two queries."""
    roots = _roots(type(subject), order, *_nearer_end(page)).instances(Comment, subject.pk)
    keys = rounded_up([root.pk for root in roots])
    replies = _replies(len(keys), limit).instances(Comment, *keys)
    return roots, replies


@lru_cache(maxsize=200)
def _roots(
    kind: type[Model], order: Order, first: int, last: int, is_reversed: bool
) -> CompiledQuery:
    def build(key: int) -> QuerySet[Comment]:
        thread = Q(thread=thread_key_of(kind is Remedy, key))
        threads = Comment.objects.filter(thread, displayed_to(None), root__isnull=True)
        chosen = _slice_of(threads, order, first, last, is_reversed)
        roots = Comment.objects.filter(pk__in=chosen.values("pk")).select_related("author")
        return roots.order_by(*ORDERINGS[order])

    return CompiledQuery(build, int)


@cache
def _replies(number: int, limit: int) -> CompiledQuery:
    def build(*roots: int) -> QuerySet[Comment]:
        return _first_replies(roots, displayed_to(None), limit).select_related("author")

    return CompiledQuery(build, *[int] * number)


def comments_of(subject: Remedy | RemedyConditionEntry) -> Q:
    """The comments on a remedy or an entry."""
    return Q(thread=thread_key(subject))


def thread_key(subject: Remedy | RemedyConditionEntry) -> Subquery:
    """The key of the subject's thread, as a part of a query."""
    return thread_key_of(isinstance(subject, Remedy), subject.pk)


def thread_key_of(is_remedy: bool, key: int) -> Subquery:
    """The same by the key of the subject. A value and no join: a join has no order that PostgreSQL knows of."""
    column = "remedy" if is_remedy else "entry"
    return Subquery(Thread.objects.filter(**{column: key}).values("pk")[:1])


def displayed_to(viewer: User | None) -> Q:
    """All comments but those that are held, which only their authors see; hidden ones have a tombstone."""
    displayed = ~Q(state=State.HELD)
    return displayed | Q(author=viewer) if viewer else displayed


def replies_of_page(roots: Sequence[Comment], displayed: Q, limit: int) -> QuerySet[Comment]:
    """The first `limit` replies of each root. With the 0, an empty page takes as many queries."""
    keys = [0, *(root.pk for root in roots)]
    return _first_replies(keys, displayed, limit).select_related("author")


def _first_replies(roots: Sequence[int], displayed: Q, limit: int) -> QuerySet[Comment]:
    replies = Comment.objects.filter(displayed, root__in=roots)
    numbered = replies.annotate(
        number_in_thread=Window(RowNumber(), partition_by=[F("root")], order_by=["pk"])
    )
    return numbered.filter(number_in_thread__lte=limit).order_by("pk")


def cut_off_roots(roots: Sequence[Comment], replies: Sequence[Comment], limit: int) -> list[int]:
    """The keys of the roots with as many replies as the limit lets through."""
    counts: dict[int | None, int] = {}
    for reply in replies:
        counts[reply.root_id] = counts.get(reply.root_id, 0) + 1
    return [root.pk for root in roots if counts.get(root.pk, 0) >= limit]
