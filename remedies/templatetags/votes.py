"""Members' votes on an entry."""

from django import template
from django.template import RequestContext

from accounts.decorators import current_member_or_none
from remedies.models import RemedyConditionEntry
from remedies.pages.votes import VoteState
from remedies.selectors import my_vote

register = template.Library()


@register.simple_tag(takes_context=True)
def vote_state(context: RequestContext, entry: RemedyConditionEntry) -> VoteState:
    """The votes on an entry as this reader sees them; one query for members, none for others."""
    member = current_member_or_none(context.request)
    return VoteState(entry, member, my_vote(entry, member))
