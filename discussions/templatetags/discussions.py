"""Template tags that show discussions on pages of other packages."""

from functools import partial

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.decorators import current_member, current_member_or_none
from accounts.forms import CONSENT
from discussions.choices import Order
from discussions.forms import CommentForm
from discussions.page_params import read_params
from discussions.selectors import (
    NEWEST_THREADS,
    DiscussionStatistics,
    comments_by,
    discussion_statistics,
    load_discussion,
)
from discussions.structured_data import discussion_nodes
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.structured_data import add_source

register = template.Library()


@register.inclusion_tag("discussions/_discussion.html", takes_context=True)
def discussion(
    context: RequestContext,
    subject: Remedy | RemedyConditionEntry,
    anchor: str,
    heading: str,
    intro: str,
) -> dict[str, object]:
    """The discussion of a subject, as `?order=`, `?page=` and `?thread=` request it."""
    request = context.request
    member = current_member_or_none(request)
    params = read_params(request.GET)
    loaded = load_discussion(
        subject, member, order=params.order, page=params.page, root_id=params.root_id
    )
    add_source(request, partial(discussion_nodes, loaded))
    return {
        "discussion": loaded,
        "whole": True,
        **_common_context(request, anchor, heading, intro),
    }


@register.inclusion_tag("discussions/_discussion.html", takes_context=True)
def newest_threads(
    context: RequestContext, subject: Remedy, anchor: str, heading: str, intro: str
) -> dict[str, object]:
    """The newest threads of a remedy, for the pages of its entries."""
    member = current_member_or_none(context.request)
    loaded = load_discussion(subject, member, order=Order.NEW, threads_per_page=NEWEST_THREADS)
    return {
        "discussion": loaded,
        "whole": False,
        **_common_context(context.request, anchor, heading, intro),
    }


@register.simple_tag(name="discussion_statistics")
def discussion_statistics_tag(remedy: Remedy) -> DiscussionStatistics:
    """The numbers of comments and contributors of a remedy and its entries."""
    return discussion_statistics(remedy)


@register.inclusion_tag("discussions/_own_comments.html", takes_context=True)
def own_comments(context: RequestContext) -> dict[str, object]:
    """The member's own comments, also those on withdrawn pages, each with a link to delete it."""
    comments, total = comments_by(current_member(context.request))
    return {"comments": comments, "total": total}


@register.simple_tag
def comment_action(subject: Remedy | RemedyConditionEntry) -> str:
    """The URL that the form of a comment on the subject posts to."""
    if isinstance(subject, Remedy):
        return reverse("comment_on_remedy", args=[subject.slug])
    slugs = {"remedy": subject.remedy.slug, "condition": subject.condition.slug}
    return reverse("comment_on_entry", kwargs=slugs)


@register.simple_tag
def comment_labels() -> dict[str, str]:
    """The texts that every comment repeats: translated once a page, not once a comment."""
    return {
        "staff": _("Staff"),
        "edited": _("(edited)"),
        "up": _("Up"),
        "down": _("Down"),
        "counts_up": _("up"),
        "counts_down": _("down"),
        "vote": _("Vote"),
        "consent": str(CONSENT),
        "show_all": _("Show all"),
        "edit": _("Edit"),
        "delete": _("Delete"),
        "report": _("Report"),
        "reply": _("Reply"),
        "your_reply": _("Your reply"),
        "send": _("Send the reply"),
        "preview": _("Preview"),
        "formatting": _("How to format your text"),
        "formatting_url": f"{reverse('rules')}#formatting",
    }


@register.simple_tag
def comment_orders() -> type[Order]:
    """The enum of sort orders."""
    return Order


def _common_context(
    request: HttpRequest, anchor: str, heading: str, intro: str
) -> dict[str, object]:
    """The context around the comments. Only members get forms, and with them a CSRF token."""
    member = current_member_or_none(request)
    return {
        "anchor": anchor,
        "heading": heading,
        "intro": intro,
        "member": member,
        "form": CommentForm(user=member) if member else None,
        "csrf_token": get_token(request) if member else "",
        "request": request,
    }
