"""Parts of a page with a discussion, as htmx swaps them in; without it, the page instead."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.decorators import current_member
from accounts.models import User
from discussions.bodies import preview_body
from discussions.branches import load_thread_id
from discussions.choices import Order
from discussions.composer.care_notices import waiting_message
from discussions.models import Comment
from discussions.page_params import DiscussionParams, read_form_id, read_params
from discussions.rendering import Participant
from discussions.selectors import (
    NEWEST_THREADS,
    THREADS_PER_PAGE,
    Discussion,
    load_comment,
    load_discussion,
)
from discussions.visits import last_visit, with_news, writers_of
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.responses import redirect_after_post


def discussion_fragment(
    request: HttpRequest, subject: Remedy | RemedyConditionEntry, *, new: Comment
) -> HttpResponse:
    """The part of the page with the discussion, as htmx swaps it, with the new comment in it."""
    member = current_member(request)
    params = read_params(request.POST)
    loaded = _discussion_with(new, subject, member, params)
    context = {
        "discussion": with_news(loaded, member, last_visit(member, writers_of(subject))),
        "new": new,
        "announce": _("Your comment is there.") if new.is_visible else waiting_message(),
        "anchor": params.anchor,
        "member": Participant.of(member),
        "whole": params.whole,
    }
    return render(request, "discussions/_threads.html", context)


def _discussion_with(
    new: Comment, subject: Remedy | RemedyConditionEntry, member: User, params: DiscussionParams
) -> Discussion:
    """A page of the discussion that holds the new comment.

    For a reply: the page that it was posted from, or its thread where it is not on that page. For a new
    thread: the first page, newest first.
    """
    per_page = THREADS_PER_PAGE if params.whole else NEWEST_THREADS
    if new.root_id and params.whole:
        discussion = load_discussion(
            subject,
            member,
            order=params.order,
            page=params.page,
            root_id=params.root_id,
            after=params.after,
        )
    else:
        discussion = load_discussion(subject, member, order=Order.NEW, threads_per_page=per_page)
    if any(item.comment.pk == new.pk for item in discussion.comments):
        return discussion
    return load_discussion(subject, member, root_id=load_thread_id(new))


def comment_changed(request: HttpRequest, comment: Comment, message: str) -> HttpResponse:
    """Redirect to the comment, with a message; for htmx, the comment's element and the message."""
    if request.htmx:  # type: ignore[attr-defined]
        comment.refresh_from_db()
        shown = load_comment(comment, current_member(request))
        context = {"item": shown, "member": current_member(request), "announce": message}
        return render(request, "discussions/_single_comment.html", context)
    messages.success(request, message)
    return redirect_after_post(comment.get_absolute_url())


def preview_response(
    request: HttpRequest, template: str, context: dict[str, object], *, body: str
) -> HttpResponse:
    """The form again, with its text and how that will look; for htmx only how it will look.

    Raises: InvalidInput, RateLimited.
    """
    html = preview_body(body, by=current_member(request))
    preview = mark_safe(html)  # noqa: S308  (sanitised by render_comment)
    if request.htmx:  # type: ignore[attr-defined]
        part = {
            "preview": preview,
            "action": request.path,
            "form_id": read_form_id(request.POST),
            "follows": "follows" in request.POST,
        }
        return render(request, "discussions/_comment_preview.html", part)
    return render(request, template, context | {"preview": preview})
