"""Template tags of accounts."""

from django import template
from django.template.defaultfilters import stringfilter

from accounts import second_factor
from accounts.forms import CONSENT
from accounts.models import User
from remedies_site.qr_codes import qr_code

register = template.Library()
register.simple_tag(qr_code)


@register.filter
@stringfilter
def stripped(text: str) -> str:
    """The text without surrounding whitespace, which would become empty paragraphs in a mail."""
    return text.strip()


@register.inclusion_tag("components/_consent.html")
def consent_box(
    element_id: str, *, hint: str = "", ticked: bool = False, described_by: str = ""
) -> dict[str, object]:
    """The consent box; `described_by` is the id of the error about a missing consent."""
    return {
        "id": element_id,
        "label": CONSENT,
        "hint": hint,
        "ticked": ticked,
        "described_by": described_by,
    }


@register.simple_tag
def passkeys_are_offered() -> bool:
    """Whether this site's address is one that passkeys can be bound to."""
    return second_factor.passkeys_are_offered()


@register.simple_tag
def has_passkey(user: User) -> bool:
    """Whether a passkey of this member can be asked."""
    return second_factor.has_passkey(user)
