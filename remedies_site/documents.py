"""The document format: strict pydantic models that content files and revisions share.

Each app declares its own documents on `Document`. Here is what they have in common: validation,
serialisation in one canonical form, and error messages.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic import ValidationError as PydanticError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LINE_END = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]")
"""Control characters, and those that embed or override a direction: they turn the figures around them."""


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
    markers: tuple[object, ...]
    value: Any

    def marker(self, kind: type[M]) -> M | None:
        """The marker of this kind, None where the schema gives none."""
        return next((marker for marker in self.markers if isinstance(marker, kind)), None)


class Document(BaseModel):
    """Base of every document and of every row in one; unknown fields are errors."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )

    def canonical(self) -> dict[str, Any]:
        """The document as JSON values: fields in declared order, defaults left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def with_dates(self) -> dict[str, Any]:
        """As `canonical`, but with `date` values: for formats that have dates (YAML)."""
        dumped: dict[str, Any] = _restore_dates(
            self.canonical(), self.model_dump(exclude_defaults=True)
        )
        return dumped

    def leaves(self, path: tuple[int | str, ...] = ()) -> Iterator[Leaf]:
        """Every field in declared order, including those of nested rows."""
        for name, field in type(self).model_fields.items():
            yield from _leaves((*path, name), tuple(field.metadata), getattr(self, name))

    def prose(self) -> dict[str, str]:
        """The non-empty Markdown texts of the document, by field name."""
        return {}

    def publish_errors(self) -> Iterator[tuple[str, str]]:
        """What keeps a valid draft from being published, as (field path, message)."""
        return iter(())


class Row(Document):
    """A row nested in a document (a regimen, a red flag, a limit)."""

    identity: ClassVar[tuple[str, ...]] = ()
    """The fields by which a row is known again, whatever else of it was edited."""

    def words(self) -> list[str]:
        """The texts of the row that readers see and search indexes."""
        return []


def _leaves(path: tuple[int | str, ...], markers: tuple[object, ...], value: Any) -> Iterator[Leaf]:
    if isinstance(value, Document):
        yield from value.leaves(path)
    elif isinstance(value, list) and value and isinstance(value[0], Document):
        for position, row in enumerate(value):
            yield from row.leaves((*path, position))
    else:
        yield Leaf(path, markers, value)


def _restore_dates(plain: Any, python: Any) -> Any:
    """The JSON values `plain` with the dates of `python`, a structure of the same shape."""
    if isinstance(python, dict):
        return {name: _restore_dates(plain[name], part) for name, part in python.items()}
    if isinstance(python, list):
        return [_restore_dates(*parts) for parts in zip(plain, python, strict=True)]
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
    """The text with normalised line ends (browsers send CRLF, files hold LF)."""
    text = _LINE_END.sub("\n", text)
    if _CONTROL.search(text):
        raise ValueError("holds a control character")
    return text


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError("must be lower-case letters and digits joined by single hyphens")
    return text


def _exact(value: object) -> object:
    """Read the float 12.4 of a file as Decimal("12.4"), not as its nearest binary fraction."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else value


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _sorted_unique(keys: list[str]) -> list[str]:
    if len(set(keys)) != len(keys):
        raise ValueError("names a key twice")
    return sorted(keys)


Line = Annotated[str, AfterValidator(_one_line)]
"""A single line of plain text."""

FilledLine = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]

Markdown = Annotated[str, AfterValidator(_text)]
"""Markdown with citation marks, as `markup.render` takes it."""


def at_most(characters: int) -> FieldInfo:
    """At most as many characters as the column holds: SQLite would not check it."""
    field: FieldInfo = Field(max_length=characters)
    return field


Slug = Annotated[str, AfterValidator(_slug), Field(max_length=80), NOT_PROSE]

Amount = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(gt=0, max_digits=10, decimal_places=3),
    PlainSerializer(_plain_number, when_used="json"),
]

Figure = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(max_digits=10, decimal_places=3),
    PlainSerializer(_plain_number, when_used="json"),
]
"""As `Amount`, but it may be nought or negative: a difference, or an end of an interval."""

Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
"""A number of people, within the range of the database column."""

Keys = Annotated[list[str], AfterValidator(_sorted_unique)]
"""Keys of other rows, sorted, so that equal sets are equal documents."""

Aliases = Annotated[list[FilledLine], Field(max_length=60)]

OptionalDate = date | None


def holds_figure(text: str) -> bool:
    """Whether a text holds a number written in digits: 2, ٢, ² or ½, but not “two”."""
    return any(unicodedata.category(character).startswith("N") for character in text)


def validation_errors(error: PydanticError) -> Iterator[tuple[str, str]]:
    """The errors of an invalid document as (field path, message): ("regimens[2].unit", "…")."""
    for detail in error.errors(include_url=False, include_context=False):
        yield field_path(detail["loc"]), _message(detail)


def field_path(location: tuple[int | str, ...]) -> str:
    """`("regimens", 1, "unit")` as `regimens[2].unit`: rows are numbered from 1."""
    path = ""
    for part in location:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".") or "(whole)"


def _message(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return "is missing"
    if detail["type"] == "extra_forbidden":
        return "is not a field of this document"
    message = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] in {"value_error", "enum"}:
        return f"{message} (it says {detail['input']!r})"
    return f"{message} (it says {str(detail['input'])[:60]!r})"
