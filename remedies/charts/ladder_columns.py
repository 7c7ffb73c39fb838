"""The ladder of a condition: a column for each direction, boxes filled by certainty."""

from enum import StrEnum

from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty


class LadderColumn(StrEnum):
    """The columns in the order of the page. The values name the CSS modifier."""

    HARMS = "harms"
    NONE = "none"
    OPEN = "open"
    HELPS = "helps"


_OF_MARK = {
    DirectionMark.HARMS: LadderColumn.HARMS,
    DirectionMark.NONE: LadderColumn.NONE,
    DirectionMark.HELPS: LadderColumn.HELPS,
    DirectionMark.CORRECTS: LadderColumn.HELPS,
}


def ladder_column(effect: str, certainty: str) -> LadderColumn:
    """The column of an answer: that of its mark, so that below low certainty it is not known."""
    return _OF_MARK.get(mark_of(effect, certainty), LadderColumn.OPEN)


def boxes(certainty: str) -> list[bool]:
    """Whether each of the four boxes is filled."""
    level = Certainty(certainty).level
    return [number < level for number in range(Certainty.HIGH.level)]
