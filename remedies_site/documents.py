"""The one document format: strict models that a content file, a revision and the API share.

Each app declares its own documents on `Document`; this module knows only how a document is
checked, written out in one canonical shape, and how its errors are put into words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic import ValidationError as PydanticError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LINE_END = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


M = TypeVar("M")


@dataclass(frozen=True)
class RefersTo:
    """Marks a field that names rows of another table by one of their columns."""

    column: str


class NotProse:
    """Marks a field whose text is a name or a URL: editors' rules for prose leave it alone."""


NOT_PROSE = NotProse()


class Leaf(NamedTuple):
    """A field that is no document itself: where it is, how its schema marks it, and its value."""

    path: tuple[int | str, ...]
    markers: tuple[Any, ...]
    value: Any

    def marker(self, kind: type[M]) -> M | None:
        """The marker of this kind, None where the schema gives none."""
        return next((marker for marker in self.markers if isinstance(marker, kind)), None)


class Document(BaseModel):
    """Base of every document and of every row in one: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    def canonical(self) -> dict[str, Any]:
        """The document as plain JSON values: fields in declared order, defaults left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def with_dates(self) -> dict[str, Any]:
        """As `canonical`, with dates as `date`: for formats that know dates."""
        dumped: dict[str, Any] = _dates_kept(
            self.canonical(), self.model_dump(exclude_defaults=True)
        )
        return dumped

    def leaves(self, path: tuple[int | str, ...] = ()) -> Iterator[Leaf]:
        """Every field in declared order, those of rows inside it too."""
        for name, field in type(self).model_fields.items():
            yield from _leaves((*path, name), tuple(field.metadata), getattr(self, name))

    def prose(self) -> dict[str, str]:
        """The longer texts of the document, Markdown by field; those that are empty left out."""
        return {}

    def publish_errors(self) -> Iterator[tuple[str, str]]:
        """What still keeps a well-formed draft from being published, as (field, sentence)."""
        return iter(())


class Row(Document):
    """One row inside a document (a regimen, a red flag, a limit)."""

    def words(self) -> list[str]:
        """The sentences that readers see of it and may search for."""
        return []


def _leaves(path: tuple[int | str, ...], markers: tuple[Any, ...], value: Any) -> Iterator[Leaf]:
    if isinstance(value, Document):
        yield from value.leaves(path)
    elif isinstance(value, list) and value and isinstance(value[0], Document):
        for position, row in enumerate(value):
            yield from row.leaves((*path, position))
    else:
        yield Leaf(path, markers, value)


def _dates_kept(plain: Any, python: Any) -> Any:
    """`plain` as JSON has it, but for the dates of `python`, which has the same shape."""
    if isinstance(python, dict):
        return {name: _dates_kept(plain[name], part) for name, part in python.items()}
    if isinstance(python, list):
        return [_dates_kept(*parts) for parts in zip(plain, python, strict=True)]
    return python if isinstance(python, date) else plain


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("must be a single line")
    if _CONTROL.search(text):
        raise ValueError("holds a control character")
    if "[@" in text:
        raise ValueError("citation marks belong in the longer texts; name the key in `citations`")
    return text


def _text(text: str) -> str:
    """A browser ends lines with two characters, a file with one: it is the same text."""
    text = _LINE_END.sub("\n", text)
    if _CONTROL.search(text):
        raise ValueError("holds a control character")
    return text


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError("must be lower-case letters and digits joined by single hyphens")
    return text


def _exact(value: Any) -> Any:
    """Read 12.4 from a file as the decimal 12.4, not as its nearest binary fraction."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else value


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _sorted_unique(keys: list[str]) -> list[str]:
    if len(set(keys)) != len(keys):
        raise ValueError("names a key twice")
    return sorted(keys)


Line = Annotated[str, AfterValidator(_one_line)]
"""A single line of plain text, shown as it stands."""

FilledLine = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]

Markdown = Annotated[str, AfterValidator(_text)]
"""Markdown of the editors' policy, with citation marks."""


def at_most(letters: int) -> Any:
    """A text that fits its column: only one of our databases minds a longer one."""
    return Field(max_length=letters)


Slug = Annotated[str, AfterValidator(_slug), Field(max_length=80), NOT_PROSE]

Amount = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(gt=0, max_digits=10, decimal_places=3),
    PlainSerializer(_plain_number, when_used="json"),
]

Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
"""A number of people, as far as a database counts."""

Keys = Annotated[list[str], AfterValidator(_sorted_unique)]
"""Keys of other rows, kept in alphabetical order so that one set has one spelling."""

Aliases = Annotated[list[FilledLine], Field(max_length=60)]

OptionalDate = date | None


def holds_figure(text: str) -> bool:
    """Whether a text holds a number in figures: 2, ٢, ² or ½; a number in words is none."""
    return any(unicodedata.category(letter).startswith("N") for letter in text)


def validation_errors(error: PydanticError) -> Iterator[tuple[str, str]]:
    """Each error of an invalid document as (field, message): ("regimens[2].unit", "…")."""
    for detail in error.errors(include_url=False, include_context=False):
        yield field_path(detail["loc"]), _message(detail)


def field_path(location: tuple[int | str, ...]) -> str:
    """`("regimens", 1, "unit")` as `regimens[2].unit`: rows are counted from one, as people do."""
    path = ""
    for part in location:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or "(whole)"


def _message(detail: Any) -> str:
    if detail["type"] == "missing":
        return "is missing"
    if detail["type"] == "extra_forbidden":
        return "is not a field of this document"
    message = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] in {"value_error", "enum"}:
        return f"{message} (it says {detail['input']!r})"
    return f"{message} (it says {str(detail['input'])[:60]!r})"
