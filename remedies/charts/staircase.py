"""The ledger of a grade as a staircase: where it starts, and how far each step moves it.

Certainty is a quantity: a tread is as long as the level is high.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from remedies.charts.drawing import Axis, Stretch, columns
from remedies.choices import Certainty
from remedies.grading.ledger import LedgerStep
from remedies.grading.ledger_wording import LedgerLine, ledger_line

LEVELS = (Certainty.VERY_LOW, Certainty.LOW, Certainty.MODERATE, Certainty.HIGH)
"""A column each, from the start of the axis."""


@dataclass(frozen=True)
class Stair:
    """One step: its words, its change, and a tread up to the level where it leaves the certainty.

    `moved` is the stretch between the levels before and after it, None where it moved nothing.
    """

    line: LedgerLine
    change: int
    tread: Stretch
    moved: Stretch | None
    is_first: bool

    @property
    def label(self) -> str:
        """“−1”, “0”, “+1”; of the first step the level where it starts."""
        if self.is_first:
            return level_label(self.line.certainty)
        if not self.change:
            return "0"
        return f"{'+' if self.change > 0 else '−'}{abs(self.change)}"


@dataclass(frozen=True)
class Staircase:
    """The steps in order on an axis of four levels, and the finding in a sentence."""

    sentence: str
    axis: Axis
    stairs: list[Stair]

    def __bool__(self) -> bool:
        return bool(self.stairs)


def staircase(steps: Sequence[LedgerStep], names: Mapping[str, str] | None = None) -> Staircase:
    """The steps of a ledger; `names` are short names of works by their keys."""
    axis, _places = columns([(level_label(level), "") for level in LEVELS])
    stairs: list[Stair] = []
    before = Decimal()
    for number, step in enumerate(steps):
        after = Decimal(100) * step.level / len(LEVELS)
        moved = Stretch(min(before, after), max(before, after)) if number else None
        stairs.append(
            Stair(
                ledger_line(step, names),
                step.change,
                Stretch(Decimal(), after),
                moved if before != after else None,
                is_first=number == 0,
            )
        )
        before = after
    return Staircase(_sentence(stairs), axis, stairs)


def level_label(certainty: Certainty) -> str:
    """The level in a word or two, for a column."""
    return {
        Certainty.HIGH: _("High"),
        Certainty.MODERATE: _("Moderate"),
        Certainty.LOW: _("Low"),
        Certainty.VERY_LOW: _("Very low"),
    }.get(certainty, _("None"))


def _sentence(stairs: Sequence[Stair]) -> str:
    """“Starts at high certainty. Risk of bias −1, … Ends at very low certainty.”"""
    if not stairs:
        return ""
    moved = [f"{stair.line.name} {stair.label}" for stair in stairs[1:] if stair.change]
    values = {
        "start": str(stairs[0].line.certainty.label).lower(),
        "end": str(stairs[-1].line.certainty.label).lower(),
        "moved": "; ".join(moved),
    }
    if not moved:
        return _("It starts and stays at %(end)s.") % values
    return _("It starts at %(start)s and ends at %(end)s: %(moved)s.") % values
