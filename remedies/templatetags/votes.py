"""Members' votes on an entry."""

from django import template
from django.template import RequestContext

from accounts.decorators import current_member, current_member_or_none
from remedies.models import RemedyConditionEntry
from remedies.pages.votes import VoteState, vote_state_of, votes_by

register = template.Library()


@register.simple_tag(takes_context=True)
def vote_state(context: RequestContext, entry: RemedyConditionEntry) -> VoteState:
    """The votes on an entry as this reader sees them; one query for members, none for others."""
    return vote_state_of(entry, current_member_or_none(context.request))


@register.inclusion_tag("remedies/pages/_own_votes.html", takes_context=True)
def own_entry_votes(context: RequestContext) -> dict[str, object]:
    """The member's own votes, also those on withdrawn pages."""
    votes, total = votes_by(current_member(context.request))
    return {"votes": votes, "total": total}
