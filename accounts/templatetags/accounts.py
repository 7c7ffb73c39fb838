"""Places the box for consent in forms of other packages."""

from typing import Any

from django import template
from django.template.defaultfilters import stringfilter

from accounts.forms import CONSENT

register = template.Library()


@register.filter
@stringfilter
def stripped(text: str) -> str:
    """Without the blank lines around it, which would become empty paragraphs."""
    return text.strip()


@register.inclusion_tag("components/_consent.html")
def consent_box(
    element_id: str, *, hint: str = "", ticked: bool = False, described_by: str = ""
) -> dict[str, Any]:
    """The box; `described_by` names the message that says the tick was missing."""
    return {
        "id": element_id,
        "words": CONSENT,
        "hint": hint,
        "ticked": ticked,
        "described_by": described_by,
    }
