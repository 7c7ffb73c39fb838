"""What every chart is made of: an axis with lines and labels, bars, intervals and marks.

Places are percent of the length of the axis, so a drawing fits any width and no label shrinks with it.
Text is given as SVG or HTML by the templates; heights are in em, and grow with the reader's text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from remedies.charts.axis_scale import Scale
from remedies.charts.direction_marks import DirectionMark
from remedies.choices import Direction
from remedies.effects.wording import signed

NARROWEST = Decimal(260)
"""Pixels of the axis on a phone of 320 px; labels are kept apart for this width."""
_CHARACTER = Decimal(9)
"""Pixels of a character of a label at 12.5 px, for readers who space letters widely too."""
_LINE = Decimal("1.25")
"""Height of a line of a label, in em."""
_MARGIN = Decimal(4)
"""Percent of the axis that is free beyond either end."""
_BETWEEN = Decimal(1)
"""Percent of the axis between two labels."""

MARK_OF = {
    Direction.BENEFIT: DirectionMark.HELPS,
    Direction.NONE: DirectionMark.NONE,
    Direction.HARM: DirectionMark.HARMS,
    Direction.MIXED: DirectionMark.MIXED,
    Direction.UNCLEAR: DirectionMark.UNKNOWN,
}
"""The hue of a single result; the place says the same."""


class LineKind(StrEnum):
    """What a line across a chart stands for. The values name the CSS modifier."""

    LIMIT = "limit"
    NO_EFFECT = "no-effect"
    SMALLEST = "smallest"
    COLUMN = "column"


@dataclass(frozen=True)
class Label:
    """One or two short lines of text at a place; `level` counts rows of labels from below."""

    place: Decimal
    text: str
    second: str = ""
    level: int = 0

    @property
    def x(self) -> str:
        """The place as an SVG attribute."""
        return svg_percent(self.place)

    @property
    def anchor(self) -> str:
        """Which end of the text lies at the place, so that none leaves the drawing."""
        if self.place + _MARGIN < self._width / 2:
            return "start"
        return "end" if self.place - _MARGIN > 100 - self._width / 2 else "middle"

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """Where the text begins and ends on the narrowest axis, in percent."""
        width = self._width
        begin = {"start": Decimal(), "middle": width / 2, "end": width}[self.anchor]
        return self.place - begin, self.place - begin + width

    @property
    def _width(self) -> Decimal:
        return max(len(self.text), len(self.second)) * _CHARACTER / NARROWEST * 100


@dataclass(frozen=True)
class Line:
    """A line across the chart, with the label above it."""

    kind: LineKind
    label: Label

    @property
    def x(self) -> str:
        """The place as an SVG attribute."""
        return self.label.x


@dataclass(frozen=True)
class Axis:
    """Ticks and lines that all rows of a chart share; `start` and `end` name what lies at its ends."""

    ticks: list[Label] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    start: str = ""
    end: str = ""

    @property
    def head_height(self) -> str:
        """Height of the labels above the chart, in em."""
        levels = max((line.label.level for line in self.lines), default=-1) + 1
        return f"{levels * self._lines_of_text * _LINE:f}em"

    def head_labels(self) -> list[tuple[Line, str, str]]:
        """Each line with the heights of its two lines of text, in em, the lowest level at the chart."""
        levels = max((line.label.level for line in self.lines), default=-1) + 1
        heights = []
        for line in self.lines:
            top = (levels - 1 - line.label.level) * self._lines_of_text * _LINE
            heights.append((line, f"{top + 1:f}em", f"{top + 1 + _LINE:f}em"))
        return heights

    @property
    def _lines_of_text(self) -> int:
        return 2 if any(line.label.second for line in self.lines) else 1


class BarKind(StrEnum):
    """How a bar is filled. The values name the CSS modifier."""

    SOLID = "solid"
    RANGE = "range"
    BEYOND = "beyond"
    HOLLOW = "hollow"


@dataclass(frozen=True)
class Stretch:
    """A part of the axis, its ends in percent."""

    start: Decimal
    end: Decimal

    @property
    def x(self) -> str:
        """Where it begins, as an SVG attribute."""
        return svg_percent(self.start)

    @property
    def x2(self) -> str:
        """Where it ends, as an SVG attribute."""
        return svg_percent(self.end)

    @property
    def width(self) -> str:
        """Its length, as an SVG attribute."""
        return svg_percent(self.end - self.start)


@dataclass(frozen=True)
class Bar(Stretch):
    """A bar, or a part of one: solid, thin (the end of a range), hatched or hollow."""

    kind: BarKind


@dataclass(frozen=True)
class DrawnInterval(Stretch):
    """What of an interval lies on the axis; arrows say that it goes on beyond an end."""

    leaves_low: bool
    leaves_high: bool


def svg_percent(place: Decimal) -> str:
    """“43.25%”: a place as SVG reads it, in any language of the page."""
    return f"{place.normalize():f}%"


def interval_on(scale: Scale, low: Decimal, high: Decimal) -> DrawnInterval:
    """An interval on a scale."""
    return DrawnInterval(scale.place(low), scale.place(high), low < scale.low, high > scale.high)


def tick_labels(scale: Scale) -> list[Label]:
    """The round values of a scale as labels."""
    return [Label(scale.place(value), signed(value)) for value in scale.ticks()]


def kept_apart(lines: Iterable[Line]) -> list[Line]:
    """The lines in order, each label on the lowest level where it touches no other."""
    placed: list[Line] = []
    for line in sorted(lines, key=lambda line: line.label.place):
        label = line.label
        level = next(
            level
            for level in range(len(placed) + 1)
            if all(_apart(label, other.label) for other in placed if other.label.level == level)
        )
        placed.append(Line(line.kind, Label(label.place, label.text, label.second, level)))
    return placed


def _apart(one: Label, other: Label) -> bool:
    (begin, end), (other_begin, other_end) = one.ends, other.ends
    return end + _BETWEEN < other_begin or other_end + _BETWEEN < begin


def columns(labels: Sequence[tuple[str, str]]) -> tuple[Axis, list[Decimal]]:
    """An axis of equal columns with their names in one or two lines, and the middle of each."""
    width = Decimal(100) / len(labels)
    places = [
        (width * number + width / 2).quantize(Decimal("0.01")) for number in range(len(labels))
    ]
    lines = [
        Line(LineKind.COLUMN, Label(place, *label))
        for place, label in zip(places, labels, strict=True)
    ]
    edges = [
        Label((width * number).quantize(Decimal("0.01")), "") for number in range(len(labels) + 1)
    ]
    return Axis(ticks=edges, lines=lines), places
