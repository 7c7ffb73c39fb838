"""The grade of one outcome: certainty, effect and size, with a ledger of every step.

The rule is the project's own reading of GRADE (Guyatt et al., BMJ 2008;336:924; the working group's
handbook). A review's or guideline's own rating is adopted where it fits (`adoption`); else the grade
is computed step by step (`ledger`) from what counts (`selection`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from remedies.choices import Certainty, Effect, Role, Route, Size
from remedies.grading.adoption import adopted_rating, newer_against
from remedies.grading.inputs import EditorOverride, EditorVerdict, EntryFacts, EvidenceInput
from remedies.grading.ledger import Ledger, LedgerStep, Overrides
from remedies.grading.scale import (
    COUNTED_ROUTES,
    EFFECT_OF_USE,
    EFFECTS,
    MOST_BY_JUDGEMENT,
    VERSION,
    ExclusionReason,
    StepName,
)
from remedies.grading.selection import Exclusions, Selection, select_studies


@dataclass(frozen=True)
class Grade:
    """The result, and how it came about.

    `counted` and `excluded` name works by key; `exclusions` holds the inputs themselves, since one
    work may stand in two rows of which one counts. `own` is what the rule computes where the grade
    was adopted.
    """

    certainty: Certainty
    effect: Effect
    size: Size
    counted: tuple[str, ...]
    excluded: tuple[tuple[str, ExclusionReason], ...]
    steps: tuple[LedgerStep, ...]
    exclusions: frozenset[tuple[EvidenceInput, ExclusionReason]] = frozenset()
    own: "Grade | None" = None
    version: str = VERSION


def grade(
    inputs: Iterable[EvidenceInput],
    verdict: EditorVerdict,
    overrides: Iterable[EditorOverride] = (),
    facts: EntryFacts | None = None,
) -> Grade:
    """Grade what the inputs show of the entry's first question. Their order changes nothing."""
    rows, facts = list(inputs), facts or EntryFacts()
    by_kind = {override.kind: override for override in overrides}
    computed = _compute(rows, verdict, by_kind, facts)
    adopted = adopted_rating(rows)
    if adopted is None:
        return computed
    exclusions = dict.fromkeys(rows, ExclusionReason.BESIDE) | dict(computed.exclusions)
    exclusions.pop(adopted, None)
    ledger = _adopt(adopted, newer_against(adopted, rows), by_kind, facts)
    return replace(_result(ledger, [adopted], exclusions), own=computed)


def grade_by_route(
    inputs: Iterable[EvidenceInput], verdict: EditorVerdict, facts: EntryFacts
) -> dict[Route, Grade]:
    """What the inputs of each route that is not by mouth show, each route on its own."""
    rows = list(inputs)
    routes = [
        route
        for route in Route
        if route not in COUNTED_ROUTES and route is not Route.NOT_APPLICABLE
    ]
    grades = {
        route: grade(
            [item.model_copy(update={"route": Route.ORAL}) for item in rows if item.route is route],
            verdict,
            facts=replace(facts, unread=0),
        )
        for route in routes
    }
    return {route: result for route, result in grades.items() if result.certainty.level}


def grade_second_question(
    inputs: Iterable[EvidenceInput], verdict: EditorVerdict, facts: EntryFacts
) -> Grade | None:
    """What the inputs that answer the second question show, by the same rule; None where none counts.

    Steps by hand, works not read and the smallest difference that matters are about the first alone, and
    so is the editors' reading: reviews without numbers give no grade here.
    """
    rows = [
        item.model_copy(update={"role": Role.COUNTS}) for item in inputs if item.role is Role.SECOND
    ]
    result = grade(rows, verdict, facts=replace(facts, unread=0, smallest=()))
    is_reading = any(step.name is StepName.JUDGEMENT for step in result.steps)
    return None if is_reading or not result.certainty.level else result


def _compute(
    rows: Sequence[EvidenceInput],
    verdict: EditorVerdict,
    overrides: Overrides,
    facts: EntryFacts,
) -> Grade:
    selection = select_studies(rows)
    if selection.studies:
        ledger = Ledger.of(selection, facts, overrides)
        ledger.effect = EFFECT_OF_USE.get((facts.use, ledger.effect), ledger.effect)
        return _result(ledger, ledger.body, selection.exclusions)
    bare = _with_reason(selection, ExclusionReason.BARE_REVIEW)
    if bare:
        return _result(_editors_reading(verdict, bare), bare, selection.exclusions)
    by_route = bool(_with_reason(selection, ExclusionReason.ROUTE))
    return _no_studies(selection.exclusions, facts, by_route=by_route)


def _with_reason(selection: Selection, reason: ExclusionReason) -> list[EvidenceInput]:
    return [item for item, why in selection.exclusions.items() if why is reason]


def _adopt(
    adopted: EvidenceInput,
    against: Sequence[EvidenceInput],
    overrides: Overrides,
    facts: EntryFacts,
) -> Ledger:
    """The work's own word, one step lower where a newer trial points another way."""
    assert adopted.rating is not None  # noqa: S101  (only what has one is adopted)
    effect = EFFECTS[adopted.direction]
    ledger = Ledger([adopted], adopted.direction, [adopted], level=adopted.rating.level)
    ledger.effect = EFFECT_OF_USE.get((facts.use, effect), effect)
    ledger.size = adopted.size
    ledger.move(
        StepName.ADOPTED,
        0,
        work=adopted.key,
        year=adopted.year or "",
        direction=adopted.direction.value,
    )
    if against:
        change = -1 if ledger.level > 1 else 0
        ledger.move(StepName.NEWER_TRIAL, change, works=", ".join(item.key for item in against))
    ledger.override(overrides)
    return ledger


def _editors_reading(verdict: EditorVerdict, reviews: Sequence[EvidenceInput]) -> Ledger:
    """Only reviews without numbers are on file: the editors' verdict stands, at most Moderate."""
    level = min(max(verdict.certainty.level, 1), MOST_BY_JUDGEMENT)
    ledger = Ledger(level=level, effect=verdict.effect)
    ledger.move(StepName.JUDGEMENT, 0, reviews=len(reviews))
    return ledger


def _no_studies(exclusions: Exclusions, facts: EntryFacts, *, by_route: bool) -> Grade:
    """Nothing counts: what the page says depends on what was looked for."""
    step = LedgerStep(
        name=StepName.NO_STUDIES,
        level=0,
        facts={"searched": "yes" if facts.looked_for_none else "no"},
    )
    result = _result(Ledger(steps=[step]), [], exclusions)
    if by_route:
        return replace(result, certainty=Certainty.NOT_BY_MOUTH)
    if facts.looked_for_none:
        return result
    return replace(result, certainty=Certainty.NOT_SEARCHED)


def _result(ledger: Ledger, counted: Sequence[EvidenceInput], exclusions: Exclusions) -> Grade:
    keys = {item.key for item in counted}
    excluded = {(item.key, why) for item, why in exclusions.items() if item.key not in keys}
    return Grade(
        certainty=Certainty.at_level(ledger.level),
        effect=ledger.effect,
        size=ledger.size,
        counted=tuple(sorted(keys)),
        excluded=tuple(sorted(excluded)),
        steps=tuple(ledger.steps),
        exclusions=frozenset(
            (item, why) for item, why in exclusions.items() if item not in counted
        ),
    )
