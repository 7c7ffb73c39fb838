"""Entries in groups by effect, as a summary beside each name of a list from A to Z, and as cells of the map."""

from collections.abc import Sequence

from django import template

from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages import groups, lists
from remedies.pages.brief_warnings import BriefWarnings
from remedies.pages.brief_warnings import brief_warnings as compose_warnings
from remedies.pages.ladder import Ladder, ladder_of
from remedies.pages.map_cells import render_cells

register = template.Library()

register.simple_tag(render_cells, name="map_cells")


@register.simple_tag
def ladder(entries: Sequence[RemedyConditionEntry]) -> Ladder:
    """A condition's entries in columns by direction."""
    return ladder_of(entries)


@register.simple_tag
def brief_warnings(entry: RemedyConditionEntry) -> BriefWarnings:
    """The warnings of an entry in a row of the comparison."""
    return compose_warnings(entry)


@register.simple_tag
def remedy_groups(
    entries: Sequence[RemedyConditionEntry], sort: str = "evidence"
) -> list[groups.EntryGroup]:
    """A condition's entries by effect, sorted within each group."""
    return groups.remedy_groups(entries, sort)


@register.simple_tag
def listed_uses(entries: Sequence[RemedyConditionEntry], sort: str) -> list[RemedyConditionEntry]:
    """A remedy's entries by what studies found, or from A to Z."""
    return groups.listed_uses(entries, sort)


@register.simple_tag
def entry_summaries(subjects: Sequence[Remedy | Condition]) -> dict[int, lists.EntrySummary]:
    """The summary of every subject of the page, by its id; in one query."""
    return lists.entry_summaries(subjects)


@register.inclusion_tag("remedies/pages/_entry_summary.html")
def entry_summary(
    summaries: dict[int, lists.EntrySummary], subject: Remedy | Condition
) -> dict[str, object]:
    """The number of the subject's entries and the highest certainty among them."""
    return {"summary": summaries.get(subject.pk), "of_remedy": isinstance(subject, Remedy)}
