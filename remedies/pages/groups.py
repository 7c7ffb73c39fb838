"""How pages group what they list: entries by what was found, studies by their kind."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from citations.choices import StudyType
from remedies.choices import PIPS, Certainty, Effect

EVIDENCE_GROUPS: Sequence[tuple[str, frozenset[StudyType]]] = (
    ("reviews", frozenset({StudyType.META_ANALYSIS, StudyType.SYSTEMATIC_REVIEW})),
    ("trials", frozenset({StudyType.RANDOMISED_TRIAL, StudyType.CROSSOVER_TRIAL})),
    (
        "people",
        frozenset(
            {
                StudyType.OPEN_LABEL_TRIAL,
                StudyType.COHORT,
                StudyType.CASE_CONTROL,
                StudyType.CROSS_SECTIONAL,
            }
        ),
    ),
    ("cases", frozenset({StudyType.CASE_SERIES, StudyType.CASE_REPORT})),
    ("guidelines", frozenset({StudyType.GUIDELINE, StudyType.REGULATORY})),
    (
        "background",
        frozenset(
            {
                StudyType.NARRATIVE_REVIEW,
                StudyType.LABORATORY_STUDY,
                StudyType.REFERENCE_WORK,
                StudyType.PRODUCT_INFORMATION,
                StudyType.PRODUCT_ANALYSIS,
            }
        ),
    ),
    ("registered", frozenset({StudyType.REGISTRY_ENTRY})),
)
"""Kinds of evidence in the order of the page, best first."""


def evidence_heading(group: str) -> str:
    """The heading of a group of `EVIDENCE_GROUPS`."""
    return {
        "reviews": _("Reviews of several studies"),
        "trials": _("Randomised trials"),
        "people": _("Other studies in people"),
        "cases": _("Reports of single cases"),
        "guidelines": _("What guidelines and authorities say"),
        "background": _("Background"),
        "registered": _("Registered trials"),
    }[group]


class Graded(Protocol):
    """What a list of entries is grouped by."""

    shown_effect: str
    shown_certainty: str


G = TypeVar("G", bound=Graded)


LIST_GROUPS = ("help", "no_difference", "harm", "unclear")


def list_group(entry: Graded) -> str:
    """The heading an entry stands under (decision 5); votes have no part in it."""
    known = PIPS[Certainty(entry.shown_certainty)] >= PIPS[Certainty.LOW]
    if entry.shown_effect == Effect.HARM:
        return "harm"
    if known and entry.shown_effect == Effect.BENEFIT:
        return "help"
    if known and entry.shown_effect == Effect.NONE:
        return "no_difference"
    return "unclear"


def by_certainty(entries: Iterable[G]) -> list[G]:
    """Surest first; entries of one certainty keep their order."""
    return sorted(entries, key=lambda entry: -PIPS[Certainty(entry.shown_certainty)])


def grouped(entries: Iterable[G]) -> dict[str, list[G]]:
    """Entries under the headings of `LIST_GROUPS`, surest first; every heading is there."""
    groups: dict[str, list[G]] = {name: [] for name in LIST_GROUPS}
    for entry in by_certainty(entries):
        groups[list_group(entry)].append(entry)
    return groups
