"""Experience reports on the page of an entry and on a member's account page."""

from django import template
from django.template import RequestContext

from accounts.decorators import current_member, current_member_or_none
from remedies.experience.selectors import distribution, experiences_of, find_experience
from remedies.models import RemedyConditionEntry

register = template.Library()


@register.inclusion_tag("remedies/experience/_experience.html", takes_context=True)
def entry_experiences(context: RequestContext, entry: RemedyConditionEntry) -> dict[str, object]:
    """The reports on an entry: numbers for everybody, the link to the form for members."""
    member = current_member_or_none(context.request)
    return {
        "entry": entry,
        "distribution": distribution(entry),
        "member": member,
        "own": find_experience(entry, member),
    }


@register.inclusion_tag("remedies/experience/_own.html", takes_context=True)
def own_experiences(context: RequestContext) -> dict[str, object]:
    """The member's own reports, on withdrawn pages too: all of them can be deleted from here."""
    return {"reports": experiences_of(current_member(context.request))}
