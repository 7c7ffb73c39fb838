"""What differs between two documents as a page shows it: every part in words, with its two texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.history.document_changes import (
    DocumentChange,
    RowChange,
    RowState,
    StoredChange,
    TableChange,
    compare_documents,
)
from publishing.history.wording import Labels, PhraseBook, phrases_of
from publishing.models import Revision, Subject
from remedies_site.differences import Segment, differences
from remedies_site.documents import Document
from remedies_site.rows import relations_of

Stored = Mapping[str, Any]


@dataclass(frozen=True)
class TextBlock:
    """Whole lines of a text, or its beginning or end; `is_folded` where no word of them differs."""

    segments: list[Segment]
    is_folded: bool = False

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return sum(segment.text.count("\n") for segment in self.segments)


_FEWEST_FOLDED = 4
"""Lines without a difference that are folded away."""


@dataclass(frozen=True)
class ShownField:
    """A field with its two texts, empty where there is none."""

    label: str
    before: str
    after: str

    @property
    def segments(self) -> list[Segment]:
        """Both texts as one, word by word."""
        return differences(self.before, self.after)

    @property
    def blocks(self) -> list[TextBlock]:
        """Both texts as one, where many lines without a difference are a block of their own."""
        segments = self.segments
        blocks = [TextBlock([])]
        for place, segment in enumerate(segments):
            if segment.kind != "same":
                blocks[-1].segments.append(segment)
                continue
            before, folded, after = _fold(
                segment.text, is_first=place == 0, is_last=place == len(segments) - 1
            )
            if before:
                blocks[-1].segments.append(Segment("same", before))
            if folded:
                blocks += [TextBlock([Segment("same", folded)], is_folded=True), TextBlock([])]
            if after:
                blocks[-1].segments.append(Segment("same", after))
        return [block for block in blocks if block.segments]

    @property
    def two_sided(self) -> tuple[list[Segment], list[Segment]]:
        """The text before, with what was taken out marked, and the text after, with what is new."""
        segments = self.segments
        return (
            [segment for segment in segments if segment.kind != "added"],
            [segment for segment in segments if segment.kind != "removed"],
        )


def _fold(text: str, *, is_first: bool, is_last: bool) -> tuple[str, str, str]:
    """The line that a difference stands in, the lines to fold, and the line that the next stands in."""
    lines = text.splitlines(keepends=True)
    start = 0 if is_first else 1
    end = len(lines) if is_last else len(lines) - 1
    if end - start < _FEWEST_FOLDED:
        return text, "", ""
    return "".join(lines[:start]), "".join(lines[start:end]), "".join(lines[end:])


@dataclass(frozen=True)
class ChangedRow:
    """A row that was added, taken out, edited or moved. Places are counted from 1."""

    state: RowState
    title: str
    place_before: int | None
    place_after: int | None
    fields: list[ShownField]

    @property
    def is_moved(self) -> bool:
        """Whether it changed places with another row."""
        return self.state in {RowState.MOVED, RowState.MOVED_AND_CHANGED}


@dataclass(frozen=True)
class ShownPart:
    """A part of a document that differs: one field, or rows and how many of them are the same."""

    label: str
    is_safety: bool
    field: ShownField | None = None
    rows: tuple[ChangedRow, ...] = ()
    same_rows: int = 0


@dataclass(frozen=True)
class ShownChange:
    """All that differs between two documents, and the labels of what does not.

    `grade` is the grade in words, where the words differ; `ledger_changed` says that the steps behind
    the same words do.
    """

    parts: list[ShownPart]
    unchanged: list[str]
    grade: ShownField | None = None
    ledger_changed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether readers see no difference at all."""
        return not (self.parts or self.grade or self.ledger_changed)

    @property
    def touches_safety(self) -> bool:
        """Whether a part differs that can do harm where it is wrong."""
        return any(part.is_safety for part in self.parts)

    @property
    def summary(self) -> str:
        """“2 texts changed, 1 row added, 1 row moved”."""
        texts = sum(part.field is not None for part in self.parts)
        phrases = [_count_texts(texts)] if texts else []
        states = [row.state for part in self.parts for row in part.rows]
        for state in RowState:
            if count := states.count(state):
                phrases.append(_count_rows(count, state))
        return ", ".join(phrases)


def _count_texts(count: int) -> str:
    return ngettext("%(count)s field changed", "%(count)s fields changed", count) % {"count": count}


def _count_rows(count: int, state: RowState) -> str:
    return ngettext("%(count)s row %(state)s", "%(count)s rows %(state)s", count) % {
        "count": count,
        "state": state.label,
    }


def shown_change(
    subject: Subject[Revision],
    schema: type[Document],
    before: Stored,
    after: Stored,
    grades: tuple[Stored | None, Stored | None] = (None, None),
) -> ShownChange:
    """What a page shows of the difference between two stored documents of a subject, and two grades."""
    book = phrases_of(type(subject))
    labels = Labels(type(subject), schema)
    change = compare_documents(
        before,
        after,
        order=list(schema.model_fields),
        identities={
            name: getattr(row, "identity", ()) for name, row in relations_of(schema).items()
        },
    )
    words = [book.format_grade(grade) if grade else "" for grade in grades]
    return ShownChange(
        parts=[_shown_part(part, labels, book) for part in change.parts],
        unchanged=_unchanged_labels(change, labels),
        grade=ShownField(_("Grade"), *words) if words[0] != words[1] else None,
        ledger_changed=words[0] == words[1] and grades[0] != grades[1],
    )


def _unchanged_labels(change: DocumentChange, labels: Labels) -> list[str]:
    return list(dict.fromkeys(labels.label(name) for name in change.unchanged))


def _shown_part(part: StoredChange | TableChange, labels: Labels, book: PhraseBook) -> ShownPart:
    label, is_safety = labels.label(part.name), labels.bears_on_safety(part.name)
    if isinstance(part, StoredChange):
        return ShownPart(label, is_safety, field=_shown_field(part, labels, fills=True))
    of_rows = labels.of_rows(part.name, book)
    rows = tuple(_shown_row(row, of_rows) for row in part.rows if row.state is not RowState.SAME)
    return ShownPart(label, is_safety, rows=rows, same_rows=len(part.rows) - len(rows))


def _shown_field(change: StoredChange, labels: Labels, *, fills: bool) -> ShownField:
    """`fills` puts the default of the schema where a document leaves the field out."""
    texts = [
        labels.default_text(change.name)
        if value is None and fills
        else labels.text(change.name, value)
        for value in (change.before, change.after)
    ]
    return ShownField(labels.label(change.name), *texts)


def _shown_row(row: RowChange, labels: Labels) -> ChangedRow:
    in_both = row.place_before is not None and row.place_after is not None
    fields = [_shown_field(change, labels, fills=in_both) for change in row.fields]
    before, after = labels.phrase(row.before), labels.phrase(row.after)
    if before != after:
        fields.insert(0, ShownField(_("As the page shows it"), before, after))
    return ChangedRow(
        state=row.state,
        title=labels.title(row.after or row.before),
        place_before=_from_one(row.place_before),
        place_after=_from_one(row.place_after),
        fields=fields,
    )


def _from_one(place: int | None) -> int | None:
    return None if place is None else place + 1
