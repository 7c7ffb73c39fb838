"""A grade as it is stored with a revision: the result, every step, and every input, as plain values.

A reader who opens "why this grade?" sees this record and nothing that was looked up later, so that
an old revision shows what was known then.
"""

from collections.abc import Mapping, Sequence

from pydantic import ConfigDict, Field

from citations.choices import StudyType
from remedies.choices import Certainty, Direction, Directness, Effect, RiskOfBias, Role, Route, Size
from remedies.grading.inputs import (
    EditorOverride,
    EditorVerdict,
    EntryFacts,
    EvidenceInput,
    WorkFacts,
    entry_facts,
    evidence_input,
)
from remedies.grading.ledger import LedgerStep
from remedies.grading.rule import Grade, grade, grade_by_route, grade_second_question
from remedies.grading.scale import ExclusionReason, StepName
from remedies.schema import EntryDocument
from remedies_site.documents import Row

_LARGEST_TRIAL = 3000
_TRIAL_STEP = 10


class InputLine(EvidenceInput):
    """An input as it is stored: with its weight (one decimal) and why it does not count, if so."""

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    weight: str = "0"
    exclusion: ExclusionReason | None = Field(default=None, alias="left")


class NextTrial(Row):
    """The smallest randomised trial that would raise the certainty, if it agreed and was well done.

    `people` is a multiple of ten; `certainty` and `effect` are what the rule would then say.
    """

    people: int
    direction: Direction
    certainty: Certainty
    effect: Effect


class OwnGrade(Row):
    """What our own rule computes, where another body's rating was adopted."""

    certainty: Certainty
    effect: Effect
    steps: list[LedgerStep] = []


class RouteGrade(Row):
    """What the studies of another route show; `people` is how many were in what counts."""

    route: Route
    certainty: Certainty
    effect: Effect
    people: int = 0


class SecondGrade(Row):
    """What the studies of the second question show; `people` is how many were in what counts."""

    question: str
    certainty: Certainty
    effect: Effect
    people: int = 0


class GradeRecord(Row):
    """The grade of an entry with its ledger and inputs.

    `own` is filled where the grade was adopted, `by_route` where the remedy was studied by another
    route than by mouth, `second` where studies answer a second question.
    """

    version: str
    certainty: Certainty
    effect: Effect
    size: Size = Size.NOT_REPORTED
    steps: list[LedgerStep] = []
    inputs: list[InputLine] = []
    judgements: list[EditorOverride] = []
    next_trial: NextTrial | None = None
    own: OwnGrade | None = None
    by_route: list[RouteGrade] = []
    second: SecondGrade | None = None

    @property
    def adopted(self) -> str:
        """The key of the work whose own rating is the word; empty where the rule computed it."""
        steps = (step for step in self.steps if step.name is StepName.ADOPTED)
        return next((step.facts["work"] for step in steps), "")

    @property
    def counted(self) -> list[InputLine]:
        """The inputs that count."""
        return [line for line in self.inputs if line.exclusion is None]

    @property
    def excluded(self) -> list[InputLine]:
        """The inputs that do not count."""
        return [line for line in self.inputs if line.exclusion is not None]

    @property
    def people(self) -> int:
        """People in what counts, as far as the facts give numbers."""
        return sum(line.people or 0 for line in self.counted)


def grade_entry(document: EntryDocument, works: Mapping[str, WorkFacts]) -> GradeRecord:
    """Grade an entry by its evidence rows and what the library knows of their works, by key."""
    inputs = [evidence_input(row, works[row.citation]) for row in document.evidence_items]
    verdict = EditorVerdict(document.effect, document.certainty)
    overrides = [EditorOverride(**vars(row)) for row in document.judgements]
    facts = entry_facts(document)
    result = grade(inputs, verdict, overrides, facts)
    own = result.own
    return GradeRecord(
        version=result.version,
        certainty=result.certainty,
        effect=result.effect,
        size=result.size,
        steps=list(result.steps),
        inputs=_input_lines(inputs, result),
        judgements=overrides,
        next_trial=next_trial(inputs, verdict, overrides, facts, result),
        own=OwnGrade(certainty=own.certainty, effect=own.effect, steps=list(own.steps))
        if own
        else None,
        by_route=_route_grades(inputs, verdict, facts),
        second=_second_grade(document.second_question, inputs, verdict, facts),
    )


def _second_grade(
    question: str, inputs: Sequence[EvidenceInput], verdict: EditorVerdict, facts: EntryFacts
) -> SecondGrade | None:
    result = grade_second_question(inputs, verdict, facts)
    if result is None:
        return None
    left_out = {excluded for excluded, _reason in result.exclusions}
    people = sum(
        item.people or 0
        for item in inputs
        if item.role is Role.SECOND
        and item.model_copy(update={"role": Role.COUNTS}) not in left_out
    )
    return SecondGrade(
        question=question, certainty=result.certainty, effect=result.effect, people=people
    )


def _route_grades(
    inputs: Sequence[EvidenceInput], verdict: EditorVerdict, facts: EntryFacts
) -> list[RouteGrade]:
    people = dict.fromkeys(Route, 0)
    grades = grade_by_route(inputs, verdict, facts)
    for item in inputs:
        if item.route in grades:
            result = grades[item.route]
            left_out = {excluded for excluded, _reason in result.exclusions}
            if item.model_copy(update={"route": Route.ORAL}) not in left_out:
                people[item.route] += item.people or 0
    return [
        RouteGrade(
            route=route, certainty=result.certainty, effect=result.effect, people=people[route]
        )
        for route, result in grades.items()
    ]


def next_trial(
    inputs: Sequence[EvidenceInput],
    verdict: EditorVerdict,
    overrides: Sequence[EditorOverride],
    facts: EntryFacts,
    current: Grade,
) -> NextTrial | None:
    """What one more trial would have to be to raise the certainty; None where none would.

    An adopted rating is raised by its own body alone.

    Computed by running the rule itself with trials of 10, 20, … up to 3,000 people.
    """
    direction = _direction(current)
    if direction is None or current.own is not None or current.certainty is Certainty.HIGH:
        return None
    for people in range(_TRIAL_STEP, _LARGEST_TRIAL + 1, _TRIAL_STEP):
        trial = EvidenceInput(
            key="(the next trial)",
            study_type=StudyType.RANDOMISED_TRIAL,
            direction=direction,
            people=people,
            bias=RiskOfBias.LOW,
            directness=Directness.DIRECT,
        )
        raised = grade([*inputs, trial], verdict, overrides, facts)
        if raised.certainty.level > current.certainty.level:
            return NextTrial(
                people=people,
                direction=direction,
                certainty=raised.certainty,
                effect=raised.effect,
            )
    return None


def _direction(result: Grade) -> Direction | None:
    """The direction that the body of evidence points to; None where nothing counts."""
    value = next((step.facts.get("direction") for step in result.steps), None)
    return Direction(value) if value else None


def _input_lines(inputs: Sequence[EvidenceInput], result: Grade) -> list[InputLine]:
    reasons = dict(result.exclusions)
    return [
        InputLine(
            **vars(item), weight=f"{float(item.exact_weight):.1f}", exclusion=reasons.get(item)
        )
        for item in inputs
    ]
