"""The grade of one outcome: certainty, effect and size, with a ledger of every step.

The rule is the project's own reading of GRADE (Guyatt et al., BMJ 2008;336:924; the working group's
handbook): certainty begins high for randomised trials and low for others, and goes down for bias,
inconsistency, indirectness, imprecision and publication bias. Effects are not pooled; weights grow
with the square root of the number of people. All comparisons are of integers and fractions, so that
a boundary is a boundary. Thresholds and enums are in `scale`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from remedies.choices import (
    Certainty,
    Direction,
    Directness,
    Effect,
    JudgementKind,
    RiskOfBias,
    Size,
)
from remedies.grading.inputs import EditorOverride, EditorVerdict, EvidenceInput
from remedies.grading.scale import (
    EFFECTS,
    FEW,
    LEAST_HOPEFUL_FIRST,
    MOST_BY_JUDGEMENT,
    MOST_FOR_ONE_STUDY,
    REPORTED_SIZES,
    SOME,
    SPLIT,
    START_LEVEL,
    UNEVEN,
    VERSION,
    EvidenceTier,
    ExclusionReason,
    StepName,
)
from remedies.grading.selection import select_studies
from remedies_site.documents import Row


class LedgerStep(Row):
    """One line of the ledger: what was looked at and how far it moved the level.

    `level` is where it stands afterwards, 0 (no studies) to 4 (high); `facts` holds the figures that
    decided, as text.
    """

    name: StepName
    change: int = 0
    level: int
    facts: dict[str, str] = {}


@dataclass(frozen=True)
class Grade:
    """The result, and how it came about.

    `counted` and `excluded` name works by key; `exclusions` holds the inputs themselves, since one
    work may stand in two rows of which one counts.
    """

    certainty: Certainty
    effect: Effect
    size: Size
    counted: tuple[str, ...]
    excluded: tuple[tuple[str, ExclusionReason], ...]
    steps: tuple[LedgerStep, ...]
    exclusions: frozenset[tuple[EvidenceInput, ExclusionReason]] = frozenset()
    version: str = VERSION


def grade(
    inputs: Iterable[EvidenceInput],
    verdict: EditorVerdict,
    overrides: Iterable[EditorOverride] = (),
) -> Grade:
    """Grade what the inputs show of the entry's first question. Their order changes nothing."""
    studies, exclusions = select_studies(list(inputs))
    if not studies:
        bare = [item for item, why in exclusions.items() if why is ExclusionReason.BARE_REVIEW]
        ledger = _editors_reading(verdict, bare) if bare else _no_studies()
        return _result(ledger, bare, exclusions)
    ledger = _Ledger.of(studies, exclusions, {override.kind: override for override in overrides})
    return _result(ledger, ledger.body, exclusions)


@dataclass
class _Ledger:
    """The level as it moves, and the steps that moved it.

    `body` is the body of evidence that decides; `share` is the part of its weight (0 to 1) that
    `direction` holds.
    """

    body: list[EvidenceInput]
    direction: Direction
    agreeing: list[EvidenceInput]
    share: Fraction
    level: int
    steps: list[LedgerStep] = field(default_factory=list)
    effect: Effect = Effect.UNKNOWN
    size: Size = Size.NOT_REPORTED

    @classmethod
    def of(
        cls,
        studies: list[EvidenceInput],
        exclusions: dict[EvidenceInput, ExclusionReason],
        overrides: dict[JudgementKind, EditorOverride],
    ) -> "_Ledger":
        """Run the rule over studies that count."""
        tier = next(tier for tier in EvidenceTier if any(item.tier is tier for item in studies))
        body = [item for item in studies if item.tier is tier]
        exclusions.update(
            {item: ExclusionReason.WEAKER_KIND for item in studies if item.tier is not tier}
        )
        direction, share = _majority(body)
        agreeing = [item for item in body if item.direction is direction]
        ledger = cls(body, direction, agreeing, share, level=START_LEVEL[tier])
        ledger.effect = Effect.MIXED if share < SPLIT else EFFECTS[direction]
        ledger.size = _median_size(agreeing)
        ledger.steps.append(_start(tier, direction, ledger.level))
        ledger._lower(tier, overrides)
        ledger._raise(tier, overrides)
        ledger._cap(exclusions)
        ledger._override(overrides)
        return ledger

    def _lower(self, tier: EvidenceTier, overrides: dict[JudgementKind, EditorOverride]) -> None:
        self._bias()
        self._inconsistency()
        self._indirectness(overrides.get(JudgementKind.VERY_INDIRECT))
        if tier is EvidenceTier.RANDOMISED:
            self._imprecision()
        if override := overrides.get(JudgementKind.PUBLICATION_BIAS):
            self._move(StepName.PUBLICATION_BIAS, -1, reason=override.reason)

    def _bias(self) -> None:
        people = {item: item.people or 1 for item in self.agreeing}
        total = sum(people.values())
        high = sum(n for item, n in people.items() if item.bias is RiskOfBias.HIGH)
        not_low = sum(n for item, n in people.items() if item.bias is not RiskOfBias.LOW)
        change = -2 if 2 * high > total else -1 if 2 * not_low > total else 0
        self._move(StepName.BIAS, change, high=high, not_low=not_low, people=total)

    def _inconsistency(self) -> None:
        if len(self.body) < 2:
            return
        change = -2 if self.share < SPLIT else -1 if self.share < UNEVEN else 0
        self._move(StepName.INCONSISTENCY, change, share=_percent(self.share))

    def _indirectness(self, override: EditorOverride | None) -> None:
        weight = sum((item.exact_weight for item in self.agreeing), Fraction())
        indirect = sum(
            (item.exact_weight for item in self.agreeing if item.directness is Directness.INDIRECT),
            Fraction(),
        )
        change = -1 if 2 * indirect > weight else 0
        facts = {"share": _percent(indirect / weight)}
        if override:
            change, facts = -2, facts | {"reason": override.reason}
        self._move(StepName.INDIRECTNESS, change, **facts)

    def _imprecision(self) -> None:
        people = sum(item.people or 0 for item in self.agreeing)
        change = -2 if people < FEW else -1 if people < SOME else 0
        unknown = sum(item.people is None for item in self.agreeing)
        self._move(StepName.IMPRECISION, change, people=people, unknown=unknown)

    def _raise(self, tier: EvidenceTier, overrides: dict[JudgementKind, EditorOverride]) -> None:
        if tier is EvidenceTier.RANDOMISED or any(step.change < 0 for step in self.steps):
            return
        for name, kind in (
            (StepName.LARGE_EFFECT, JudgementKind.LARGE_EFFECT),
            (StepName.DOSE_RESPONSE, JudgementKind.DOSE_RESPONSE),
        ):
            if override := overrides.get(kind):
                self._move(name, 1, reason=override.reason)

    def _cap(self, exclusions: dict[EvidenceInput, ExclusionReason]) -> None:
        self.level = min(max(self.level, 1), 4)
        if len(self.agreeing) == 1 and self.level > MOST_FOR_ONE_STUDY:
            self._move(StepName.ONE_STUDY, MOST_FOR_ONE_STUDY - self.level)
        expanded = [item for item, why in exclusions.items() if why is ExclusionReason.EXPANDED]
        for item in sorted([*self.body, *expanded], key=lambda item: item.key):
            most = item.rating.level if item.rating else 0
            if most and self.level > most:
                self._move(StepName.REVIEW_RATING, most - self.level, work=item.key)

    def _override(self, overrides: dict[JudgementKind, EditorOverride]) -> None:
        for kind, change in ((JudgementKind.LOWER, -1), (JudgementKind.RAISE, 1)):
            if override := overrides.get(kind):
                moved = min(max(self.level + change, 1), 4) - self.level
                self._move(StepName.OVERRIDE, moved, reason=override.reason)

    def _move(self, name: StepName, change: int, **facts: object) -> None:
        self.level += change
        self.steps.append(
            LedgerStep(
                name=name,
                change=change,
                level=max(self.level, 1),
                facts={key: str(value) for key, value in facts.items()},
            )
        )


def _start(tier: EvidenceTier, direction: Direction, level: int) -> LedgerStep:
    facts = {"kind": tier.value, "direction": direction.value}
    return LedgerStep(name=StepName.START, level=level, facts=facts)


def _editors_reading(verdict: EditorVerdict, reviews: list[EvidenceInput]) -> _Ledger:
    """Only reviews without numbers are on file: the editors' verdict stands, at most Moderate."""
    level = min(max(verdict.certainty.level, 1), MOST_BY_JUDGEMENT)
    facts = {"reviews": str(len(reviews))}
    step = LedgerStep(name=StepName.JUDGEMENT, level=level, facts=facts)
    return _Ledger([], Direction.UNCLEAR, [], Fraction(), level, [step], effect=verdict.effect)


def _no_studies() -> _Ledger:
    step = LedgerStep(name=StepName.NO_STUDIES, level=0)
    return _Ledger([], Direction.UNCLEAR, [], Fraction(), 0, [step])


def _result(
    ledger: _Ledger,
    counted: Sequence[EvidenceInput],
    exclusions: dict[EvidenceInput, ExclusionReason],
) -> Grade:
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


def _majority(body: Sequence[EvidenceInput]) -> tuple[Direction, Fraction]:
    """The direction with the largest share of the weight, and that share."""
    weights = {
        direction: sum(
            (item.exact_weight for item in body if item.direction is direction), Fraction()
        )
        for direction in LEAST_HOPEFUL_FIRST
    }
    direction = max(LEAST_HOPEFUL_FIRST, key=lambda direction: weights[direction])
    return direction, weights[direction] / sum(weights.values())


def _median_size(agreeing: Sequence[EvidenceInput]) -> Size:
    """The weighted median of the sizes that are reported; the smaller of two that halve the weight."""
    reported = [item for item in agreeing if item.size in REPORTED_SIZES]
    half = sum((item.exact_weight for item in reported), Fraction()) / 2
    below = Fraction()
    for size in REPORTED_SIZES:
        below += sum((item.exact_weight for item in reported if item.size is size), Fraction())
        if reported and below >= half:
            return size
    return Size.NOT_REPORTED


def _percent(share: Fraction) -> str:
    """Whole percent, rounded down, so that 59.9 does not read as the 60 that it is not."""
    return str(int(share * 100))
