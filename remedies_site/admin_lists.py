"""Lists of the admin over tables that grow: nothing is counted beyond what anybody turns the pages of."""

from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.text import smart_split
from django.utils.translation import ngettext

MOST_ROWS = 10_000
"""Rows that a list of the admin has pages for; search and filters find the others."""

MOST_WORDS = 30
"""Words that a search of the admin looks for: each is a condition, and databases nest only so many."""

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


class BoundedSearchMixin(admin.ModelAdmin[ModelT]):
    """A search of the admin that looks for the first `MOST_WORDS` words, and says so where there are more."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ModelT], search_term: str
    ) -> tuple[Any, bool]:
        """As Django does, with the first words."""
        words = list(islice(smart_split(search_term), MOST_WORDS + 1))
        if len(words) > MOST_WORDS:
            search_term = " ".join(words[:MOST_WORDS])
            message = ngettext(
                "The list was searched for the first word alone.",
                "The list was searched for the first %(count)d words alone.",
                MOST_WORDS,
            )
            match = request.resolver_match
            if match and (match.url_name or "").endswith("_changelist"):  # choices have no messages
                messages.warning(request, message % {"count": MOST_WORDS})
        return super().get_search_results(request, queryset, search_term)
