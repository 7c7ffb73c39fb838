"""Lists of the admin over tables that grow: nothing is counted beyond what anybody turns the pages of."""

from functools import cached_property
from typing import TypeVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet

MOST_ROWS = 10_000
"""Rows that a list of the admin has pages for; search and filters find the others."""

ModelT = TypeVar("ModelT", bound=Model)


class BoundedPaginator(Paginator[ModelT]):
    """Counts up to `MOST_ROWS` rows, and has no page beyond them."""

    @cached_property
    def count(self) -> int:
        """The number of rows, at most `MOST_ROWS`."""
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return rows.order_by()[:MOST_ROWS].count()
        return min(len(rows), MOST_ROWS)


class BoundedListAdmin(admin.ModelAdmin[ModelT]):
    """A list of the admin whose first page costs the same however many rows there are."""

    paginator = BoundedPaginator
    list_per_page = list_max_show_all = 100
    show_full_result_count = False
