"""The forest plot: results on one measure with their intervals, on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.charts.axis_scale import Scale, scale_around
from remedies.charts.drawing import (
    MARK_OF,
    Axis,
    DrawnInterval,
    Label,
    Line,
    LineKind,
    interval_on,
    kept_apart,
    svg_percent,
    tick_labels,
)
from remedies.choices import Better
from remedies.effects.forest import ForestPlot, ForestRow
from remedies.effects.wording import signed

_LEAST_WIDTH = Decimal(6)
"""Percent of the axis below which an interval is too short for a diamond that can be seen."""


@dataclass(frozen=True)
class ForestMark:
    """One result as it is drawn; `tone` is the mark of its direction, `interval` None where not given.

    A review is a diamond as wide as its interval. What is not the same thing is hollow.
    """

    place: Decimal
    interval: DrawnInterval | None
    tone: str
    is_review: bool
    is_apart: bool

    @property
    def x(self) -> str:
        """Where the value lies, as an SVG attribute."""
        return svg_percent(self.place)

    @property
    def is_wide(self) -> bool:
        """Whether the diamond of a review can be drawn as wide as its interval."""
        return (
            self.is_review
            and self.interval is not None
            and self.interval.end - self.interval.start >= _LEAST_WIDTH
        )

    @property
    def apex(self) -> str:
        """Where the value lies within the interval, of 100, for the tip of a wide diamond; or empty."""
        if self.interval is None:
            return ""
        start, end = self.interval.start, self.interval.end
        return f"{(100 * (self.place - start) / (end - start)).quantize(Decimal('0.1')):f}"


@dataclass(frozen=True)
class ForestChart:
    """The axis, the finding in a sentence, and a mark for each row of the plot in its order."""

    sentence: str
    axis: Axis
    marks: list[ForestMark]


def forest_chart(plot: ForestPlot) -> ForestChart:
    """The plot as a drawing: ratios on a log axis; arrows where an interval leaves the axis."""
    scale = _scale(plot)
    lines = [
        Line(
            LineKind.NO_EFFECT,
            Label(scale.place(plot.no_effect), _("no effect"), signed(plot.no_effect)),
        )
    ]
    if plot.smallest is not None and scale.holds(plot.smallest):
        label = Label(scale.place(plot.smallest), _("people notice"), signed(plot.smallest))
        lines.append(Line(LineKind.SMALLEST, label))
    better, worse = _("better with it"), _("worse with it")
    lower = plot.better is Better.LOWER
    axis = Axis(
        ticks=tick_labels(scale),
        lines=kept_apart(lines),
        start=better if lower else worse,
        end=worse if lower else better,
    )
    return ForestChart(_sentence(plot), axis, [_mark(row, scale) for row in plot.rows])


def _scale(plot: ForestPlot) -> Scale:
    """An axis for the values, no effect and the smallest difference; intervals may leave it."""
    values = [plot.no_effect, *(row.value for row in plot.rows)]
    if plot.smallest is not None and not (plot.measure.is_ratio and plot.smallest <= 0):
        values.append(plot.smallest)
    ends = [end for row in plot.rows for end in (row.low, row.high) if end is not None]
    return scale_around(values, ends, is_log=plot.measure.is_ratio)


def _mark(row: ForestRow, scale: Scale) -> ForestMark:
    interval = None
    if row.low is not None and row.high is not None:
        interval = interval_on(scale, row.low, row.high)
    return ForestMark(
        scale.place(row.value),
        interval,
        MARK_OF[row.row.direction].value,
        is_review=row.is_review,
        is_apart=row.is_apart,
    )


def _sentence(plot: ForestPlot) -> str:
    """How many results lie wholly on one side of no effect, and how many reach it."""
    same = [_side(plot, row) for row in plot.rows if not row.is_apart]
    apart = [_side(plot, row) for row in plot.rows if row.is_apart]
    sentences = []
    if same:
        text = ngettext("%(count)s result: %(sides)s.", "%(count)s results: %(sides)s.", len(same))
        sentences.append(text % {"count": len(same), "sides": _count_sides(same)})
    if apart:
        text = ngettext(
            "%(count)s result of a combination, another route or other people: %(sides)s.",
            "%(count)s results of a combination, another route or other people: %(sides)s.",
            len(apart),
        )
        sentences.append(text % {"count": len(apart), "sides": _count_sides(apart)})
    return " ".join(sentences)


def _count_sides(sides: Sequence[str]) -> str:
    words = {
        "better": _("%(count)s wholly on the better side of no effect"),
        "worse": _("%(count)s wholly on the worse side of no effect"),
        "reaches": _("%(count)s with an interval that reaches no effect"),
        "open": _("%(count)s without an interval"),
    }
    return ", ".join(
        text % {"count": sides.count(side)} for side, text in words.items() if side in sides
    )


def _side(plot: ForestPlot, row: ForestRow) -> str:
    if row.low is None or row.high is None:
        return "open"
    if row.low <= plot.no_effect <= row.high:
        return "reaches"
    below = row.high < plot.no_effect
    return "better" if below is (plot.better is Better.LOWER) else "worse"
