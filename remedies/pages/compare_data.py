"""What a comparison is made of: the remedies that are compared, and the cells of its table."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from publishing.selectors import Html
from remedies.choices import Certainty
from remedies.grading.record import GradeRecord
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, PrecautionRow, RegimenRow, RemedyDocument

_STACKED_ROWS = {"stops", "get-help"}
_SHORT_ROWS = {"effect", "certainty", "counted", "votes"}


@dataclass(frozen=True)
class CellLine:
    """One statement of a cell: what it is about in bold, the text, and its marks."""

    text: str | SafeString
    lead: str = ""
    marks: SafeString = field(default_factory=SafeString)
    caution_only: bool = False


@dataclass(frozen=True)
class Cell:
    """What one row says of one remedy; where there is nothing, `missing` says so in words.

    `mark` is the key of the direction's mark where the cell holds an effect.
    """

    remedy: str
    lines: list[CellLine] = field(default_factory=list)
    missing: str = ""
    certainty: Certainty | None = None
    mark: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class ComparedRow:
    """One heading with a cell for each remedy."""

    key: str
    heading: str
    cells: list[Cell]

    @property
    def is_short(self) -> bool:
        """Whether its answers are of a few words, so that they stand side by side on a phone too."""
        return self.key in _SHORT_ROWS

    @property
    def is_stacked(self) -> bool:
        """Whether a phone shows its answers one below the other: nobody shall miss one at the side."""
        return self.key in _STACKED_ROWS


@dataclass(frozen=True)
class ComparedEntry:
    """The published entry of a remedy for the condition."""

    entry: RemedyConditionEntry
    document: EntryDocument
    html: Html
    grade: GradeRecord


@dataclass(frozen=True)
class ComparedRemedy:
    """One remedy of a comparison; `reviewed` is None where it has no entry for the condition."""

    remedy: Remedy
    document: RemedyDocument
    reviewed: ComparedEntry | None

    @property
    def name(self) -> str:
        """The remedy's published name."""
        return self.document.name

    @property
    def url(self) -> str:
        """The page with everything: the entry's, or else the remedy's."""
        subject = self.reviewed.entry if self.reviewed else self.remedy
        return subject.get_absolute_url()

    @property
    def regimens(self) -> list[RegimenRow]:
        """The doses of the entry; none where there is no entry."""
        return self.reviewed.document.regimens if self.reviewed else []

    @property
    def precautions(self) -> list[PrecautionRow]:
        """The entry's own before those true for every entry of the remedy."""
        own = self.reviewed.document.precautions if self.reviewed else []
        return [*own, *self.document.precautions]
