"""How entries look in a reader's list: badge, effect words, groups. Presentation only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.decorators import current_member, current_member_or_none
from conditions.models import Condition
from remedies.check.composition import Partition
from remedies.check.forms import CheckForm, group_terms
from remedies.check.selectors import circumstance_terms
from remedies.choices import PIPS, Certainty, InteractionAction
from remedies.experience.selectors import distribution, experiences_of, find_experience
from remedies.grading.wording import effect_label as format_effect
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.groups import by_certainty, list_group
from remedies.selectors import my_vote
from remedies_site.voting import honest_range

register = template.Library()

Entries = Sequence[RemedyConditionEntry]


@dataclass(frozen=True)
class Group:
    """Entries under one heading."""

    key: str
    heading: str
    entries: list[RemedyConditionEntry]


@register.inclusion_tag("components/_badge.html")
def badge(certainty: str) -> dict[str, Any]:
    """The certainty as four pips with their words; never the pips alone."""
    filled = PIPS[Certainty(certainty)]
    return {
        "words": Certainty(certainty).label,
        "pips": [number < filled for number in range(4)],
    }


@register.simple_tag
def effect_label(entry: RemedyConditionEntry) -> str:
    """The published effect of an entry, hedged by its certainty."""
    return format_effect(entry.shown_effect, entry.shown_certainty)


@register.filter
def certainty_label(entry: RemedyConditionEntry) -> str:
    """“Low certainty”, for places too narrow for the badge."""
    return str(Certainty(entry.shown_certainty).label)


@register.simple_tag
def comparison(entries: Entries, sort: str = "evidence") -> list[Group]:
    """A condition's remedies by effect; empty groups left out. The order within a group is by
    evidence, by name or by number of cautions: a null or a harm never moves to another group."""
    headings = {
        "help": _("May help"),
        "no_difference": _("Little or no difference"),
        "harm": _("May harm"),
        "unclear": _("Unclear"),
    }
    groups = _grouped(entries, headings, list_group)
    for group in groups:
        if sort == "name":
            group.entries.sort(key=lambda entry: entry.remedy.sort_key)
        elif sort == "cautions":
            group.entries.sort(key=lambda entry: len(entry.all_cautions))
    return groups


@register.simple_tag
def studied_uses(entries: Entries, sort: str) -> list[Group]:
    """A remedy's conditions in three groups, by evidence or by name; empty groups left out."""
    headings = {
        "help": _("May help"),
        "unclear": _("Unclear"),
        "against": _("Not supported or harmful"),
    }
    groups = _grouped(entries, headings, _summary_group)
    if sort == "name":
        for group in groups:
            group.entries.sort(key=lambda entry: entry.condition.sort_key)
    return groups


@register.simple_tag
def support_summary(entries: Entries) -> str:
    """One sentence made from the grades, never written by hand."""
    groups = {group.key: group.entries for group in studied_uses(entries, "evidence")}
    sentences = []
    if best := groups.get("help"):
        sentences.append(_("Best supported: %(uses)s.") % {"uses": _named(best[:3])})
    if unclear := len(groups.get("unclear", [])):
        sentences.append(
            ngettext("Unclear: %(count)s use.", "Unclear: %(count)s uses.", unclear)
            % {"count": unclear}
        )
    if against := groups.get("against"):
        names = ", ".join(entry.condition.shown_name for entry in against)
        sentences.append(_("Not supported or harmful: %(uses)s.") % {"uses": names})
    return " ".join(sentences)


@register.filter
def loudness(action: str) -> str:
    """Which kind of tag an interaction's action gets."""
    return {
        InteractionAction.AVOID: "stop",
        InteractionAction.APART: "caution",
        InteractionAction.ASK: "caution",
    }.get(InteractionAction(action), "note")


@register.filter
def is_past(day: date | None) -> bool:
    """Whether a date lies before today; no date is never past."""
    return day is not None and day < timezone.localdate()


@register.filter
@stringfilter
def in_sentence(name: str) -> str:
    """“Magnesium” as “magnesium” inside a sentence; “Vitamin D” and “PMS” keep their capitals."""
    rest = name[1:]
    return name[:1].lower() + rest if rest == rest.lower() else name


def _summary_group(entry: RemedyConditionEntry) -> str:
    group = list_group(entry)
    return "against" if group in {"no_difference", "harm"} else group


def _grouped(entries: Entries, headings: dict[str, str], group_of: Any) -> list[Group]:
    groups = [Group(key, heading, []) for key, heading in headings.items()]
    by_key = {group.key: group for group in groups}
    for entry in by_certainty(entries):
        by_key[group_of(entry)].entries.append(entry)
    return [group for group in groups if group.entries]


def _named(entries: Iterable[RemedyConditionEntry]) -> str:
    return ", ".join(
        _("%(use)s (%(certainty)s)")
        % {"use": entry.condition.shown_name, "certainty": certainty_label(entry).lower()}
        for entry in entries
    )


@register.inclusion_tag("remedies/_check_closed.html")
def check_form(remedies: Remedy | Iterable[Remedy]) -> dict[str, Any]:
    """The closed form that checks one or several published remedies; one query."""
    listed = [remedies] if isinstance(remedies, Remedy) else list(remedies)
    return {"remedies": listed, "form": _empty_form()}


@register.inclusion_tag("conditions/_avoid_form.html")
def avoid_form(
    condition: Condition,
    sort: str,
    form: CheckForm | None,
    partition: Partition | None,
) -> dict[str, Any]:
    """The form that hides what a reader should avoid; one query.

    Closed on the condition's own page, and above a result that leaves nothing to correct.
    """
    is_open = bool(form and not (partition and not partition.parsed.unknown))
    return {"condition": condition, "sort": sort, "form": form or _empty_form(), "is_open": is_open}


def _empty_form() -> CheckForm:
    return CheckForm(group_terms(circumstance_terms()))


@register.inclusion_tag("remedies/_votes.html", takes_context=True)
def entry_votes(context: RequestContext, entry: RemedyConditionEntry) -> dict[str, Any]:
    """The vote of an entry: counts for everybody, buttons for members."""
    request = context.request
    member = current_member_or_none(request)
    return {
        "entry": entry,
        "member": member,
        "my_vote": my_vote(entry, member),
        "range": honest_range(entry.up_count, entry.down_count),
        "csrf_token": get_token(request) if member else "",
        "request": request,
    }


@register.inclusion_tag("remedies/_experience.html", takes_context=True)
def entry_experiences(context: RequestContext, entry: RemedyConditionEntry) -> dict[str, Any]:
    """What members reported of an entry: numbers for everybody, the form's link for members."""
    member = current_member_or_none(context.request)
    return {
        "entry": entry,
        "distribution": distribution(entry),
        "member": member,
        "own": find_experience(entry, member),
    }


@register.inclusion_tag("remedies/_own_experiences.html", takes_context=True)
def own_experiences(context: RequestContext) -> dict[str, Any]:
    """What the member reported, on withdrawn pages too: all of it can be deleted from here."""
    return {"reports": experiences_of(current_member(context.request))}
