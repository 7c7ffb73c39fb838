"""Places the box for consent in forms of other packages."""

from typing import Any

from django import template

from accounts.forms import CONSENT

register = template.Library()


@register.inclusion_tag("components/_consent.html")
def consent_box(element_id: str, *, described_by: str = "") -> dict[str, Any]:
    """The unticked box; `described_by` names the message that says it was missing."""
    return {"id": element_id, "words": CONSENT, "described_by": described_by}
