"""Places discussions on pages of other packages: one call, one selector."""

from typing import Any

from django import template
from django.http import HttpRequest

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
    context: dict[str, Any], subject: Remedy | RemedyConditionEntry, heading: str, intro: str
) -> dict[str, Any]:
    """The whole discussion of a subject, as `?order=`, `?page=` and `?thread=` of the page ask."""
    request: HttpRequest = context["request"]
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
        "heading": heading,
        "intro": intro,
        "whole": True,
        **_people(context, member),
    }


@register.inclusion_tag("discussions/_discussion.html", takes_context=True)
def newest_threads(
    context: dict[str, Any], subject: Remedy, heading: str, intro: str
) -> dict[str, Any]:
    """A remedy's newest threads, on a page that belongs to one condition."""
    member = maybe_member(context["request"])
    loaded = load_discussion(subject, member, order=Order.NEW, threads_a_page=NEWEST_OF_REMEDY)
    return {
        "discussion": loaded,
        "heading": heading,
        "intro": intro,
        "whole": False,
        **_people(context, member),
    }


@register.simple_tag(name="talk_statistics")
def talk_statistics_tag(remedy: Remedy) -> TalkStatistics:
    """Comments and contributors of a remedy, in both scopes."""
    return talk_statistics(remedy)


def _people(context: dict[str, Any], member: Any) -> dict[str, Any]:
    return {
        "member": member,
        "form": CommentForm(user=member) if member else None,
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }


def _number(text: str | None) -> int | None:
    """A positive number of at most nine digits, or None."""
    if text and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text) or None
    return None
