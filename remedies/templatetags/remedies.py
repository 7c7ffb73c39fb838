"""Badge, effect and certainty of an entry, tags of an interaction, and names inside sentences.

Badges, marks and lines of effects are few, and lists repeat them: each is rendered once in a language.
"""

from datetime import date
from functools import lru_cache

from django import template
from django.template.defaultfilters import stringfilter
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from remedies.charts.direction_marks import mark_of
from remedies.choices import Certainty, InteractionAction
from remedies.doses.ranges import format_shown_dose
from remedies.grading.wording import effect_label as format_effect
from remedies.models import RemedyConditionEntry
from remedies.pages.parts import format_people

register = template.Library()

_MOST_KEPT = 200


@register.simple_tag
def badge(certainty: str) -> SafeString:
    """The certainty as four pips with its label; never the pips alone."""
    return _badge(get_language(), Certainty(certainty))


@lru_cache(_MOST_KEPT)
def _badge(_language: str | None, certainty: Certainty) -> SafeString:
    pips = [number < certainty.level for number in range(Certainty.HIGH.level)]
    return render_to_string("components/_badge.html", {"label": certainty.label, "pips": pips})


@register.simple_tag
def effect_label(entry: RemedyConditionEntry) -> str:
    """The published effect of an entry, hedged by its certainty."""
    return format_effect(entry.shown_effect, entry.shown_certainty)


@register.simple_tag
def mark(effect: str, certainty: str) -> SafeString:
    """The mark of an effect at a certainty, for a place where words for both stand beside it."""
    return _mark(mark_of(effect, certainty).value)


@lru_cache(_MOST_KEPT)
def _mark(key: str) -> SafeString:
    return render_to_string("components/_mark.html", {"mark": key})


@register.simple_tag
def effect_line(effect: str, certainty: str) -> SafeString:
    """The mark with the hedged effect in words: “May help”."""
    return _effect_line(get_language(), effect, certainty)


@lru_cache(_MOST_KEPT)
def _effect_line(_language: str | None, effect: str, certainty: str) -> SafeString:
    context = {"mark": mark_of(effect, certainty).value, "label": format_effect(effect, certainty)}
    return render_to_string("components/_effect_line.html", context)


@register.filter
def certainty_label(entry: RemedyConditionEntry) -> str:
    """“Low certainty”, for places too narrow for the badge."""
    return str(Certainty(entry.shown_certainty).label)


@register.filter
def people_counted(entry: RemedyConditionEntry) -> str:
    """“1,500 people” in what counts; empty where no work says how many."""
    return format_people(entry.shown_people) if entry.shown_people else ""


@register.filter
def daily_doses(entry: RemedyConditionEntry) -> str:
    """“200 to 301 mg” a day in studies; empty where no daily amount is known."""
    return "; ".join(format_shown_dose(dose) for dose in entry.shown_doses)


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
def without_brackets(name: str) -> str:
    """“Omega-3 (fish oil)” as “Omega-3”, where the long name stands elsewhere on the page."""
    return name.partition(" (")[0]


@register.filter
@stringfilter
def in_sentence(name: str) -> str:
    """“Magnesium” as “magnesium” inside a sentence; “Vitamin D” and “PMS” keep their capitals."""
    rest = name[1:]
    return name[:1].lower() + rest if rest == rest.lower() else name
