"""What would change a grade: the rule is run again with one thing different at a time.

For editors who type: nothing of it is stored, and nothing here decides anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from remedies.choices import Certainty, Directness, Effect, RiskOfBias
from remedies.grading.inputs import (
    EditorOverride,
    EditorVerdict,
    EntryFacts,
    EvidenceInput,
    WorkFacts,
    entry_facts,
    evidence_input,
)
from remedies.grading.rule import Grade, grade
from remedies.grading.wording import effect_label
from remedies.schema import EntryDocument

_MOST_ROWS = 40
"""Rows that are tried one by one; the rule takes longer with each."""


class Supposition(StrEnum):
    """The one thing that is different."""

    LEFT_OUT = "left_out"
    LOW_BIAS = "low_bias"
    ALL_LOW_BIAS = "all_low_bias"
    DIRECT = "direct"
    ALL_DIRECT = "all_direct"
    ALL_READ = "all_read"
    NO_OVERRIDE = "no_override"


@dataclass(frozen=True)
class GradeChange:
    """What the rule would say with one thing different; `key` is a work, or a kind of an editor's step."""

    supposition: Supposition
    key: str
    certainty: Certainty
    effect: Effect


@dataclass(frozen=True)
class _Case:
    """What the rule is run on."""

    rows: tuple[EvidenceInput, ...]
    verdict: EditorVerdict
    overrides: tuple[EditorOverride, ...]
    facts: EntryFacts

    def grade(self) -> Grade:
        return grade(self.rows, self.verdict, self.overrides, self.facts)

    def with_rows(self, rows: Sequence[EvidenceInput]) -> "_Case":
        return replace(self, rows=tuple(rows))


def what_would_change(document: EntryDocument, works: Mapping[str, WorkFacts]) -> list[GradeChange]:
    """Each single difference that would change certainty or effect; `works` by key, as for a grade."""
    case = _Case(
        tuple(evidence_input(row, works[row.citation]) for row in document.evidence_items),
        EditorVerdict(document.effect, document.certainty),
        tuple(EditorOverride(**vars(row)) for row in document.judgements),
        entry_facts(document),
    )
    current = case.grade()
    changes = []
    for supposition, key, other in _cases(case, current):
        result = other.grade()
        if (result.certainty, result.effect) != (current.certainty, current.effect):
            changes.append(GradeChange(supposition, key, result.certainty, result.effect))
    return changes


def _cases(case: _Case, current: Grade) -> Iterator[tuple[Supposition, str, _Case]]:
    if case.facts.unread:
        yield Supposition.ALL_READ, "", replace(case, facts=replace(case.facts, unread=0))
    for override in case.overrides:
        others = tuple(other for other in case.overrides if other is not override)
        yield Supposition.NO_OVERRIDE, override.kind.value, replace(case, overrides=others)
    yield from _judged(case, current, "bias", RiskOfBias.LOW, Supposition.ALL_LOW_BIAS)
    yield from _judged(case, current, "directness", Directness.DIRECT, Supposition.ALL_DIRECT)
    for row in _counted(case, current):
        rest = [other for other in case.rows if other is not row]
        yield Supposition.LEFT_OUT, row.key, case.with_rows(rest)


def _judged(
    case: _Case, current: Grade, name: str, best: object, of_all: Supposition
) -> Iterator[tuple[Supposition, str, _Case]]:
    """With each row that counts judged as well as can be, and with all of them."""
    of_one = {
        Supposition.ALL_LOW_BIAS: Supposition.LOW_BIAS,
        Supposition.ALL_DIRECT: Supposition.DIRECT,
    }[of_all]
    rows = [row for row in _counted(case, current) if getattr(row, name) is not best]
    for row in rows:
        yield of_one, row.key, case.with_rows(_with(case.rows, [row], {name: best}))
    if len(rows) > 1:
        yield of_all, "", case.with_rows(_with(case.rows, rows, {name: best}))


def _with(
    rows: Sequence[EvidenceInput], chosen: Sequence[EvidenceInput], values: dict[str, Any]
) -> list[EvidenceInput]:
    return [
        row.model_copy(update=values) if any(row is one for one in chosen) else row for row in rows
    ]


def _counted(case: _Case, current: Grade) -> list[EvidenceInput]:
    left_out = {excluded for excluded, _reason in current.exclusions}
    return [row for row in case.rows if row not in left_out][:_MOST_ROWS]


def format_change_of_grade(change: GradeChange, names: Mapping[str, str]) -> str:
    """The change as a sentence to an editor; `names` are short names of works by their keys."""
    words = {
        Supposition.LEFT_OUT: _("Without %(work)s"),
        Supposition.LOW_BIAS: _("If %(work)s were at low risk of bias"),
        Supposition.ALL_LOW_BIAS: _("If all that counts were at low risk of bias"),
        Supposition.DIRECT: _("If %(work)s were direct"),
        Supposition.ALL_DIRECT: _("If all that counts were direct"),
        Supposition.ALL_READ: _("If the works that are known were read, and changed nothing"),
        Supposition.NO_OVERRIDE: _("Without the editors' step “%(work)s”"),
    }[change.supposition] % {"work": names.get(change.key, change.key)}
    return _("%(supposition)s: %(effect)s, %(certainty)s.") % {
        "supposition": words,
        "effect": effect_label(change.effect, change.certainty),
        "certainty": change.certainty.label,
    }
