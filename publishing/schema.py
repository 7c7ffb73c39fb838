"""Rows that cite works, and checks that every published document shares."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from pydantic import model_validator

from citations.schema import CitationKeys
from remedies_site.documents import OptionalDate, Row, holds_figure


class NamedDocument(Protocol):
    """The document of a `NamedSubject`."""

    @property
    def name(self) -> str: ...

    @property
    def aliases(self) -> list[str]: ...

    @property
    def one_line(self) -> str: ...


class BearsOnSafety:
    """Marks a field that can do harm where it is wrong: doses, limits, warnings, interactions.

    Every list of `SourcedRow` is one without it.
    """


SAFETY = BearsOnSafety()


class SourcedRow(Row):
    """A safety row: it cites works, or it is a general caution not yet checked.

    A caution may be shown before anyone has checked it (safety runs the other way than claims),
    but then without figures: no hours, no amounts (decision 8 of the design).
    """

    citations: CitationKeys = []
    checked: bool = True

    @model_validator(mode="after")
    def _sourced_or_plain(self) -> "SourcedRow":
        if self.checked and not self.citations:
            raise ValueError("needs citations, or `checked: false` as a general caution")
        if not self.checked and any(holds_figure(text) for text in self.words()):
            raise ValueError("a caution that is not checked must not hold a figure")
        return self


class _CitingRow(Protocol):
    @property
    def citations(self) -> list[str]: ...


def uncited(field: str, rows: Sequence[_CitingRow]) -> Iterator[tuple[str, str]]:
    """The rows of one field that cite nothing, as (`field[2].citations`, message)."""
    for position, row in enumerate(rows, start=1):
        if not row.citations:
            yield f"{field}[{position}].citations", "is empty: name a source"


class _DatedDocument(Protocol):
    @property
    def written_on(self) -> OptionalDate: ...

    @property
    def review_due(self) -> OptionalDate: ...


DatedDocumentT = TypeVar("DatedDocumentT", bound=_DatedDocument)


def review_after_writing(document: DatedDocumentT) -> DatedDocumentT:
    """Validator of a document: raise ValueError where the next review is not after the writing."""
    written_on, review_due = document.written_on, document.review_due
    if written_on and review_due and review_due <= written_on:
        raise ValueError("review_due must be after written_on")
    return document
