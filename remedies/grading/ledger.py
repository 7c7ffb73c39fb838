"""The ledger of a grade: every step of the rule over the studies that count.

Certainty begins high for randomised trials and low for others, and goes down for bias,
inconsistency, indirectness, imprecision, publication bias, and for what was not read. Effects are
not pooled; weights grow with the square root of the number of people. All comparisons are of
integers and fractions, so that a boundary is a boundary. Thresholds and enums are in `scale`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from remedies.choices import Direction, Directness, Effect, JudgementKind, RiskOfBias, Size
from remedies.grading.inputs import EditorOverride, EntryFacts, EvidenceInput
from remedies.grading.precision import held_by_interval, smallest_for
from remedies.grading.scale import (
    EFFECTS,
    FEW,
    HALF,
    LEAST_HOPEFUL_FIRST,
    MOST_FOR_ONE_STUDY,
    NEAR,
    REPORTED_SIZES,
    SOME,
    SPLIT,
    START_LEVEL,
    UNEVEN,
    EvidenceTier,
    ExclusionReason,
    StepName,
)
from remedies.grading.selection import Selection
from remedies_site.documents import Row

Overrides = dict[JudgementKind, EditorOverride]


class LedgerStep(Row):
    """One line of the ledger: what was looked at and how far it moved the level.

    `level` is where it stands afterwards, 0 (no studies) to 4 (high); `facts` holds the figures that
    decided, as text.
    """

    name: StepName
    change: int = 0
    level: int
    facts: dict[str, str] = {}


@dataclass
class Ledger:
    """The level as it moves, and the steps that moved it.

    `body` is the body of evidence that decides; `share` is the part of its weight (0 to 1) that
    `direction` holds.
    """

    body: list[EvidenceInput] = field(default_factory=list)
    direction: Direction = Direction.UNCLEAR
    agreeing: list[EvidenceInput] = field(default_factory=list)
    share: Fraction = Fraction()
    level: int = 0
    steps: list[LedgerStep] = field(default_factory=list)
    effect: Effect = Effect.UNKNOWN
    size: Size = Size.NOT_REPORTED
    facts: EntryFacts = field(default_factory=EntryFacts)

    @classmethod
    def of(cls, selection: Selection, facts: EntryFacts, overrides: Overrides) -> "Ledger":
        """Run the rule over studies that count; those of a weaker kind move to the exclusions."""
        studies = selection.studies
        tier = next(tier for tier in EvidenceTier if any(item.tier is tier for item in studies))
        body = [item for item in studies if item.tier is tier]
        selection.exclusions.update(
            {item: ExclusionReason.WEAKER_KIND for item in studies if item.tier is not tier}
        )
        direction, share = _majority(body)
        agreeing = [item for item in body if item.direction is direction]
        ledger = cls(body, direction, agreeing, share, level=START_LEVEL[tier], facts=facts)
        ledger.effect = Effect.MIXED if share < SPLIT else EFFECTS[direction]
        ledger.size = _median_size(agreeing)
        ledger.move(StepName.START, 0, kind=tier.value, direction=direction.value)
        ledger._lower(tier, overrides, apart=selection.apart)
        ledger._raise(tier, overrides)
        ledger._cap()
        ledger.override(overrides)
        return ledger

    def _lower(self, tier: EvidenceTier, overrides: Overrides, *, apart: bool) -> None:
        if apart:
            self.move(StepName.NOT_THE_SAME, -1)
        self._bias()
        self._inconsistency()
        self._indirectness(overrides.get(JudgementKind.VERY_INDIRECT))
        if tier is EvidenceTier.RANDOMISED:
            self._imprecision()
        if override := overrides.get(JudgementKind.PUBLICATION_BIAS):
            self.move(StepName.PUBLICATION_BIAS, -1, reason=override.reason)
        if self.facts.unread:
            self.move(StepName.UNREAD, -1, works=self.facts.unread)

    def _bias(self) -> None:
        people = {item: item.people or 1 for item in self.agreeing}
        total = sum(people.values())
        high = sum(n for item, n in people.items() if item.bias is RiskOfBias.HIGH)
        not_low = sum(n for item, n in people.items() if item.bias is not RiskOfBias.LOW)
        not_stated = sum(n for item, n in people.items() if item.bias is RiskOfBias.NOT_ASSESSED)
        change = -2 if 2 * high > total else -1 if 2 * not_low > total else 0
        shares = (Fraction(high, total), Fraction(not_low, total))
        near = any(_is_near(share, HALF) for share in shares)
        self.move(
            StepName.BIAS,
            change,
            near=near,
            high=high,
            not_low=not_low,
            not_stated=not_stated,
            people=total,
        )

    def _inconsistency(self) -> None:
        if len(self.body) < 2:
            return
        change = -2 if self.share < SPLIT else -1 if self.share < UNEVEN else 0
        near = _is_near(self.share, SPLIT, UNEVEN)
        self.move(StepName.INCONSISTENCY, change, near=near, share=_percent(self.share))

    def _indirectness(self, override: EditorOverride | None) -> None:
        weight = sum((item.exact_weight for item in self.agreeing), Fraction())
        indirect = sum(
            (item.exact_weight for item in self.agreeing if item.directness is Directness.INDIRECT),
            Fraction(),
        )
        change = -1 if 2 * indirect > weight else 0
        facts = {"share": _percent(indirect / weight)}
        near = _is_near(indirect / weight, HALF)
        if override:
            change, facts, near = -2, facts | {"reason": override.reason}, False
        self.move(StepName.INDIRECTNESS, change, near=near, **facts)

    def _imprecision(self) -> None:
        people = sum(item.people or 0 for item in self.agreeing)
        unknown = sum(item.people is None for item in self.agreeing)
        heaviest = sorted(self.agreeing, key=lambda item: (-item.exact_weight, item.key))
        for item in heaviest:
            smallest = smallest_for(item, self.facts.smallest)
            held = held_by_interval(item, Fraction(smallest.value) if smallest else None)
            if held is not None:
                few = not held and not unknown and people < FEW
                self.move(
                    StepName.IMPRECISION,
                    -1 if few else -len(held),
                    work=item.key,
                    low=item.effect_low,
                    high=item.effect_high,
                    held=" ".join(held),
                    people=people,
                )
                return
        change = -2 if people < FEW else -1 if people < SOME else 0
        near = _is_near(people, FEW, SOME)
        self.move(StepName.IMPRECISION, change, near=near, people=people, unknown=unknown)

    def _raise(self, tier: EvidenceTier, overrides: Overrides) -> None:
        if tier is EvidenceTier.RANDOMISED or any(step.change < 0 for step in self.steps):
            return
        for name, kind in (
            (StepName.LARGE_EFFECT, JudgementKind.LARGE_EFFECT),
            (StepName.DOSE_RESPONSE, JudgementKind.DOSE_RESPONSE),
        ):
            if override := overrides.get(kind):
                self.move(name, 1, reason=override.reason)

    def _cap(self) -> None:
        self.level = min(max(self.level, 1), 4)
        one_study = len(self.agreeing) == 1 and (self.agreeing[0].trials or 1) == 1
        if one_study and self.level > MOST_FOR_ONE_STUDY:
            self.move(StepName.ONE_STUDY, MOST_FOR_ONE_STUDY - self.level)

    def override(self, overrides: Overrides) -> None:
        """The steps by hand that come last."""
        for kind, change in ((JudgementKind.LOWER, -1), (JudgementKind.RAISE, 1)):
            if override := overrides.get(kind):
                moved = min(max(self.level + change, 1), 4) - self.level
                self.move(StepName.OVERRIDE, moved, reason=override.reason)

    def move(self, name: StepName, change: int, *, near: bool = False, **facts: object) -> None:
        """Add a line that moves the level; `near` says that a figure lies close to a boundary."""
        self.level += change
        if near:
            facts["near"] = "yes"
        self.steps.append(
            LedgerStep(
                name=name,
                change=change,
                level=max(self.level, 1),
                facts={key: str(value) for key, value in facts.items()},
            )
        )


def _is_near(value: Fraction | int, *bounds: Fraction | int) -> bool:
    distances = [abs(Fraction(value) - bound) / bound for bound in bounds]
    return min(distances) <= NEAR


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
