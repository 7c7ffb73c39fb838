"""Pages of long lists by key: each begins after the last row of the one before it.

No page counts the rows or skips over those before it, so the last page of 200,000 rows costs what the
first one does. A URL names a page by a row beside it: `?after=magnesium`, `?before=zinc`, or `?last`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Func, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.http import QueryDict

T = TypeVar("T")
S = TypeVar("S")
M = TypeVar("M", bound=Model)
Key = tuple[object, ...]
"""The values of the columns that a list is ordered by."""
LONGEST_TOKEN = 120
MOST_ID = 2**63 - 1
"""A larger number is the primary key of no row, and no database binds it."""


@dataclass(frozen=True)
class PagePosition:
    """Which page of a list a URL asks for.

    `token` names the row beside the page, empty for the first page and for the last. `backwards` says
    that the page ends before that row, or with the list.
    """

    token: str = ""
    backwards: bool = False

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of a URL that ask for this page."""
        if not self.token:
            return {"last": "1"} if self.backwards else {}
        return {"before" if self.backwards else "after": self.token}


FIRST = PagePosition()


@dataclass(frozen=True)
class KeyPage(Generic[T]):
    """One page of a list: its rows, and the tokens of its first and last row where others surround them."""

    rows: list[T]
    before: str = ""
    after: str = ""

    @property
    def has_other_pages(self) -> bool:
        """Whether the list goes on before or after these rows."""
        return bool(self.before or self.after)

    def map(self, function: Callable[[T], S]) -> "KeyPage[S]":
        """The same page of what a function makes of each row."""
        return KeyPage([function(row) for row in self.rows], self.before, self.after)


def read_position(query: QueryDict, prefix: str = "") -> PagePosition:
    """The page that `after`, `before` or `last` ask for; the first for anything that names no row.

    `prefix` stands before the names of the parameters where a page has two lists.
    """
    if f"{prefix}last" in query:
        return PagePosition(backwards=True)
    for name in ("after", "before"):
        token = query.get(prefix + name, "")
        if token and len(token) <= LONGEST_TOKEN and token.isprintable():
            return PagePosition(token, backwards=name == "before")
    return FIRST


def key_page(
    rows: QuerySet[M],
    order: Sequence[str],
    position: PagePosition,
    per_page: int,
    *,
    named_by: str,
) -> KeyPage[M]:
    """A page of `rows` in the order of these columns, all rising or (each with a minus) all falling.

    The last column is unique. `named_by` is the column of the list's own model that names a row in a
    URL. One query for the first page and the last, two for the others; where a URL asks for what
    follows the last row, or comes before the first, the page is the last, or the first.
    """
    key = None
    if position.token:
        key = _key_of(rows, order, position.token, named_by)
        position = position if key else FIRST
    found = _slice(rows, order, position, key, per_page)
    if not found and position.token:
        position, key = PagePosition(backwards=not position.backwards), None
        found = _slice(rows, order, position, key, per_page)
    return page_of(found, position, per_page, lambda row: str(getattr(row, named_by)))


def page_of(
    found: list[T], position: PagePosition, per_page: int, token: Callable[[T], str]
) -> KeyPage[T]:
    """The page of the rows found from a position on, nearest first; one too many says that there are more."""
    goes_on, rows = len(found) > per_page, found[:per_page]
    came_from = bool(position.token)
    if position.backwards:
        rows.reverse()
        goes_on, came_from = came_from, goes_on
    if not rows:
        return KeyPage([])
    return KeyPage(
        rows,
        before=token(rows[0]) if came_from else "",
        after=token(rows[-1]) if goes_on else "",
    )


def _slice(
    rows: QuerySet[M],
    order: Sequence[str],
    position: PagePosition,
    key: Key | None,
    per_page: int,
) -> list[M]:
    if position.backwards:
        order = [column[1:] if column.startswith("-") else f"-{column}" for column in order]
    if key is not None:
        rows = rows.filter(beyond(rows.model, order, key))
    return list(rows.order_by(*order)[: per_page + 1])


def _key_of(rows: QuerySet[M], order: Sequence[str], token: str, named_by: str) -> Key | None:
    """The key of the row that a token names; None where the list has no such row.

    Rows that are not in the list, such as drafts, must not be told from those that do not exist.
    """
    try:
        value = _field(rows.model, named_by).to_python(token)
    except ValidationError:
        return None
    if isinstance(value, int) and not 0 < value <= MOST_ID:
        return None
    columns = [column.removeprefix("-") for column in order]
    return rows.filter(**{named_by: value}).order_by("pk").values_list(*columns).first()


class _Row(Func):
    """Several columns, or several values, as one row of SQL."""

    template = "(%(expressions)s)"


def beyond(model: type[Model], order: Sequence[str], key: Key) -> GreaterThan | LessThan:
    """The condition that a row follows the key in this order: one comparison of rows, which an index answers."""
    falls = order[0].startswith("-")
    columns = [column.removeprefix("-") for column in order]
    fields = [_field(model, column) for column in columns]
    left = _Row(*[F(column) for column in columns], output_field=fields[0])
    right = _Row(
        *[Value(value, output_field=field) for value, field in zip(key, fields, strict=True)],
        output_field=fields[0],
    )
    return LessThan(left, right) if falls else GreaterThan(left, right)


def _field(model: type[Model], column: str) -> "Field[Any, Any]":
    *relations, name = column.split("__")
    for relation in relations:
        related = model._meta.get_field(relation).related_model
        assert isinstance(related, type)  # noqa: S101  (models are loaded)
        model = related
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101  (a column)
    return field
