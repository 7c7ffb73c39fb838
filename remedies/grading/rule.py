"""The grade of one outcome: certainty, effect and size, with a ledger of every step.

The rule is the project's own reading of GRADE (Guyatt et al., BMJ 2008;336:924; the working group's
handbook): certainty begins high for randomised trials and low for others, and goes down for bias,
inconsistency, indirectness, imprecision and publication bias. Thresholds are conventions, named
below and printed on the page about grading. Effects are not pooled; weights grow with the square
root of the number of people. All comparisons are of integers and fractions, so that a boundary is a
boundary.

A version of the rule is part of every result. Change the rule, change the version, and run
`manage.py regrade`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import isqrt

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

VERSION = "1"

MOST_PEOPLE_WEIGHED = 1000
"""A study of more people weighs no more than one of this many."""
FEW, SOME = 100, 400
"""People in randomised trials that point one way: below the first two steps down, below the second one."""
SPLIT, UNEVEN = Fraction(60, 100), Fraction(75, 100)
"""Share of the weight that points one way: below the first two steps down, below the second one."""
HALF = Fraction(1, 2)
MOST_FOR_ONE_STUDY = 3
MOST_BY_JUDGEMENT = 3
BIAS_WEIGHT = {
    RiskOfBias.LOW: Fraction(1),
    RiskOfBias.SOME: Fraction(3, 4),
    RiskOfBias.HIGH: HALF,
    RiskOfBias.NOT_ASSESSED: HALF,
}
ROUTES = frozenset({Route.ORAL, Route.DIET})
"""By mouth, as the remedies of this site are taken; every other way is context."""


class Body(StrEnum):
    """Kinds of evidence, best first; a grade rests on the best kind there is."""

    RANDOMISED = "randomised"
    CONTROLLED = "controlled"
    UNCONTROLLED = "uncontrolled"


START = {Body.RANDOMISED: 4, Body.CONTROLLED: 2, Body.UNCONTROLLED: 1}

BODY_OF = {
    StudyType.RANDOMISED_TRIAL: Body.RANDOMISED,
    StudyType.CROSSOVER_TRIAL: Body.RANDOMISED,
    StudyType.COHORT: Body.CONTROLLED,
    StudyType.CASE_CONTROL: Body.CONTROLLED,
    StudyType.OPEN_LABEL_TRIAL: Body.UNCONTROLLED,
    StudyType.CROSS_SECTIONAL: Body.UNCONTROLLED,
    StudyType.CASE_SERIES: Body.UNCONTROLLED,
    StudyType.CASE_REPORT: Body.UNCONTROLLED,
}
"""Study types whose results are counted one by one, with the tier each belongs to."""
REVIEWS = frozenset({StudyType.META_ANALYSIS, StudyType.SYSTEMATIC_REVIEW})
OVERVIEWS = frozenset({StudyType.NARRATIVE_REVIEW, StudyType.GUIDELINE})
"""They speak of studies in people without counting them: an editors' reading can rest on them."""

NO_STUDY_IN_PEOPLE = frozenset(
    {
        StudyType.REGULATORY,
        StudyType.REGISTRY_ENTRY,
        StudyType.LABORATORY_STUDY,
        StudyType.REFERENCE_WORK,
        StudyType.PRODUCT_INFORMATION,
        StudyType.PRODUCT_ANALYSIS,
    }
)
"""Study types that never count: they report no finished study in people, nor a reading of several."""

EFFECTS = {
    Direction.BENEFIT: Effect.BENEFIT,
    Direction.NONE: Effect.NONE,
    Direction.HARM: Effect.HARM,
    Direction.MIXED: Effect.MIXED,
    Direction.UNCLEAR: Effect.UNKNOWN,
}
# Where two directions weigh the same, the one that promises less.
_LEAST_HOPEFUL = (
    Direction.HARM,
    Direction.NONE,
    Direction.UNCLEAR,
    Direction.MIXED,
    Direction.BENEFIT,
)
_SIZES = (Size.TRIVIAL, Size.SMALL, Size.MODERATE, Size.LARGE)


@dataclass(frozen=True)
class Item:
    """What one work found, as far as a grade looks at it.

    Every item that counts is about the entry's first question; what measured something else says
    so by its role. `people` is None where the facts give no number. `reviews` names the reviews on file that
    include this study. `rating` is a review's own rating, where it gives one.
    """

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
    reviews: frozenset[str] = frozenset()
    rating: Certainty | None = None

    @property
    def is_review(self) -> bool:
        """Whether it tells of the studies of others."""
        return self.study_type in REVIEWS

    @property
    def body(self) -> Body:
        """The kind of evidence it belongs to; a review is taken for one of randomised trials."""
        return Body.RANDOMISED if self.is_review else BODY_OF[self.study_type]

    @property
    def weight(self) -> Fraction:
        """The square root of its people (three decimals), less where bias is likely."""
        root = Fraction(isqrt(10**6 * min(self.people or 1, MOST_PEOPLE_WEIGHED)), 1000)
        return root * BIAS_WEIGHT[self.bias]


@dataclass(frozen=True)
class Judgement:
    """A step that editors take, with their reason."""

    kind: JudgementKind
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What editors wrote: it stands alone where nothing on file can be counted."""

    effect: Effect
    certainty: Certainty


class Left(StrEnum):
    """Why a work does not count."""

    CONTEXT = "context"
    RETRACTED = "retracted"
    ROUTE = "route"
    NO_STUDY = "no_study"
    OTHER_OUTCOME = "other_outcome"
    WEAKER_KIND = "weaker_kind"
    IN_REVIEW = "in_review"
    EXPANDED = "expanded"
    BARE_REVIEW = "bare_review"


class StepName(StrEnum):
    """What a line of the ledger is about, in the order of the rule."""

    START = "start"
    BIAS = "bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication_bias"
    LARGE_EFFECT = "large_effect"
    DOSE_RESPONSE = "dose_response"
    ONE_STUDY = "one_study"
    REVIEW_RATING = "review_rating"
    OVERRIDE = "override"
    JUDGEMENT = "judgement"
    NO_STUDIES = "no_studies"


@dataclass(frozen=True)
class Step:
    """One line: what was looked at, what came out, how far it moved the level, and where it stands."""

    name: StepName
    change: int
    level: int
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grade:
    """The result, and how it came about.

    `left` names what did not count by key, `reasons` holds the very items: one work may stand in two
    rows, of which one counts.
    """

    certainty: Certainty
    effect: Effect
    size: Size
    counted: tuple[str, ...]
    left: tuple[tuple[str, Left], ...]
    steps: tuple[Step, ...]
    reasons: frozenset[tuple[Item, Left]] = frozenset()
    version: str = VERSION


def grade(
    items: Iterable[Item],
    verdict: Verdict,
    judgements: Iterable[Judgement] = (),
) -> Grade:
    """Grade what the items say of the entry's first question. Their order changes nothing."""
    left: dict[Item, Left] = {}
    studies = _countable(list(items), left)
    if not studies:
        bare = [item for item in left if left[item] is Left.BARE_REVIEW]
        ledger = _judged(verdict, bare) if bare else _none()
        return _result(ledger, bare, left)
    ledger = _Ledger.of(studies, left, {judgement.kind: judgement for judgement in judgements})
    return _result(ledger, ledger.body, left)


def _countable(given: Sequence[Item], left: dict[Item, Left]) -> list[Item]:
    """Studies and reviews that count; the others are put into `left` with a reason."""
    for item in given:
        if reason := _reason_to_leave(item):
            left[item] = reason
    left.update(
        {
            item: Left.BARE_REVIEW
            for item in given
            if item not in left and item.study_type in OVERVIEWS
        }
    )
    standing = [item for item in given if item not in left]
    reviews = [item for item in standing if item.is_review]
    trials = [item for item in standing if not item.is_review]
    kept: set[str] = set()
    for review in reviews:
        held = [trial for trial in trials if review.key in trial.reviews]
        if review.people is None and review.rating is None:
            left[review] = Left.BARE_REVIEW
        elif held and sum(trial.people or 0 for trial in held) >= (review.people or 0):
            left[review] = Left.EXPANDED
        else:
            kept.add(review.key)
    for trial in trials:
        if trial.reviews & kept:
            left[trial] = Left.IN_REVIEW
    return [item for item in standing if item not in left]


def _reason_to_leave(item: Item) -> Left | None:
    if item.retracted:
        return Left.RETRACTED
    if item.study_type in NO_STUDY_IN_PEOPLE:
        return Left.NO_STUDY
    if item.role is Role.CONTEXT:
        return Left.CONTEXT
    if item.role is Role.OTHER_OUTCOME:
        return Left.OTHER_OUTCOME
    return None if item.route in ROUTES else Left.ROUTE


@dataclass
class _Ledger:
    """The level as it moves, and the lines that moved it."""

    body: list[Item]
    direction: Direction
    agreeing: list[Item]
    share: Fraction
    level: int
    steps: list[Step] = field(default_factory=list)
    effect: Effect = Effect.UNKNOWN
    size: Size = Size.NOT_REPORTED
    studied: bool = True

    @classmethod
    def of(
        cls,
        studies: list[Item],
        left: dict[Item, Left],
        judgements: dict[JudgementKind, Judgement],
    ) -> "_Ledger":
        """Run the rule over studies that count."""
        kind = next(kind for kind in Body if any(item.body is kind for item in studies))
        body = [item for item in studies if item.body is kind]
        left.update({item: Left.WEAKER_KIND for item in studies if item.body is not kind})
        direction, share = _majority(body)
        agreeing = [item for item in body if item.direction is direction]
        ledger = cls(body, direction, agreeing, share, level=START[kind])
        ledger.effect = Effect.MIXED if share < SPLIT else EFFECTS[direction]
        ledger.size = _median_size(agreeing)
        ledger.steps.append(_start(kind, direction, ledger.level))
        ledger._lower(kind, judgements)
        ledger._raise(kind, judgements)
        ledger._cap(left)
        ledger._override(judgements)
        return ledger

    def _lower(self, kind: Body, judgements: dict[JudgementKind, Judgement]) -> None:
        self._bias()
        self._inconsistency()
        self._indirectness(judgements.get(JudgementKind.VERY_INDIRECT))
        if kind is Body.RANDOMISED:
            self._imprecision()
        if said := judgements.get(JudgementKind.PUBLICATION_BIAS):
            self._move(StepName.PUBLICATION_BIAS, -1, reason=said.reason)

    def _bias(self) -> None:
        people = {item: item.people or 1 for item in self.agreeing}
        all_of_them = sum(people.values())
        high = sum(n for item, n in people.items() if item.bias is RiskOfBias.HIGH)
        not_low = sum(n for item, n in people.items() if item.bias is not RiskOfBias.LOW)
        change = -2 if 2 * high > all_of_them else -1 if 2 * not_low > all_of_them else 0
        self._move(StepName.BIAS, change, high=high, not_low=not_low, people=all_of_them)

    def _inconsistency(self) -> None:
        if len(self.body) < 2:
            return
        change = -2 if self.share < SPLIT else -1 if self.share < UNEVEN else 0
        self._move(StepName.INCONSISTENCY, change, share=_percent(self.share))

    def _indirectness(self, judged: Judgement | None) -> None:
        weight = sum((item.weight for item in self.agreeing), Fraction())
        indirect = sum(
            (item.weight for item in self.agreeing if item.directness is Directness.INDIRECT),
            Fraction(),
        )
        change = -1 if 2 * indirect > weight else 0
        facts = {"share": _percent(indirect / weight)}
        if judged:
            change, facts = -2, facts | {"reason": judged.reason}
        self._move(StepName.INDIRECTNESS, change, **facts)

    def _imprecision(self) -> None:
        people = sum(item.people or 0 for item in self.agreeing)
        change = -2 if people < FEW else -1 if people < SOME else 0
        unknown = sum(item.people is None for item in self.agreeing)
        self._move(StepName.IMPRECISION, change, people=people, unknown=unknown)

    def _raise(self, kind: Body, judgements: dict[JudgementKind, Judgement]) -> None:
        if kind is Body.RANDOMISED or any(step.change < 0 for step in self.steps):
            return
        for name, judged in (
            (StepName.LARGE_EFFECT, JudgementKind.LARGE_EFFECT),
            (StepName.DOSE_RESPONSE, JudgementKind.DOSE_RESPONSE),
        ):
            if said := judgements.get(judged):
                self._move(name, 1, reason=said.reason)

    def _cap(self, left: dict[Item, Left]) -> None:
        self.level = min(max(self.level, 1), 4)
        if len(self.agreeing) == 1 and self.level > MOST_FOR_ONE_STUDY:
            self._move(StepName.ONE_STUDY, MOST_FOR_ONE_STUDY - self.level)
        cited = [*self.body, *(item for item, why in left.items() if why is Left.EXPANDED)]
        for item in sorted(cited, key=lambda item: item.key):
            rating = item.rating
            if rating and rating is not Certainty.NO_STUDIES and self.level > rating.level:
                self._move(StepName.REVIEW_RATING, rating.level - self.level, work=item.key)

    def _override(self, judgements: dict[JudgementKind, Judgement]) -> None:
        for judged, change in ((JudgementKind.LOWER, -1), (JudgementKind.RAISE, 1)):
            if said := judgements.get(judged):
                moved = min(max(self.level + change, 1), 4) - self.level
                self._move(StepName.OVERRIDE, moved, reason=said.reason)

    def _move(self, name: StepName, change: int, **facts: object) -> None:
        self.level += change
        shown = {name: str(value) for name, value in facts.items()}
        self.steps.append(Step(name, change, max(self.level, 1), shown))


def _start(kind: Body, direction: Direction, level: int) -> Step:
    facts = {"kind": kind.value, "direction": direction.value}
    return Step(StepName.START, 0, level, facts)


def _judged(verdict: Verdict, reviews: list[Item]) -> _Ledger:
    """Only reviews without numbers: the editors' word stands, at most Moderate, and the ledger says so."""
    level = min(max(verdict.certainty.level, 1), MOST_BY_JUDGEMENT)
    step = Step(StepName.JUDGEMENT, 0, level, {"reviews": str(len(reviews))})
    return _Ledger([], Direction.UNCLEAR, [], Fraction(), level, [step], effect=verdict.effect)


def _none() -> _Ledger:
    step = Step(StepName.NO_STUDIES, 0, 0)
    return _Ledger([], Direction.UNCLEAR, [], Fraction(), 0, [step], studied=False)


def _result(ledger: _Ledger, counted: Sequence[Item], left: dict[Item, Left]) -> Grade:
    kept = {item.key for item in counted}
    return Grade(
        certainty=Certainty.at_level(ledger.level) if ledger.studied else Certainty.NO_STUDIES,
        effect=ledger.effect if ledger.studied else Effect.UNKNOWN,
        size=ledger.size,
        counted=tuple(sorted(kept)),
        left=tuple(sorted({(item.key, why) for item, why in left.items() if item.key not in kept})),
        steps=tuple(ledger.steps),
        reasons=frozenset((item, why) for item, why in left.items() if item not in counted),
    )


def _majority(body: Sequence[Item]) -> tuple[Direction, Fraction]:
    """The direction with the largest share of the weight, and that share."""
    weights = {
        direction: sum((item.weight for item in body if item.direction is direction), Fraction())
        for direction in _LEAST_HOPEFUL
    }
    direction = max(_LEAST_HOPEFUL, key=lambda direction: weights[direction])
    return direction, weights[direction] / sum(weights.values())


def _median_size(agreeing: Sequence[Item]) -> Size:
    """The weighted median of the sizes that are reported; the smaller of two that halve the weight."""
    reported = [item for item in agreeing if item.size in _SIZES]
    half = sum((item.weight for item in reported), Fraction()) / 2
    below = Fraction()
    for size in _SIZES:
        below += sum((item.weight for item in reported if item.size is size), Fraction())
        if reported and below >= half:
            return size
    return Size.NOT_REPORTED


def _percent(share: Fraction) -> str:
    """Whole percent, rounded down, so that 59.9 does not read as the 60 that it is not."""
    return str(int(share * 100))
