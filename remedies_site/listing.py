"""Lists that readers page through and narrow by one closed list of values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

PER_PAGE = 50


@dataclass(frozen=True)
class Pages:
    """Where a page stands among its likes; `start` is the address up to the page's number."""

    page: int
    pages: int
    total: int
    start: str = "?"
    per_page: int = PER_PAGE

    @property
    def page_numbers(self) -> range:
        """Every page."""
        return range(1, self.pages + 1)

    @property
    def span(self) -> slice:
        """The rows of the page."""
        return slice((self.page - 1) * self.per_page, self.page * self.per_page)


@dataclass(frozen=True)
class Choice:
    """One value that a list can be narrowed to, with the number of its rows where it is told."""

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class FilterLink:
    """One value of a filter as a link; the first of them takes the filter away."""

    address: str
    label: str
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class Listing:
    """One page of a list under its filter."""

    rows: list[Any]
    pages: Pages
    filter_name: str
    choices: list[Choice]
    chosen: str

    @property
    def links(self) -> list[FilterLink]:
        """The filter as links."""
        return filter_links(self.filter_name, self.choices, self.chosen)


def filter_links(
    name: str, choices: Sequence[Choice], chosen: str, kept: Mapping[str, str] | None = None
) -> list[FilterLink]:
    """The filter `?name=` as links that leave `kept` as it is; none where there is no choice."""
    if len(choices) < 2 and not chosen:
        return []
    rest = {key: value for key, value in (kept or {}).items() if value}
    every = FilterLink(f"?{urlencode(rest)}", _("Everything"), None, not chosen)
    return [every] + [
        FilterLink(
            f"?{urlencode(rest | {name: choice.value})}",
            choice.label,
            choice.count,
            choice.value == chosen,
        )
        for choice in choices
    ]


def pages_of(
    total: int, number: str | None = None, start: str = "?", *, per_page: int = PER_PAGE
) -> Pages:
    """The page with this number, as a URL gives it; 1 for what is no number, else the nearest."""
    page = Paginator(range(total), per_page).get_page(page_number(number))
    return Pages(page.number, page.paginator.num_pages, total, start, per_page)


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


def page_number(text: str | None) -> int:
    """The number of a page as an address gives it; 1 for whatever is none."""
    digits = (text or "").strip()
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1
