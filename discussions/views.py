"""Discussions over HTTP: every deed is a plain form; htmx only swaps the part that changed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import current_member, current_member_or_none, login_required_to_post
from accounts.models import User
from accounts.rate_limits import limit_network
from discussions import services
from discussions.choices import Order, State
from discussions.forms import CommentForm, ReportForm
from discussions.models import Comment
from discussions.page_params import Place, read_place
from discussions.selectors import (
    NEWEST_OF_REMEDY,
    THREADS_A_PAGE,
    Discussion,
    ShownComment,
    load_comment,
    load_discussion,
)
from publishing.views import hidden_response, subject_view
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.views import entry_not_found
from remedies.selectors import find_entry, find_remedy
from remedies_site.exceptions import InvalidInput, NotPermitted, ServiceError
from remedies_site.responses import error_response, redirect_after_post
from remedies_site.voting import WrongValue, parse_value

Subject = Remedy | RemedyConditionEntry


@login_required_to_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_remedy, "slug")
def comment_on_remedy(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """Write in the discussion of a remedy."""
    return _post(request, remedy)


@login_required_to_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_entry, "remedy", "condition", not_found=entry_not_found)
def comment_on_entry(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """Write in the discussion of a remedy for one condition."""
    return _post(request, entry)


def _post(request: HttpRequest, subject: Subject) -> HttpResponse:
    if request.method != "POST":  # who had to log in first comes back with GET
        return redirect_after_post(f"{subject.get_absolute_url()}#discussion", status=302)
    member = current_member(request)
    form = CommentForm(request.POST, user=member)
    form.is_valid()
    parent = None
    try:
        parent = _parent(form.cleaned_data.get("parent", ""))
        posted = services.post_comment(
            by=member,
            subject=subject,
            body=form.cleaned_data.get("body", ""),
            parent=parent,
            consent=bool(form.cleaned_data.get("consent")),
        )
    except ServiceError as error:
        context = {
            "form": form,
            "subject": subject,
            "parent": _answered(parent, subject, member),
            "action": request.path,
        }
        return error_response(request, error, "discussions/comment_form.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        return _discussion_part(request, subject, new=posted.comment)
    return redirect_after_post(posted.comment.get_absolute_url())


def _parent(text: str) -> Comment | None:
    """The comment that a form replies to; None for a new thread. Raises InvalidInput."""
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    parent = Comment.objects.select_related("parent", "root", "author").filter(pk=number).first()
    if parent is None:
        raise InvalidInput(_("The comment you reply to is not part of this discussion."))
    return parent


def _answered(parent: Comment | None, subject: Subject, member: User) -> ShownComment | None:
    """The comment that a refused reply was for, where it can still be answered here."""
    if parent is None or not parent.is_visible or parent.thread.subject != subject:
        return None
    return load_comment(parent, member)


def _discussion_part(request: HttpRequest, subject: Subject, *, new: Comment) -> HttpResponse:
    """The page of the discussion that the person is on, with the new comment in it."""
    member = current_member(request)
    place = read_place(request.POST)
    context = {
        "discussion": _around(new, subject, member, place),
        "new": new,
        "announce": _("Your comment is there."),
        "anchor": place.anchor,
        "member": member,
        "form": CommentForm(user=member),
        "whole": place.whole,
    }
    return render(request, "discussions/_talk.html", context)


def _around(new: Comment, subject: Subject, member: User, place: Place) -> Discussion:
    """A reply: the same page as before, or its thread alone where it is not on that page.

    A new thread: newest first, so that it is on the page.
    """
    threads = THREADS_A_PAGE if place.whole else NEWEST_OF_REMEDY
    if new.root_id and place.whole:
        discussion = load_discussion(
            subject, member, order=place.order, page=place.page, thread=place.thread
        )
    else:
        discussion = load_discussion(subject, member, order=Order.NEW, threads_a_page=threads)
    if any(item.comment.pk == new.pk for item in discussion.comments):
        return discussion
    return load_discussion(subject, member, thread=new.root_id or new.pk)


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The way to a comment: to the page that shows its whole thread, at its place."""
    found = _comment(pk)
    answer = hidden_response(request, found.thread.subject)
    if answer is not None:
        return answer
    if found.state == State.HELD and found.author_id != getattr(request.user, "pk", None):
        raise Http404
    thread = found.root_id or found.pk
    return redirect_after_post(
        f"{found.thread.page_url}?thread={thread}#{found.anchor}", status=302
    )


@login_required_to_post
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote on a comment, or take a vote back."""
    found = _comment(pk)
    if (answer := hidden_response(request, found.thread.subject)) is not None:
        return answer
    if request.method != "POST":
        return redirect_after_post(found.get_absolute_url(), status=302)
    try:
        value = parse_value(request.POST.get("value"))
        consent = request.POST.get("consent") == "1"
        services.vote_on_comment(found, by=current_member(request), value=value, consent=consent)
    except WrongValue:
        return error_response(
            request, InvalidInput(_("A vote is up, down or taken back.")), "400.html", {}
        )
    except ServiceError as error:
        context = {"comment": load_comment(found, current_member(request))}
        return error_response(request, error, "discussions/vote_form.html", context)
    return _changed(request, found, _("Your vote is counted.") if value else _("Vote taken back."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own words."""
    found = _comment(pk)
    if (answer := hidden_response(request, found.thread.subject)) is not None:
        return answer
    member = current_member(request)
    context: dict[str, Any] = {"comment": found}
    if request.method != "POST":
        if not services.rights_of(found, member).edit:
            error = NotPermitted(_("You can edit your own comments for 24 hours."))
            return error_response(request, error, "403.html", {})
        context["form"] = CommentForm(initial={"body": found.body}, user=member)
        return render(request, "discussions/edit_form.html", context)
    form = CommentForm(request.POST, user=member)
    form.is_valid()
    try:
        found = services.edit_comment(found, by=member, body=form.cleaned_data.get("body", ""))
    except ServiceError as error:
        own = found.author_id == member.pk
        context["form"] = form if own else None
        return error_response(request, error, "discussions/edit_form.html", context)
    return _changed(request, found, _("Your comment was changed."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own comment; possible on withdrawn pages too."""
    found = _comment(pk)
    member = current_member(request)
    try:
        if request.method != "POST":
            if not services.rights_of(found, member).delete:
                raise NotPermitted(_("You can delete your own comments only."))
            return render(request, "discussions/delete_form.html", {"comment": found})
        found = services.delete_comment(found, by=member)
    except ServiceError as error:
        return error_response(request, error, "403.html", {})
    if hidden_response(request, found.thread.subject) is not None:
        messages.success(request, _("Your comment was deleted."))
        return redirect_after_post(reverse("account"))
    return _changed(request, found, _("Your comment was deleted."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the moderators about a comment; open to everybody, logged in or not."""
    found = _comment(pk)
    if (answer := hidden_response(request, found.thread.subject)) is not None:
        return answer
    if found.state != State.VISIBLE:
        raise Http404
    member = current_member_or_none(request)
    form = ReportForm(request.POST or None)
    context = {"form": form, "comment": load_comment(found, member)}
    if request.method != "POST":
        return render(request, "discussions/report_form.html", context)
    if not form.is_valid():
        return render(request, "discussions/report_form.html", context, status=400)
    try:
        if member is None:
            limit_network(request, "report", at_most=5, seconds=3600)
        services.report_comment(found, by=member, **form.cleaned_data)
    except ServiceError as error:
        return error_response(request, error, "discussions/report_form.html", context)
    if member is not None:
        messages.success(request, _("Thank you. A moderator will look at it."))
        return redirect_after_post(found.get_absolute_url())
    return render(request, "discussions/report_thanks.html", {"comment": found})


def _comment(pk: int) -> Comment:
    return get_object_or_404(
        Comment.objects.select_related(
            "author",
            "parent",
            "thread__remedy",
            "thread__entry__remedy",
            "thread__entry__condition",
        ),
        pk=pk,
    )


def _changed(request: HttpRequest, found: Comment, sentence: str) -> HttpResponse:
    """Back to the comment, with a word on what was done; with htmx, just the comment as it is now."""
    if request.htmx:  # type: ignore[attr-defined]
        found.refresh_from_db()
        shown = load_comment(found, current_member(request))
        context = {"item": shown, "member": current_member(request), "announce": sentence}
        return render(request, "discussions/_comment_alone.html", context)
    messages.success(request, sentence)
    return redirect_after_post(found.get_absolute_url())
