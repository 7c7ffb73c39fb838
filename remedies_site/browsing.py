"""Lists that readers page through and narrow by one closed list of values."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.text import capfirst

from remedies_site.pagination import page_number

PER_PAGE = 50


@dataclass(frozen=True)
class Pages:
    """Where a page stands among its likes; `start` is the address up to the page's number."""

    page: int
    pages: int
    total: int
    start: str = "?"

    @property
    def page_numbers(self) -> range:
        """Every page."""
        return range(1, self.pages + 1)

    @property
    def span(self) -> slice:
        """The rows of the page."""
        return slice((self.page - 1) * PER_PAGE, self.page * PER_PAGE)


@dataclass(frozen=True)
class Choice:
    """One value that the list can be narrowed to, with the number of its rows."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Listing:
    """One page of a list under its filter."""

    rows: list[Any]
    pages: Pages
    filter_name: str
    choices: list[Choice]
    chosen: str


def pages_of(total: int, wanted: str | None, start: str = "?") -> Pages:
    """The page that was asked for, or the nearest that there is."""
    last = max(1, -(-total // PER_PAGE))
    return Pages(min(page_number(wanted), last), last, total, start)


def listing(
    request: HttpRequest, rows: QuerySet[Any], name: str, labels: type[TextChoices]
) -> Listing:
    """A page of `rows` narrowed by `?name=`, in two queries. The column is `shown_` and the name;
    a value that is none of `labels` narrows nothing."""
    column = f"shown_{name}"
    grouped = rows.order_by().values_list(column).annotate(number=Count("pk"))
    counts: dict[str, int] = dict(grouped)
    chosen = request.GET.get(name, "")
    chosen = chosen if chosen in labels.values else ""
    total = counts.get(chosen, 0) if chosen else sum(counts.values())
    start = f"?{urlencode({name: chosen})}&" if chosen else "?"
    pages = pages_of(total, request.GET.get("page"), start)
    narrowed = rows.filter(**{column: chosen}) if chosen else rows
    choices = [
        Choice(label.value, capfirst(str(label.label)), counts[label.value])
        for label in labels
        if label.value in counts
    ]
    return Listing(list(narrowed[pages.span]), pages, name, choices, chosen)
