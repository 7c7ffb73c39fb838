"""Badge, effect and certainty of an entry, tags of an interaction, and names inside sentences."""

from datetime import date

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone

from remedies.choices import Certainty, InteractionAction
from remedies.grading.wording import effect_label as format_effect
from remedies.models import RemedyConditionEntry

register = template.Library()


@register.inclusion_tag("components/_badge.html")
def badge(certainty: str) -> dict[str, object]:
    """The certainty as four pips with its label; never the pips alone."""
    value = Certainty(certainty)
    return {
        "label": value.label,
        "pips": [number < value.level for number in range(Certainty.HIGH.level)],
    }


@register.simple_tag
def effect_label(entry: RemedyConditionEntry) -> str:
    """The published effect of an entry, hedged by its certainty."""
    return format_effect(entry.shown_effect, entry.shown_certainty)


@register.filter
def certainty_label(entry: RemedyConditionEntry) -> str:
    """“Low certainty”, for places too narrow for the badge."""
    return str(Certainty(entry.shown_certainty).label)


@register.filter
def action_tag(action: str) -> str:
    """The CSS modifier (stop, caution or note) of the tag of an interaction's action."""
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
