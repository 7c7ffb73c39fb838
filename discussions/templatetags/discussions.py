"""Places discussions on pages of other packages: one call, one selector."""

from typing import Any

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
from discussions.page_params import read_place
from discussions.selectors import (
    NEWEST_OF_REMEDY,
    TalkStatistics,
    comments_of,
    load_discussion,
    talk_statistics,
)
from remedies.models import Remedy, RemedyConditionEntry

register = template.Library()


@register.inclusion_tag("discussions/_discussion.html", takes_context=True)
def discussion(
    context: RequestContext,
    subject: Remedy | RemedyConditionEntry,
    anchor: str,
    heading: str,
    intro: str,
) -> dict[str, Any]:
    """The whole discussion of a subject, as `?order=`, `?page=` and `?thread=` of the page ask."""
    request = context.request
    member = current_member_or_none(request)
    place = read_place(request.GET)
    loaded = load_discussion(
        subject, member, order=place.order, page=place.page, thread=place.thread
    )
    return {
        "discussion": loaded,
        "whole": True,
        **_surroundings(request, anchor, heading, intro),
    }


@register.inclusion_tag("discussions/_discussion.html", takes_context=True)
def newest_threads(
    context: RequestContext, subject: Remedy, anchor: str, heading: str, intro: str
) -> dict[str, Any]:
    """A remedy's newest threads, on a page that belongs to one condition."""
    member = current_member_or_none(context.request)
    loaded = load_discussion(subject, member, order=Order.NEW, threads_a_page=NEWEST_OF_REMEDY)
    return {
        "discussion": loaded,
        "whole": False,
        **_surroundings(context.request, anchor, heading, intro),
    }


@register.simple_tag(name="talk_statistics")
def talk_statistics_tag(remedy: Remedy) -> TalkStatistics:
    """Comments and contributors of a remedy, in both scopes."""
    return talk_statistics(remedy)


@register.inclusion_tag("discussions/_own_comments.html", takes_context=True)
def own_comments(context: RequestContext) -> dict[str, Any]:
    """What the member wrote, on withdrawn pages too: all of it can be deleted from here."""
    comments, total = comments_of(current_member(context.request))
    return {"comments": comments, "total": total}


@register.simple_tag
def comment_action(subject: Remedy | RemedyConditionEntry) -> str:
    """Where a comment on the subject is sent."""
    if isinstance(subject, Remedy):
        return reverse("comment_on_remedy", args=[subject.slug])
    slugs = {"remedy": subject.remedy.slug, "condition": subject.condition.slug}
    return reverse("comment_on_entry", kwargs=slugs)


@register.simple_tag
def comment_words() -> dict[str, str]:
    """The words that every comment repeats: looked up once for a page, not once for a comment."""
    return {
        "staff": _("Staff"),
        "edited": _("(edited)"),
        "up": _("Up"),
        "down": _("Down"),
        "counts_up": _("up"),
        "counts_down": _("down"),
        "vote": _("Vote"),
        "consent": str(CONSENT),
        "edit": _("Edit"),
        "delete": _("Delete"),
        "log_in": _("Log in to vote or reply"),
        "report": _("Report"),
        "reply": _("Reply"),
        "your_reply": _("Your reply"),
        "send": _("Send the reply"),
        "login_url": reverse("account_login"),
    }


@register.simple_tag
def comment_orders() -> type[Order]:
    """The orders to choose from."""
    return Order


def _surroundings(request: HttpRequest, anchor: str, heading: str, intro: str) -> dict[str, Any]:
    """What stands around the comments. Only members get forms, and with them a token."""
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
