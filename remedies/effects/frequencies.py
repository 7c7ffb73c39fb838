"""How many people of each arm had the event: of 100, or, in small trials, as they were counted."""

from dataclasses import dataclass
from fractions import Fraction

from remedies.choices import Comparator
from remedies.schema import EvidenceRow

LEAST_FOR_PERCENT = 50
"""People in each arm from which figures are told "of 100 people"; fewer would look too sure."""


@dataclass(frozen=True)
class NaturalFrequency:
    """Events and people of the two arms, as analysed."""

    remedy_events: int
    remedy_people: int
    control_events: int
    control_people: int

    @property
    def of_hundred(self) -> tuple[int, int] | None:
        """Events of 100 people with and without the remedy; None where an arm is too small.

        Rounded half up, each arm by itself (Gigerenzer and Edwards, BMJ 2003;327:741).
        """
        if min(self.remedy_people, self.control_people) < LEAST_FOR_PERCENT:
            return None
        return (
            _of_hundred(self.remedy_events, self.remedy_people),
            _of_hundred(self.control_events, self.control_people),
        )


def natural_frequency(row: EvidenceRow) -> NaturalFrequency | None:
    """The events of both arms; None where the row does not have them, or an arm has nobody.

    None too where the other arm took the remedy as well (another dose), or there was none: the words
    say “without it”.
    """
    if row.comparator in {Comparator.DOSE, Comparator.NONE}:
        return None
    counts = (row.remedy_events, row.remedy_people, row.control_events, row.control_people)
    if any(count is None for count in counts) or not (row.remedy_people and row.control_people):
        return None
    return NaturalFrequency(*(count or 0 for count in counts))


def _of_hundred(events: int, people: int) -> int:
    return int(Fraction(100 * events, people) + Fraction(1, 2))
