"""Template tags that offer to follow pages and discussions, to members alone."""

from django import template
from django.template import RequestContext
from django.urls import reverse

from accounts.decorators import current_member, current_member_or_none
from conditions.models import Condition
from discussions.following.selectors import FollowState, follow_state, follows_of
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.form_tokens import form_token

register = template.Library()


@register.inclusion_tag("discussions/following/_follow.html", takes_context=True)
def follow_page(context: RequestContext, subject: Remedy | Condition) -> dict[str, object]:
    """The button for the page of a remedy or of a condition."""
    name = "follow_remedy" if isinstance(subject, Remedy) else "follow_condition"
    state = _state_of(context, subject)
    return {
        **_common_context(context, state),
        "id": "follow",
        "action": reverse(name, args=[subject.slug]),
        "is_followed": bool(state and state.page),
        "of_page": True,
    }


@register.inclusion_tag("discussions/following/_follow.html", takes_context=True)
def follow_discussion(
    context: RequestContext, subject: Remedy | RemedyConditionEntry
) -> dict[str, object]:
    """The button for the discussion of a remedy or of an entry."""
    if isinstance(subject, Remedy):
        action = reverse("follow_remedy_discussion", args=[subject.slug])
    else:
        slugs = [subject.remedy.slug, subject.condition.slug]
        action = reverse("follow_entry_discussion", args=slugs)
    state = _state_of(context, subject)
    return {
        **_common_context(context, state),
        "id": "follow-discussion",
        "action": action,
        "is_followed": bool(state and state.discussion),
        "of_page": False,
    }


@register.inclusion_tag("discussions/following/_own_follows.html", takes_context=True)
def own_follows(context: RequestContext) -> dict[str, object]:
    """What the member follows, each with a button to stop."""
    follows, total = follows_of(current_member(context.request))
    token = form_token(context.request)
    return {"follows": follows, "total": total, "csrf_token": token}


def _state_of(
    context: RequestContext, subject: Remedy | Condition | RemedyConditionEntry
) -> FollowState | None:
    """One query for both buttons of a page; None for readers, and where they see no such page."""
    member = current_member_or_none(context.request)
    if member is None or not all(part.is_published for part in subject.parts):
        return None
    states: dict[object, FollowState] = vars(context.request).setdefault("follow_states", {})
    key = (type(subject), subject.pk)
    if key not in states:
        states[key] = follow_state(subject, member)
    return states[key]


def _common_context(context: RequestContext, state: FollowState | None) -> dict[str, object]:
    """Only members get a form, and with it a CSRF token."""
    if state is None:
        return {"member": None}
    return {"member": context.request.user, "csrf_token": form_token(context.request)}
