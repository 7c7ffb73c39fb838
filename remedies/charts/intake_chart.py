"""The intake chart: recommended intake by life stage, and upper limits, a panel each on one axis.

The two count different things (food included or not), so a limit has a row of its own and crosses no
row of recommended intake.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from remedies.charts.axis_scale import scale_from_nought
from remedies.charts.drawing import Axis, svg_percent, tick_labels
from remedies.choices import LimitKind, Unit
from remedies.doses.limits import in_unit
from remedies.schema import LimitRow
from remedies_site.numbers import format_number, format_range


@dataclass(frozen=True)
class IntakePlace:
    """Where a figure lies on the axis, and its amount in the unit of the axis."""

    place: Decimal
    amount: str

    @property
    def x(self) -> str:
        """The place as an SVG attribute."""
        return svg_percent(self.place)


@dataclass(frozen=True)
class IntakeChart:
    """The axis in one unit, the finding of each kind in a sentence, and for each row its place, or None.

    A figure in a unit of another kind (IU beside micrograms) has no place.
    """

    unit: Unit
    sentences: Mapping[LimitKind, str]
    axis: Axis
    places: list[IntakePlace | None]


def intake_chart(rows: Sequence[LimitRow]) -> IntakeChart | None:
    """The official figures of a remedy on one axis; None where there is none."""
    if not rows:
        return None
    unit = Counter(row.unit for row in rows).most_common(1)[0][0]
    amounts = [in_unit(row.amount, row.unit, unit) for row in rows]
    scale = scale_from_nought([amount for amount in amounts if amount is not None])
    placed = [
        (row.kind, amount) for row, amount in zip(rows, amounts, strict=True) if amount is not None
    ]
    return IntakeChart(
        unit,
        _sentences(placed, unit),
        Axis(ticks=tick_labels(scale)),
        [
            None if amount is None else IntakePlace(scale.place(amount), format_number(amount))
            for amount in amounts
        ],
    )


def _sentences(placed: Sequence[tuple[LimitKind, Decimal]], unit: Unit) -> dict[LimitKind, str]:
    texts = {
        LimitKind.RECOMMENDED: _("Recommended intake: %(amount)s %(unit)s a day."),
        LimitKind.UPPER: _("Upper limits: %(amount)s %(unit)s a day."),
    }
    sentences = {}
    for kind, text in texts.items():
        if amounts := [amount for each, amount in placed if each is kind]:
            low, high = min(amounts), max(amounts)
            span = format_range(low, high if high > low else None)
            sentences[kind] = text % {"amount": span, "unit": unit.label}
    return sentences
