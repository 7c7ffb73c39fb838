"""Why an entry has its grade: every step of the rule and every input, as a page."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from citations.references import ListedReference, PageReferences
from publishing.models import Revision
from remedies.document import entry_grade
from remedies.grading.record import GradeRecord, InputLine
from remedies.grading.wording import (
    LedgerLine,
    effect_label,
    exclusion_label,
    format_next_trial,
    ledger_line,
)
from remedies.models import RemedyConditionEntry
from remedies.selectors import entry_state


@dataclass(frozen=True)
class GradeInput:
    """One input of a grade: the row, the work's short name and its mark."""

    line: InputLine
    name: str
    kind: str
    marks: SafeString
    why_left: str


@dataclass(frozen=True)
class GradeJudgement:
    """A step that editors took, with what they rest it on."""

    name: str
    reason: str
    marks: SafeString


@dataclass
class GradePage:
    """Why an entry has its grade."""

    entry: RemedyConditionEntry
    remedy_name: str
    condition_name: str
    grade: GradeRecord
    effect: str
    ledger: list[LedgerLine]
    counted: list[GradeInput]
    left_out: list[GradeInput]
    judgements: list[GradeJudgement]
    next_trial: str
    references: list[ListedReference]
    revision: Revision | None
    is_draft: bool = False


def grade_page(entry: RemedyConditionEntry, *, draft: bool = False) -> GradePage:
    """The ledger as it was kept with the current revision, or as the draft would have it."""
    document, _html, grade = entry_state(entry, draft=draft)
    if not grade.steps:  # a version from before grades were computed
        grade = entry_grade(document)
    keys = [line.key for line in grade.inputs]
    library = PageReferences([*keys, *(key for row in grade.judgements for key in row.citations)])
    return GradePage(
        entry=entry,
        remedy_name=entry.remedy.shown_name or entry.remedy.name,
        condition_name=entry.condition.shown_name or entry.condition.name,
        grade=grade,
        effect=effect_label(grade.effect, grade.certainty),
        ledger=[ledger_line(step) for step in grade.steps],
        counted=[_grade_input(line, library) for line in grade.counted],
        left_out=[_grade_input(line, library) for line in grade.excluded],
        judgements=[
            GradeJudgement(str(row.kind.label), row.reason, library.marks(row.citations))
            for row in grade.judgements
        ],
        next_trial=format_next_trial(grade.next_trial) if grade.next_trial else "",
        references=library.listed(),
        revision=entry.current_revision,
        is_draft=draft,
    )


def _grade_input(line: InputLine, library: PageReferences) -> GradeInput:
    work = library.works.get(line.key)
    return GradeInput(
        line,
        name=work.short_name if work else line.key,
        kind=str(line.study_type.label),
        marks=library.marks([line.key]),
        why_left=exclusion_label(line.exclusion) if line.exclusion else "",
    )
