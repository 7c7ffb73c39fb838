"""The study chart: kinds of study by what each result found, as circles as large as their people."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.charts.drawing import MARK_OF, Axis, columns, svg_percent
from remedies.choices import Direction, EvidenceStatus, Role
from remedies.schema import EvidenceRow
from remedies_site.numbers import format_number

LARGEST = Decimal("1.2")
"""Radius of the largest circle, in em."""
SMALLEST = Decimal("0.28")
"""Least radius that can still be seen; circles below it are not to scale."""
UNKNOWN_RADIUS = Decimal("0.55")
"""Radius of a hollow circle: the number of people is not given."""
_COLUMN = {
    Direction.HARM: 0,
    Direction.NONE: 1,
    Direction.UNCLEAR: 2,
    Direction.MIXED: 2,
    Direction.BENEFIT: 3,
}


@dataclass(frozen=True)
class StudyInput:
    """A result with the name of its work."""

    name: str
    row: EvidenceRow


@dataclass(frozen=True)
class StudyDot:
    """One result: its column, its radius in em, and whether it is hollow (people not given)."""

    name: str
    row: EvidenceRow
    place: Decimal
    radius: Decimal
    tone: str

    @property
    def is_hollow(self) -> bool:
        """Whether the number of people is not given."""
        return self.row.people is None

    @property
    def x(self) -> str:
        """The place as an SVG attribute."""
        return svg_percent(self.place)

    @property
    def r(self) -> str:
        """The radius as an SVG attribute."""
        return f"{self.radius.normalize():f}em"


@dataclass(frozen=True)
class StudyGroup:
    """The results of studies of one kind."""

    heading: str
    dots: list[StudyDot]


@dataclass(frozen=True)
class StudyChart:
    """The axis of four columns, the finding in a sentence, and the groups; `left_out` are not drawn."""

    sentence: str
    axis: Axis
    groups: list[StudyGroup]
    left_out: int


def study_chart(
    groups: Sequence[tuple[str, Sequence[StudyInput]]], left_out: int = 0
) -> StudyChart | None:
    """The results that count, by kind of study; None where there is none.

    Results of another outcome, of background, or not finished are left out and counted, beside the
    `left_out` that the caller did not give.
    """
    axis, places = columns(
        [
            (_("worse"), _("with it")),
            (_("no effect"), _("shown")),
            (_("mixed or"), _("unclear")),
            (_("better"), _("with it")),
        ]
    )
    counted = [(heading, [each for each in inputs if _counts(each)]) for heading, inputs in groups]
    drawn = [each for _heading, inputs in counted for each in inputs]
    if not drawn:
        return None
    most = max((each.row.people or 0 for each in drawn), default=0)
    return StudyChart(
        _sentence([each.row for each in drawn]),
        axis,
        [
            StudyGroup(heading, [_dot(each, places, most) for each in inputs])
            for heading, inputs in counted
            if inputs
        ],
        left_out + sum(len(inputs) for _heading, inputs in groups) - len(drawn),
    )


def _counts(each: StudyInput) -> bool:
    return each.row.role is Role.COUNTS and each.row.status is EvidenceStatus.COMPLETED


def _dot(each: StudyInput, places: Sequence[Decimal], most: int) -> StudyDot:
    direction = each.row.direction
    return StudyDot(
        each.name,
        each.row,
        places[_COLUMN[direction]],
        circle_radius(each.row.people, most),
        MARK_OF[direction].value,
    )


def circle_radius(people: int | None, most: int) -> Decimal:
    """The radius in em: its square grows as the people do, up to `LARGEST` for the `most` people."""
    if people is None:
        return UNKNOWN_RADIUS
    if not most:
        return SMALLEST
    share = (Decimal(people) / most).sqrt()
    return max((LARGEST * share).quantize(Decimal("0.001")), SMALLEST)


def _sentence(rows: Sequence[EvidenceRow]) -> str:
    """How many results point which way, and the people of the largest."""
    words = {
        Direction.BENEFIT: _("%(count)s better with it"),
        Direction.NONE: _("%(count)s no difference shown"),
        Direction.HARM: _("%(count)s worse with it"),
        Direction.MIXED: _("%(count)s mixed"),
        Direction.UNCLEAR: _("%(count)s unclear"),
    }
    found = [row.direction for row in rows]
    parts = [
        text % {"count": found.count(direction)}
        for direction, text in words.items()
        if direction in found
    ]
    sentence = ngettext(
        "%(count)s result: %(parts)s.", "%(count)s results: %(parts)s.", len(rows)
    ) % {"count": len(rows), "parts": ", ".join(parts)}
    most = max((row.people or 0 for row in rows), default=0)
    if not most:
        return sentence
    largest = ngettext(
        "The largest has %(count)s person.", "The largest has %(count)s people.", most
    ) % {"count": format_number(Decimal(most))}
    return f"{sentence} {largest}"
