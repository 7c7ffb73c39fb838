"""How pages group what they list: entries by effect and certainty, studies by their study type."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citations.choices import StudyType
from remedies.choices import Certainty, Effect
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


_GROUP_OF: dict[str, str] = {
    Effect.BENEFIT: "help",
    Effect.CORRECTS: "corrects",
    Effect.NONE: "no_difference",
    Effect.HARM: "harm",
    Effect.CAUSES: "causes",
}


def list_group(entry: Graded) -> str:
    """The key of the group an entry belongs to (decisions 5 and 17); votes have no part in it."""
    if Certainty(entry.shown_certainty).level < Certainty.LOW.level:
        return "unclear"
    return _GROUP_OF.get(entry.shown_effect, "unclear")


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


def condition_groups(entries: Iterable[RemedyConditionEntry], sort: str) -> list[EntryGroup]:
    """A remedy's entries in groups, by certainty or ("name") by condition; empty ones left out."""
    headings = {
        "help": _("May help"),
        "corrects": _("Corrects a deficiency"),
        "unclear": _("Unclear"),
        "against": _("Not supported or harmful"),
        "causes": _("Side effects of the remedy itself"),
    }
    groups = _groups(entries, headings, _condition_group)
    if sort == "name":
        for group in groups:
            group.entries.sort(key=lambda entry: entry.condition.sort_key)
    return groups


def support_summary(entries: Iterable[RemedyConditionEntry]) -> str:
    """What a remedy's entries add up to, in sentences made from the grades, never written by hand."""
    groups = {group.key: group.entries for group in condition_groups(entries, "evidence")}
    sentences = []
    if best := groups.get("help"):
        names = ", ".join(_name_with_certainty(entry) for entry in best[:3])
        sentences.append(_("Best supported: %(uses)s.") % {"uses": names})
    if unclear := len(groups.get("unclear", [])):
        sentences.append(
            ngettext("Unclear: %(count)s use.", "Unclear: %(count)s uses.", unclear)
            % {"count": unclear}
        )
    if against := groups.get("against"):
        names = ", ".join(entry.condition.shown_name for entry in against)
        sentences.append(_("Not supported or harmful: %(uses)s.") % {"uses": names})
    for key, words in (
        ("corrects", _("Corrects a deficiency: %(uses)s.")),
        ("causes", _("May itself cause: %(uses)s.")),
    ):
        if listed := groups.get(key):
            names = ", ".join(entry.condition.shown_name for entry in listed)
            sentences.append(words % {"uses": names})
    return " ".join(sentences)


def _condition_group(entry: Graded) -> str:
    group = list_group(entry)
    return "against" if group in {"no_difference", "harm"} else group


def _groups(
    entries: Iterable[RemedyConditionEntry],
    headings: dict[str, str],
    group_of: Callable[[Graded], str],
) -> list[EntryGroup]:
    groups = {key: EntryGroup(key, heading, []) for key, heading in headings.items()}
    for entry in by_certainty(entries):
        groups[group_of(entry)].entries.append(entry)
    return [group for group in groups.values() if group.entries]


def _name_with_certainty(entry: RemedyConditionEntry) -> str:
    certainty = str(Certainty(entry.shown_certainty).label).lower()
    return _("%(use)s (%(certainty)s)") % {
        "use": entry.condition.shown_name,
        "certainty": certainty,
    }
