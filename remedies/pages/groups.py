"""How pages group what they list: entries by effect and certainty, studies by their study type."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from citations.choices import StudyType
from remedies.choices import Certainty
from remedies.grading.list_order import group_of, list_place
from remedies.models import RemedyConditionEntry

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
"""Study types under one heading each, in the order of the page, best first."""

IN_PEOPLE = frozenset({"reviews", "trials", "people", "cases"})
"""The groups of studies in people, which can say what the remedy does."""


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
    """What a list of entries is grouped and sorted by."""

    shown_effect: str
    shown_certainty: str


GradedT = TypeVar("GradedT", bound=Graded)


@dataclass(frozen=True)
class EntryGroup:
    """Entries under one heading."""

    key: str
    heading: str
    entries: list[RemedyConditionEntry]


def list_group(entry: Graded) -> str:
    """The key of the group an entry belongs to (decisions 5 and 17); votes have no part in it."""
    return group_of(entry.shown_effect, entry.shown_certainty)


def by_certainty(entries: Iterable[GradedT]) -> list[GradedT]:
    """Highest certainty first; entries of one certainty keep their order."""
    return sorted(entries, key=lambda entry: -Certainty(entry.shown_certainty).level)


def remedy_groups(entries: Iterable[RemedyConditionEntry], sort: str) -> list[EntryGroup]:
    """A condition's entries by effect; empty groups left out.

    `sort` orders within a group: "evidence" (also any other value), "name", or "cautions" (fewest
    first). An entry never moves to another group.
    """
    headings = {
        "help": _("May help"),
        "corrects": _("Corrects a deficiency"),
        "no_difference": _("Little or no difference"),
        "harm": _("May harm"),
        "causes": _("Side effects of the remedy itself"),
        "unclear": _("Unclear"),
    }
    groups = _groups(entries, headings, list_group)
    for group in groups:
        if sort == "name":
            group.entries.sort(key=lambda entry: entry.remedy.sort_key)
        elif sort == "cautions":
            group.entries.sort(key=lambda entry: len(entry.all_cautions))
    return groups


def listed_uses(entries: Iterable[RemedyConditionEntry], sort: str) -> list[RemedyConditionEntry]:
    """A remedy's entries: what helps, what does not, what is not known, each by certainty.

    With `sort` "name" from A to Z by condition.
    """
    if sort == "name":
        return sorted(entries, key=lambda entry: entry.condition.sort_key)
    return sorted(entries, key=lambda entry: list_place(entry.shown_effect, entry.shown_certainty))


def _groups(
    entries: Iterable[RemedyConditionEntry],
    headings: dict[str, str],
    group_of: Callable[[Graded], str],
) -> list[EntryGroup]:
    groups = {key: EntryGroup(key, heading, []) for key, heading in headings.items()}
    for entry in by_certainty(entries):
        groups[group_of(entry)].entries.append(entry)
    return [group for group in groups.values() if group.entries]


def name_with_certainty(entry: RemedyConditionEntry) -> str:
    """“Asthma (moderate certainty)”: the condition of an entry."""
    certainty = str(Certainty(entry.shown_certainty).label).lower()
    return _("%(use)s (%(certainty)s)") % {
        "use": entry.condition.shown_name,
        "certainty": certainty,
    }
