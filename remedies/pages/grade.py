"""The page of an entry's grade: every step of the rule and every input."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from citations.references import ListedReference, PageReferences
from publishing.models import Revision
from remedies.charts.staircase import Staircase, staircase
from remedies.choices import Certainty
from remedies.document import entry_grade
from remedies.grading.record import GradeRecord, InputLine
from remedies.grading.wording import effect_label, exclusion_label, format_next_trial
from remedies.models import RemedyConditionEntry
from remedies.pages.guidance import RouteLine, SecondLine, route_lines, second_line
from remedies.schema import EntryDocument
from remedies.selectors import entry_state, load_entry


@dataclass(frozen=True)
class GradeInput:
    """One input of a grade: the row, the work's short name and its mark.

    `exclusion` says why the work does not count; empty where it counts. `funding` says who paid, in the
    words of our record; empty where that is not on file.
    """

    line: InputLine
    name: str
    kind: str
    marks: SafeString
    exclusion: str
    funding: str = ""


@dataclass(frozen=True)
class GradeJudgement:
    """A step that editors took by hand, with its reason and its sources."""

    name: str
    reason: str
    marks: SafeString


@dataclass(frozen=True)
class OwnReading:
    """What our own rule gives where another body's rating was adopted, and whether that differs."""

    effect: str
    certainty: Certainty
    differs: bool
    ledger: Staircase


@dataclass
class GradePage:
    """Everything that the page of a grade shows."""

    entry: RemedyConditionEntry
    remedy_name: str
    condition_name: str
    grade: GradeRecord
    effect: str
    ledger: Staircase
    own: OwnReading | None
    by_route: list[RouteLine]
    second: SecondLine | None
    counted: list[GradeInput]
    excluded: list[GradeInput]
    funded: int
    judgements: list[GradeJudgement]
    next_trial: str
    references: list[ListedReference]
    revision: Revision | None
    is_draft: bool = False


def grade_page(entry: RemedyConditionEntry, *, draft: bool = False) -> GradePage:
    """The grade that is stored with the current revision, or the one that the draft would get."""
    entry = load_entry(entry.pk)
    document, _html, grade = entry_state(entry, draft=draft)
    if not grade.steps:  # a revision from before grades were computed
        grade = entry_grade(document)
    keys = [line.key for line in grade.inputs]
    keys += [key for row in grade.judgements for key in row.citations]
    references = PageReferences(keys)
    paid = _funding(document, references)
    counted = [_grade_input(line, references, paid) for line in grade.counted]
    names = {key: work.short_name for key, work in references.works.items()}
    return GradePage(
        entry=entry,
        remedy_name=entry.remedy.shown_name or entry.remedy.name,
        condition_name=entry.condition.shown_name or entry.condition.name,
        grade=grade,
        effect=effect_label(grade.effect, grade.certainty),
        ledger=staircase(grade.steps, names),
        own=_own_reading(grade, names),
        by_route=route_lines(grade.by_route),
        second=second_line(grade.second),
        counted=counted,
        excluded=[_grade_input(line, references, paid) for line in grade.excluded],
        funded=sum(bool(row.funding) for row in counted),
        judgements=[
            GradeJudgement(str(row.kind.label), row.reason, references.marks(row.citations))
            for row in grade.judgements
        ],
        next_trial=format_next_trial(grade.next_trial) if grade.next_trial else "",
        references=references.listed(),
        revision=entry.current_revision,
        is_draft=draft,
    )


def _own_reading(grade: GradeRecord, names: dict[str, str]) -> OwnReading | None:
    own = grade.own
    if own is None:
        return None
    return OwnReading(
        effect=effect_label(own.effect, own.certainty),
        certainty=own.certainty,
        differs=(own.effect, own.certainty) != (grade.effect, grade.certainty),
        ledger=staircase(own.steps, names),
    )


def _funding(document: EntryDocument, references: PageReferences) -> dict[str, str]:
    """Who paid for each work, by its key: as the entry has it, else as the library has it."""
    paid = {key: work.funding for key, work in references.works.items()}
    return paid | {row.citation: row.funding for row in document.evidence_items if row.funding}


def _grade_input(line: InputLine, references: PageReferences, paid: dict[str, str]) -> GradeInput:
    work = references.works.get(line.key)
    return GradeInput(
        line,
        name=work.short_name if work else line.key,
        kind=str(line.study_type.label),
        marks=references.marks([line.key]),
        exclusion=exclusion_label(line.exclusion) if line.exclusion else "",
        funding=paid.get(line.key, ""),
    )
