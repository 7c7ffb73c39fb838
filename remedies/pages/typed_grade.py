"""The grade of an entry as an editor types it: its ledger, what is left out, and what would change it."""

from dataclasses import dataclass

from citations.models import Citation
from remedies.choices import JudgementKind
from remedies.document import work_facts
from remedies.grading.ledger_wording import LedgerLine, ledger_line
from remedies.grading.record import GradeRecord, grade_entry
from remedies.grading.sensitivity import format_change_of_grade, what_would_change
from remedies.grading.wording import effect_label, exclusion_label, format_next_trial
from remedies.schema import EntryDocument


@dataclass(frozen=True)
class LeftOut:
    """A work that does not count, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class TypedGrade:
    """What the rule says of what is typed; `own` are the steps of our own rule beside an adopted rating."""

    record: GradeRecord
    effect: str
    ledger: list[LedgerLine]
    own: list[LedgerLine]
    counted: list[str]
    left_out: list[LeftOut]
    changes: list[str]


def typed_grade(document: EntryDocument) -> TypedGrade:
    """The grade of a document, in one query for the works of its evidence."""
    keys = {row.citation for row in document.evidence_items}
    columns = ("key", "study_type", "retracted_on", "year", "authors", "container", "title")
    works = {work.key: work for work in Citation.objects.filter(key__in=keys).only(*columns)}
    facts = {key: work_facts(work) for key, work in works.items()}
    names = {key: work.short_name for key, work in works.items()}
    record = grade_entry(document, facts)
    labels = names | {kind.value: str(kind.label) for kind in JudgementKind}
    changes = [
        format_change_of_grade(change, labels) for change in what_would_change(document, facts)
    ]
    if record.next_trial:
        changes.insert(0, format_next_trial(record.next_trial))
    return TypedGrade(
        record=record,
        effect=effect_label(record.effect, record.certainty),
        ledger=[ledger_line(step, names) for step in record.steps],
        own=[ledger_line(step, names) for step in record.own.steps] if record.own else [],
        counted=[names.get(line.key, line.key) for line in record.counted],
        left_out=[
            LeftOut(names.get(line.key, line.key), exclusion_label(line.exclusion))
            for line in record.excluded
            if line.exclusion
        ],
        changes=changes,
    )
