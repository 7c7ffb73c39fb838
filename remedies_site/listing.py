"""Paginated lists with filter links."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from remedies_site.key_pages import KeyPage, key_page, read_position
from remedies_site.pagecache.live_parts import Compose, render_kept

PER_PAGE = 50
MOST_COUNTED = 1_000
"""A longer list from A to Z says neither how long it is nor how many rows a choice has."""

T = TypeVar("T")
M = TypeVar("M", bound=Model)


class FirstRows(list[T]):
    """The first rows of a list; `is_whole` says that there are no others."""

    def __init__(self, rows: Iterable[T] = (), *, is_whole: bool = True) -> None:
        """`rows` are in their order."""
        super().__init__(rows)
        self.is_whole = is_whole


class CountedPaginator(Paginator[T]):
    """A paginator that is given the number of rows, and so needs no query to count them."""

    def __init__(self, rows: QuerySet[Any, T] | Sequence[T], per_page: int, *, count: int) -> None:
        """`count`: the number of all rows."""
        super().__init__(rows, per_page)
        self.count = count


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with the number of rows that have it where that is shown."""

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class FilterLink:
    """The link that sets a filter to one value; the first link of a filter removes it."""

    url: str
    label: str
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class Listing(Generic[M]):
    """One page of a filtered list from A to Z; `start` is the URL of a page without its key.

    `count` is None where the list is longer than `MOST_COUNTED`.
    """

    page: KeyPage[M]
    count: int | None
    start: str
    filter_name: str
    choices: list[Choice]
    chosen: str

    @property
    def rows(self) -> list[M]:
        """What is on this page."""
        return self.page.rows

    @property
    def links(self) -> list[FilterLink]:
        """The links of the filter."""
        return filter_links(self.filter_name, self.choices, self.chosen)


def render_list(request: HttpRequest, template: str, compose: Compose) -> HttpResponse:
    """A list of published content. Its first page, unfiltered, is what most readers come for, and is kept.

    Others are rendered for each request: there are as many as filters and keys, and they would push it out.
    """
    if request.GET:
        return render(request, template, dict(compose()))
    return render_kept(request, template, compose, live={})


def filter_links(
    name: str, choices: Sequence[Choice], chosen: str, kept: Mapping[str, str] | None = None
) -> list[FilterLink]:
    """The links of the filter `?name=`, with the parameters of `kept`; none without a choice."""
    if len(choices) < 2 and not chosen:
        return []
    parameters = {key: value for key, value in (kept or {}).items() if value}
    everything = FilterLink(f"?{urlencode(parameters)}", _("Everything"), None, not chosen)
    return [everything] + [
        FilterLink(
            f"?{urlencode(parameters | {name: choice.value})}",
            choice.label,
            choice.count,
            choice.value == chosen,
        )
        for choice in choices
    ]


def paginate(
    rows: QuerySet[Any, T] | Sequence[T], requested: str | None, *, per_page: int = PER_PAGE
) -> Page[T]:
    """The page of `rows` that `?page=` requests; page 1 for no number, the last for one beyond it."""
    return Paginator(rows, per_page).get_page(page_number(requested))


def listing(
    request: HttpRequest, rows: QuerySet[M], name: str, labels: type[TextChoices]
) -> Listing[M]:
    """A page from A to Z of `rows`, named by slug and filtered by `?name=` (the column `shown_<name>`).

    In two queries; three for a page that names a row. A value that is none of `labels` does not filter.
    """
    column = f"shown_{name}"
    chosen = request.GET.get(name, "")
    chosen = chosen if chosen in labels.values else ""
    counts = _count_up_to_most(rows, column)
    filtered = rows.filter(**{column: chosen}) if chosen else rows
    position = read_position(request.GET)
    page = key_page(filtered, ("sort_key", "pk"), position, PER_PAGE, named_by="slug")
    choices = [
        Choice(label.value, capfirst(str(label.label)), counts.get(label.value) if counts else None)
        for label in labels
        if counts is None or label.value in counts
    ]
    count = None
    if counts is not None:
        count = counts.get(chosen, 0) if chosen else sum(counts.values())
    start = f"?{urlencode({name: chosen})}&" if chosen else "?"
    return Listing(page, count, start, name, choices, chosen)


def _count_up_to_most(rows: QuerySet[M], column: str) -> dict[str, int] | None:
    """The number of rows for each value of a column; None where there are more than `MOST_COUNTED`."""
    first = rows.order_by("sort_key").values_list(column, flat=True)[: MOST_COUNTED + 1]
    counts = Counter(first)
    return None if counts.total() > MOST_COUNTED else dict(counts)


def page_number(text: str | None) -> int:
    """The page that a URL parameter names; 1 for anything that `parse_positive` rejects."""
    return parse_positive(text) or 1


def parse_positive(text: str | None) -> int | None:
    """A positive number of at most nine ASCII digits in a URL or a form, else None."""
    digits = (text or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 10
    return int(digits) or None if is_number else None
