"""The document of a condition: what its content file, its revisions and the API hold."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from pydantic import model_validator

from citations.claims.rules import faults
from conditions.vocabulary import Category
from remedies_site.documents import (
    Aliases,
    Document,
    FilledLine,
    Keys,
    Line,
    Markdown,
    OptionalDate,
    Row,
    Slug,
    at_most,
    holds_figure,
)


class SourcedRow(Row):
    """A safety row: it rests on citations, or it is a general caution not yet checked.

    A caution may be shown before anyone has checked it (safety runs the other way than claims),
    but then without figures: no hours, no amounts (decision 8 of the design).
    """

    citations: Keys = []
    checked: bool = True

    @model_validator(mode="after")
    def _sourced_or_plain(self) -> "SourcedRow":
        if self.checked and not self.citations:
            raise ValueError("needs citations, or `checked: false` as a general caution")
        if not self.checked and any(holds_figure(text) for text in self.words()):
            raise ValueError("a caution that is not checked must not hold a figure")
        return self


class RedFlagRow(SourcedRow):
    """A sign that needs a doctor. `text` finishes "See a doctor if: …"."""

    text: Annotated[FilledLine, at_most(300)]

    def words(self) -> list[str]:
        return [self.text]


class FirstCareRow(Row):
    """One sentence on what doctors usually do first, with its source."""

    text: Annotated[FilledLine, at_most(500)]
    citations: Keys

    def words(self) -> list[str]:
        return [self.text]


class ConditionDocument(Document):
    """A condition with its red flags and usual first care."""

    slug: Slug
    name: Annotated[FilledLine, at_most(120)]
    aliases: Aliases = []
    category: Category
    one_line: Annotated[FilledLine, at_most(300)]
    overview: Markdown = ""
    red_flags: list[RedFlagRow] = []
    first_care: list[FirstCareRow] = []
    icd10: Annotated[Line, at_most(60)] = ""
    mesh: Annotated[Line, at_most(20)] = ""
    written_on: OptionalDate = None
    review_due: OptionalDate = None

    @model_validator(mode="after")
    def _review_after_writing(self) -> "ConditionDocument":
        check_review_dates(self.written_on, self.review_due)
        return self

    def prose(self) -> dict[str, str]:
        """The overview."""
        return {"overview": self.overview} if self.overview else {}

    def unready(self) -> Iterator[tuple[str, str]]:
        """Claims and first care without a source are not published."""
        yield from faults(self)
        yield from uncited("first_care", self.first_care)


def uncited(name: str, rows: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """The rows of one field that name no source, as faults."""
    for position, row in enumerate(rows, start=1):
        if not row.citations:
            yield f"{name}[{position}].citations", "is empty: name a source"


def check_review_dates(written_on: OptionalDate, review_due: OptionalDate) -> None:
    """Raise ValueError where the next review falls before the writing."""
    if written_on and review_due and review_due <= written_on:
        raise ValueError("review_due must be after written_on")
