"""The data of a forest plot: the results of the first question on one measure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from citations.choices import StudyType
from remedies.choices import Better, EvidenceStatus, Measure, Role
from remedies.grading.precision import smallest_for
from remedies.grading.scale import COUNTED_ROUTES, REVIEWS
from remedies.schema import EvidenceRow, SmallestDifferenceRow

FEWEST = 2
"""Results from which a plot says more than a sentence."""


@dataclass(frozen=True)
class ForestRow:
    """One result: its value and the ends of its 95 % interval, both None where none was given.

    `is_review` is drawn as a diamond; `is_apart` (a combination, another route, other people) stands
    below a rule and is hollow.
    """

    row: EvidenceRow
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    people: int | None
    is_review: bool
    is_apart: bool


@dataclass(frozen=True)
class ForestPlot:
    """Results on one measure and scale, in the order of the page, what stands apart last.

    `no_effect` is where the dashed line stands; `smallest` is the point, on the better side, from
    which a difference matters, None where no source says.
    """

    measure: Measure
    scale: str
    better: Better
    no_effect: Decimal
    smallest: Decimal | None
    rows: list[ForestRow] = field(default_factory=list)


def forest_plot(
    rows: Sequence[EvidenceRow],
    study_types: dict[str, StudyType],
    smallest: Iterable[SmallestDifferenceRow],
) -> ForestPlot | None:
    """The plot of the first question: the measure and scale that most of its results have.

    None where fewer than two results share one. `study_types` are those of the works, by key.
    """
    usable = [row for row in rows if _can_be_drawn(row)]
    if not usable:
        return None
    measures = Counter((row.measure, row.scale, row.better) for row in usable)
    (measure, scale, better), number = measures.most_common(1)[0]
    if number < FEWEST or measure is None or better is None:
        return None
    drawn = [
        _forest_row(row, study_types)
        for row in usable
        if (row.measure, row.scale, row.better) == (measure, scale, better)
    ]
    no_effect = Decimal(measure.no_effect)
    least = smallest_for(drawn[0].row, smallest)
    step = None if least is None else least.value if better is Better.HIGHER else -least.value
    return ForestPlot(
        measure,
        scale,
        better,
        no_effect,
        None if step is None else no_effect + step,
        sorted(drawn, key=lambda item: item.is_apart),
    )


def _can_be_drawn(row: EvidenceRow) -> bool:
    return (
        row.role is Role.COUNTS
        and row.status is EvidenceStatus.COMPLETED
        and row.measure is not None
        and row.effect_value is not None
    )


def _forest_row(row: EvidenceRow, study_types: dict[str, StudyType]) -> ForestRow:
    assert row.effect_value is not None  # noqa: S101  (only such rows can be drawn)
    apart = row.is_combination or row.other_people or row.route not in COUNTED_ROUTES
    return ForestRow(
        row,
        row.effect_value,
        row.effect_low,
        row.effect_high,
        row.people,
        is_review=study_types.get(row.citation) in REVIEWS,
        is_apart=apart,
    )
