"""The evidence map as a figure: one mark for each answer, remedies against conditions.

Two drawings at 1:1, in px of a 16 px font: a wide one with remedies in rows, and a narrow one turned,
with conditions in rows, so that no label shrinks. Shape is direction, size is certainty. The table
with the same answers is the page of the evidence map.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty

MOST_REMEDIES = 10
MOST_CONDITIONS = 20
"""More do not fit beside the words of a page; those with the most answers are drawn."""

SHAPES = {
    DirectionMark.HELPS: "M8 2l7 12H1z",
    DirectionMark.CORRECTS: "M6 1h4v5h5v4h-5v5H6v-5H1V6h5z",
    DirectionMark.NONE: "M1 6h14v4H1z",
    DirectionMark.HARMS: "M8 14L1 2h14z",
    DirectionMark.MIXED: "M8 1l7 7-7 7-7-7z",
    DirectionMark.UNKNOWN: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
}
"""The shapes of `components/_mark.html`, in a square of 16."""

_LETTER = 7.6  # the mean width of a letter at 12.5 px in a wide font
_LINE = 13.0
_SLANT = math.radians(60)


@dataclass(frozen=True, order=True)
class MapLabel:
    """A remedy or a condition; sorted by group, then as lists are."""

    group: int
    sort_key: str
    name: str

    def lines(self, most: int) -> list[str]:
        """The name without what stands in brackets, in one or two lines of about `most` letters."""
        name = self.name.partition(" (")[0]
        lines = wrap(name, most, break_long_words=False) or [name]
        return lines if len(lines) < 3 else [lines[0], f"{lines[1]} …"]


@dataclass(frozen=True)
class Answer:
    """What is known of a remedy for a condition."""

    remedy: MapLabel
    condition: MapLabel
    effect: str
    certainty: str

    @property
    def mark(self) -> DirectionMark:
        """The direction of the answer."""
        return mark_of(self.effect, self.certainty)

    @property
    def level(self) -> int:
        """The certainty, from 0 to 4."""
        return Certainty(self.certainty).level


@dataclass(frozen=True)
class PlacedMark:
    """A mark with its upper left corner, and how much its square of 16 is scaled."""

    mark: DirectionMark
    x: float
    y: float
    scale: float

    @property
    def shape(self) -> str:
        """The path of the mark."""
        return SHAPES[self.mark]


@dataclass(frozen=True)
class PlacedLine:
    """One line of a label; `turn` is its rotation in degrees around its start."""

    text: str
    x: float
    y: float
    turn: float = 0
    anchor: str = "start"


@dataclass(frozen=True)
class Rule:
    """A line between two rows or columns; `strong` where a new group begins."""

    x: float
    y: float
    to_x: float
    to_y: float
    strong: bool = False


@dataclass(frozen=True)
class MapDrawing:
    """Everything in one drawing; sizes in px at a font size of 16 px."""

    width: float
    height: float
    labels: list[PlacedLine]
    rules: list[Rule]
    marks: list[PlacedMark]

    @property
    def rem(self) -> float:
        """The width in rem, so that the drawing grows with a reader's text."""
        return self.width / 16


@dataclass(frozen=True)
class AnswerMap:
    """The figure: its two drawings, what the marks in it mean, and how much of the whole it shows."""

    wide: MapDrawing
    narrow: MapDrawing
    counts: Counter[DirectionMark]
    remedies: int
    conditions: int
    is_whole: bool

    @property
    def answers(self) -> int:
        """How many answers the figure shows."""
        return sum(self.counts.values())


def answer_map(answers: Sequence[Answer], total: int | None = None) -> AnswerMap:
    """The figure of these answers, or of those of the remedies and conditions that have the most.

    `total` is the number of all answers, where some are left out already.
    """
    remedies = _most_answered((answer.remedy for answer in answers), MOST_REMEDIES)
    conditions = _most_answered((answer.condition for answer in answers), MOST_CONDITIONS)
    drawn = [
        answer for answer in answers if answer.remedy in remedies and answer.condition in conditions
    ]
    return AnswerMap(
        wide=_wide(drawn, remedies, conditions),
        narrow=_narrow(drawn, remedies, conditions),
        counts=Counter(answer.mark for answer in drawn),
        remedies=len(remedies),
        conditions=len(conditions),
        is_whole=len(drawn) == (len(answers) if total is None else total),
    )


def _most_answered(labels: Iterable[MapLabel], most: int) -> list[MapLabel]:
    counts = Counter(labels)
    return sorted(sorted(counts, key=lambda label: (-counts[label], label))[:most])


def _longest(lines: Iterable[str]) -> float:
    return max((len(line) for line in lines), default=0) * _LETTER


def _columns(names: Mapping[MapLabel, Sequence[str]], start: float, pitch: float) -> list[float]:
    """The middle of each label's column, with room before a new group and after a second line."""
    middles = [start + pitch / 2]
    for before, label in pairwise(names):
        room = 4.0 if label.group != before.group else 0.0
        middles.append(middles[-1] + pitch + room + _LINE * (len(names[before]) - 1))
    return middles if names else []


_WIDE_SIZES = (8.0, 10.0, 14.0, 17.0, 20.0)
_NARROW_SIZES = (7.0, 9.0, 12.0, 14.0, 16.0)


def _wide(
    answers: Sequence[Answer], remedies: Sequence[MapLabel], conditions: Sequence[MapLabel]
) -> MapDrawing:
    pitch, room = 26.0, 8.0
    names = {label: label.lines(28) for label in conditions}
    rows = {label: label.lines(13) for label in remedies}
    start = (
        _longest(line for lines in rows.values() for line in lines) + 16
    )  # and room for widely spaced letters
    columns = _columns(names, start, pitch)
    head = max((_longest(lines) for lines in names.values()), default=0) * math.sin(_SLANT) + 14
    middles = [head + room + pitch / 2 + pitch * number for number in range(len(remedies))]
    end = (columns[-1] if columns else start) + pitch / 2
    reach = [
        x + _longest(names[label]) * math.cos(_SLANT) + 6
        for x, label in zip(columns, conditions, strict=True)
    ]
    bottom = head + room + pitch * len(remedies)
    labels = [
        PlacedLine(line, x + 4 + 14 * number, head, -60)
        for x, label in zip(columns, conditions, strict=True)
        for number, line in enumerate(names[label])
    ]
    for y, label in zip(middles, remedies, strict=True):
        labels += _beside(rows[label], start - 10, y, anchor="end")
    rules = [Rule(start, y - pitch / 2, end, y - pitch / 2) for y in middles]
    rules.append(Rule(start, bottom, end, bottom))
    rules += [Rule(x, head + room, x, bottom) for x in columns]
    across = dict(zip(conditions, columns, strict=True))
    down = dict(zip(remedies, middles, strict=True))
    return MapDrawing(
        width=math.ceil(max([end, *reach])),
        height=math.ceil(bottom + 1),
        labels=labels,
        rules=rules,
        marks=_marks(
            answers, _WIDE_SIZES, lambda each: (across[each.condition], down[each.remedy])
        ),
    )


def _narrow(
    answers: Sequence[Answer], remedies: Sequence[MapLabel], conditions: Sequence[MapLabel]
) -> MapDrawing:
    width = 288.0
    names = {label: label.lines(19) for label in conditions}
    start = _longest(line for lines in names.values() for line in lines) + 6
    pitch = min((width - start) / max(len(remedies), 1), 28.0)
    heads = {label: " ".join(label.lines(99)) for label in remedies}
    head = _longest(heads.values()) + 10
    columns = [start + pitch / 2 + pitch * number for number in range(len(remedies))]
    labels = [
        PlacedLine(heads[label], x + 4, head - 4, -90)
        for x, label in zip(columns, remedies, strict=True)
    ]
    rules, middles, y = [], [], head
    groups = [label.group for label in conditions]
    for number, label in enumerate(conditions):
        height = 19.0 + _LINE * (len(names[label]) - 1)
        new = number > 0 and groups[number] != groups[number - 1]
        rules.append(Rule(0, y, width, y, strong=new or number == 0))
        middles.append(y + height / 2)
        labels += _beside(names[label], 0, middles[-1])
        y += height
    across = dict(zip(remedies, columns, strict=True))
    down = dict(zip(conditions, middles, strict=True))
    return MapDrawing(
        width=width,
        height=math.ceil(y + 1),
        labels=labels,
        rules=rules,
        marks=_marks(
            answers, _NARROW_SIZES, lambda each: (across[each.remedy], down[each.condition])
        ),
    )


def _beside(
    lines: Sequence[str], x: float, middle: float, *, anchor: str = "start"
) -> list[PlacedLine]:
    """The lines of a label, around the middle of its row."""
    first = middle + 4.5 - _LINE * (len(lines) - 1) / 2
    return [
        PlacedLine(line, x, first + _LINE * number, anchor=anchor)
        for number, line in enumerate(lines)
    ]


def _marks(
    answers: Iterable[Answer],
    sizes: Sequence[float],
    place: Callable[[Answer], tuple[float, float]],
) -> list[PlacedMark]:
    marks = []
    for answer in answers:
        size = sizes[answer.level]
        x, y = place(answer)
        marks.append(
            PlacedMark(
                answer.mark,
                round(x - size / 2, 1),
                round(y - size / 2, 1),
                round(size / 16, 3),
            )
        )
    return marks
