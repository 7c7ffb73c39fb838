"""Pages of the threads of one discussion, chosen in an index alone."""

from django.core.paginator import Page
from django.db.models import QuerySet

from discussions.choices import Order
from discussions.models import Comment
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
