"""Which comments a page of a discussion shows: its roots, chosen in an index alone, and their replies."""

from collections.abc import Sequence

from django.core.paginator import Page
from django.db.models import F, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from discussions.choices import Order, State
from discussions.models import Comment, Thread
from remedies.models import Remedy, RemedyConditionEntry
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
    first, last = page.start_index() - 1, page.end_index()
    total = page.paginator.count
    columns = ORDERINGS[order]
    if first <= total - last:
        return threads.order_by(*columns)[first:last]
    reverse = [name[1:] if name.startswith("-") else f"-{name}" for name in columns]
    return threads.order_by(*reverse)[total - last : total - first]


def comments_of(subject: Remedy | RemedyConditionEntry) -> Q:
    """The comments on a remedy or an entry."""
    # A value and no join: a join has no order that PostgreSQL knows of.
    return Q(thread=thread_key(subject))


def thread_key(subject: Remedy | RemedyConditionEntry) -> Subquery:
    """The key of the subject's thread, as a part of a query."""
    column = "remedy" if isinstance(subject, Remedy) else "entry"
    return Subquery(Thread.objects.filter(**{column: subject}).values("pk")[:1])


def displayed_to(viewer: User | None) -> Q:
    """All comments but those that are held, which only their authors see; hidden ones have a tombstone."""
    displayed = ~Q(state=State.HELD)
    return displayed | Q(author=viewer) if viewer else displayed


def replies_of_page(roots: Sequence[Comment], displayed: Q, limit: int) -> QuerySet[Comment]:
    """The first `limit` replies of each root. With the 0, an empty page takes as many queries."""
    replies = Comment.objects.filter(displayed, root__in=[0, *(root.pk for root in roots)])
    numbered = replies.annotate(
        number_in_thread=Window(RowNumber(), partition_by=[F("root")], order_by=["pk"])
    )
    return numbered.filter(number_in_thread__lte=limit).select_related("author").order_by("pk")


def cut_off_roots(roots: Sequence[Comment], replies: Sequence[Comment], limit: int) -> list[int]:
    """The keys of the roots with as many replies as the limit lets through."""
    counts: dict[int | None, int] = {}
    for reply in replies:
        counts[reply.root_id] = counts.get(reply.root_id, 0) + 1
    return [root.pk for root in roots if counts.get(root.pk, 0) >= limit]
