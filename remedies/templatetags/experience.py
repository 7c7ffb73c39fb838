"""Experience reports on the page of an entry and on a member's account page."""

from django import template
from django.template import RequestContext, loader
from django.utils.safestring import SafeString

from accounts.decorators import current_member, current_member_or_none
from remedies.experience.selectors import distribution, experiences_of, has_reported
from remedies.models import RemedyConditionEntry
from remedies_site.pagecache.live_parts import kept_value
from remedies_site.pagecache.shown import experiences

register = template.Library()
_TEMPLATE = "remedies/experience/_experience.html"


@register.simple_tag(takes_context=True)
def entry_experiences(context: RequestContext, entry: RemedyConditionEntry) -> SafeString:
    """The reports on an entry: numbers for everybody, the link to the form for members."""
    member = current_member_or_none(context.request)
    is_member, has_own = member is not None, has_reported(entry, member)

    def render() -> SafeString:
        values = {"entry": entry, "distribution": distribution(entry)}
        values |= {"is_member": is_member, "has_own": has_own}
        return loader.render_to_string(_TEMPLATE, values)

    key = ("experience", entry.pk, is_member, has_own)
    return kept_value(context.request, key, [experiences(entry.pk)], render, len)


@register.inclusion_tag("remedies/experience/_own.html", takes_context=True)
def own_experiences(context: RequestContext) -> dict[str, object]:
    """The member's own reports, on withdrawn pages too: all of them can be deleted from here."""
    return {"reports": experiences_of(current_member(context.request))}
