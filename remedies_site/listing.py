"""Paginated lists with filter links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

PER_PAGE = 50

T = TypeVar("T")
M = TypeVar("M", bound=Model)


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
    """One page of a filtered list; `start` is the URL of a page without its number."""

    rows: list[M]
    page: Page[M]
    start: str
    filter_name: str
    choices: list[Choice]
    chosen: str

    @property
    def links(self) -> list[FilterLink]:
        """The links of the filter."""
        return filter_links(self.filter_name, self.choices, self.chosen)


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
    """A page of `rows` filtered by `?name=` (the column `shown_<name>`), in two queries.

    A value that is none of `labels` does not filter.
    """
    column = f"shown_{name}"
    grouped = rows.order_by().values_list(column).annotate(number=Count("pk"))
    counts: dict[str, int] = dict(grouped)
    chosen = request.GET.get(name, "")
    chosen = chosen if chosen in labels.values else ""
    total = counts.get(chosen, 0) if chosen else sum(counts.values())
    filtered = rows.filter(**{column: chosen}) if chosen else rows
    paginator = CountedPaginator[M](filtered, PER_PAGE, count=total)
    page = paginator.get_page(page_number(request.GET.get("page")))
    choices = [
        Choice(label.value, capfirst(str(label.label)), counts[label.value])
        for label in labels
        if label.value in counts
    ]
    start = f"?{urlencode({name: chosen})}&" if chosen else "?"
    return Listing(list(page.object_list), page, start, name, choices, chosen)


def page_number(text: str | None) -> int:
    """The page that a URL parameter names; 1 for anything that `parse_positive` rejects."""
    return parse_positive(text) or 1


def parse_positive(text: str | None) -> int | None:
    """A positive number of at most nine ASCII digits in a URL or a form, else None."""
    digits = (text or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 10
    return int(digits) or None if is_number else None
