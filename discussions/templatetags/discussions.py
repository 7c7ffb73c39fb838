"""Places discussions on pages of other packages: one call, one selector."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import RequestContext

from accounts.members import maybe_member
from discussions.forms import CommentForm
from discussions.selectors import (
    NEWEST_OF_REMEDY,
    TalkStatistics,
    load_discussion,
    talk_statistics,
)
from discussions.vocabulary import Order
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
    member = maybe_member(request)
    asked = request.GET.get("order", "")
    loaded = load_discussion(
        subject,
        member,
        order=Order(asked) if asked in Order.values else Order.BEST,
        page=_number(request.GET.get("page")) or 1,
        thread=_number(request.GET.get("thread")),
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
    member = maybe_member(context.request)
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


def _surroundings(request: HttpRequest, anchor: str, heading: str, intro: str) -> dict[str, Any]:
    """What stands around the comments. Only members get forms, and with them a token."""
    member = maybe_member(request)
    return {
        "anchor": anchor,
        "heading": heading,
        "intro": intro,
        "member": member,
        "form": CommentForm(user=member) if member else None,
        "csrf_token": get_token(request) if member else "",
        "request": request,
    }


def _number(text: str | None) -> int | None:
    """A positive number of at most nine digits, or None."""
    if text and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text) or None
    return None
