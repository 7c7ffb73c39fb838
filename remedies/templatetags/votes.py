"""Members' votes on an entry."""

from django import template
from django.middleware.csrf import get_token
from django.template import RequestContext

from accounts.decorators import current_member_or_none
from remedies.models import RemedyConditionEntry
from remedies.pages.votes import format_vote_range
from remedies.selectors import my_vote

register = template.Library()


@register.inclusion_tag("remedies/pages/_votes.html", takes_context=True)
def entry_votes(context: RequestContext, entry: RemedyConditionEntry) -> dict[str, object]:
    """The votes on an entry: counts for everybody, buttons for members."""
    request = context.request
    member = current_member_or_none(request)
    return {
        "entry": entry,
        "member": member,
        "my_vote": my_vote(entry, member),
        "vote_range": format_vote_range(entry),
        "csrf_token": get_token(request) if member else "",
        "request": request,
    }
