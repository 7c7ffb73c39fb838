"""A grade as it is kept with a revision: the result, every step, and every input, as plain values.

A reader who opens "why this grade?" sees this record and nothing that was looked up later, so that
an old version shows what was known then.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from citations.choices import StudyType
from remedies.choices import (
    Certainty,
    Direction,
    Directness,
    Effect,
    JudgementKind,
    RiskOfBias,
    Role,
    Route,
    Size,
)
from remedies.grading.rule import Grade, Item, Judgement, Left, StepName, Verdict, grade
from remedies.schema import EntryDocument, EvidenceRow
from remedies_site.documents import Row

_LARGEST_TRIAL = 3000
_TRIAL_STEP = 10


class WorkFacts(NamedTuple):
    """What the library knows of a work, as far as a grade looks at it."""

    study_type: StudyType
    retracted: bool


class InputLine(Row):
    """What went in for one study: a row of the entry with what the library knows of its work."""

    key: str
    study_type: StudyType
    direction: Direction
    people: int | None = None
    size: Size = Size.NOT_REPORTED
    bias: RiskOfBias = RiskOfBias.NOT_ASSESSED
    directness: Directness = Directness.NOT_ASSESSED
    route: Route = Route.ORAL
    role: Role = Role.COUNTS
    retracted: bool = False
    reviews: list[str] = []
    rating: Certainty | None = None
    weight: str = "0"
    left: Left | None = None


class StepLine(Row):
    """One line of the ledger; `level` from 0 (no studies) to 4 (high) is where it stands after it."""

    name: StepName
    change: int = 0
    level: int
    facts: dict[str, str] = {}


class JudgedLine(Row):
    """A step that editors took by hand."""

    kind: JudgementKind
    reason: str
    citations: list[str] = []


class NextTrial(Row):
    """The smallest randomised trial that would raise the certainty, if it agreed and was well done.

    `people` is a multiple of ten; `certainty` and `effect` are what the rule would then say.
    """

    people: int
    direction: Direction
    certainty: Certainty
    effect: Effect


class GradeRecord(Row):
    """The grade of an entry with its ledger and inputs."""

    version: str
    certainty: Certainty
    effect: Effect
    size: Size = Size.NOT_REPORTED
    steps: list[StepLine] = []
    inputs: list[InputLine] = []
    judgements: list[JudgedLine] = []
    next_trial: NextTrial | None = None

    @property
    def counted(self) -> list[InputLine]:
        """The inputs that count."""
        return [line for line in self.inputs if line.left is None]

    @property
    def left_out(self) -> list[InputLine]:
        """The inputs that do not count."""
        return [line for line in self.inputs if line.left is not None]

    @property
    def people(self) -> int:
        """People in what counts, as far as the facts give numbers."""
        return sum(line.people or 0 for line in self.counted)


def grade_entry(document: EntryDocument, works: Mapping[str, WorkFacts]) -> GradeRecord:
    """Grade an entry by its evidence rows and what the library knows of their works."""
    items = [_item(row, works) for row in document.evidence_items]
    verdict = Verdict(document.effect, document.certainty)
    judgements = [Judgement(row.kind, row.reason) for row in document.judgements]
    result = grade(items, verdict, judgements)
    return GradeRecord(
        version=result.version,
        certainty=result.certainty,
        effect=result.effect,
        size=result.size,
        steps=[StepLine(**vars(step)) for step in result.steps],
        inputs=_inputs(items, result),
        judgements=[JudgedLine(**row.model_dump()) for row in document.judgements],
        next_trial=next_trial(items, verdict, judgements, result),
    )


def next_trial(
    items: Sequence[Item], verdict: Verdict, judgements: Sequence[Judgement], now: Grade
) -> NextTrial | None:
    """What one more trial would have to be to raise the certainty; None where none would.

    Found by asking the rule itself, with trials of 10, 20, … up to 3,000 people.
    """
    direction = _direction(now)
    if direction is None or now.certainty is Certainty.HIGH:
        return None
    for people in range(_TRIAL_STEP, _LARGEST_TRIAL + 1, _TRIAL_STEP):
        trial = Item(
            "(the next trial)",
            StudyType.RANDOMISED_TRIAL,
            direction,
            people,
            bias=RiskOfBias.LOW,
            directness=Directness.DIRECT,
        )
        then = grade([*items, trial], verdict, judgements)
        if then.certainty.level > now.certainty.level:
            return NextTrial(
                people=people, direction=direction, certainty=then.certainty, effect=then.effect
            )
    return None


def _direction(now: Grade) -> Direction | None:
    said = next((step.facts.get("direction") for step in now.steps), None)
    return Direction(said) if said else None


def _item(row: EvidenceRow, works: Mapping[str, WorkFacts]) -> Item:
    work = works[row.citation]
    return Item(
        key=row.citation,
        study_type=work.study_type,
        direction=row.direction,
        people=row.n_analysed,
        size=row.size,
        bias=row.risk_of_bias,
        directness=row.directness,
        route=row.route,
        role=row.role,
        retracted=work.retracted,
        reviews=frozenset(row.reviews),
        rating=row.rating,
    )


def _inputs(items: Sequence[Item], result: Grade) -> list[InputLine]:
    reasons = dict(result.reasons)
    return [
        InputLine(
            **{
                name: getattr(item, name)
                for name in InputLine.model_fields
                if name not in {"reviews", "weight", "left"}
            },
            reviews=sorted(item.reviews),
            weight=f"{float(item.weight):.1f}",
            left=reasons.get(item),
        )
        for item in items
    ]
