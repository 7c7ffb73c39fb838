"""Lists of entries: in groups by effect, and as a summary beside each name of a list from A to Z."""

from collections.abc import Sequence

from django import template

from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages import groups, lists

register = template.Library()


@register.simple_tag
def remedy_groups(
    entries: Sequence[RemedyConditionEntry], sort: str = "evidence"
) -> list[groups.EntryGroup]:
    """A condition's entries by effect, sorted within each group."""
    return groups.remedy_groups(entries, sort)


@register.simple_tag
def condition_groups(entries: Sequence[RemedyConditionEntry], sort: str) -> list[groups.EntryGroup]:
    """A remedy's entries by how far the studies support them, sorted within each group."""
    return groups.condition_groups(entries, sort)


@register.simple_tag
def support_summary(entries: Sequence[RemedyConditionEntry]) -> str:
    """What a remedy's entries add up to, in one or a few sentences."""
    return groups.support_summary(entries)


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
