"""Which fields of a form fit what is chosen in others: an elemental amount fits a mineral, not a herb.

A field that does not fit is hidden while it is empty; what is stored in one is always shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FitRule:
    """A field fits where another one holds one of some values.

    `source` is a field of the same row; with a `column`, the column of the row that it chooses.
    With `is_of_subject` it is a field of the form itself, above its rows.
    """

    source: str
    values: tuple[str, ...]
    column: str = ""
    is_of_subject: bool = False

    def __str__(self) -> str:
        """As the script reads it: `/remedy.kind=mineral|vitamin`."""
        path = f"{'/' if self.is_of_subject else ''}{self.source}"
        column = f".{self.column}" if self.column else ""
        return f"{path}{column}={'|'.join(self.values)}"


Fits = Mapping[str, Sequence[FitRule]]
"""For each field that does not always fit: all of its rules have to hold."""


def fits_attribute(rules: Iterable[FitRule]) -> str:
    """The rules of a field as the value of its `data-fits`."""
    return ";".join(str(rule) for rule in rules)
