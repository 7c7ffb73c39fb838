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

from accounts.members import login_to_post, maybe_member, member_of
from accounts.models import User
from accounts.networks import allow_network
from discussions import services
from discussions.forms import CommentForm, ReportForm
from discussions.models import Comment
from discussions.places import Place, read_place
from discussions.selectors import (
    NEWEST_OF_REMEDY,
    THREADS_A_PAGE,
    Discussion,
    ShownComment,
    load_comment,
    load_discussion,
)
from discussions.vocabulary import Order, State
from remedies.models import Remedy, RemedyConditionEntry
from remedies.selectors import find_entry, find_remedy
from remedies.views.unseen import entry_unseen, remedy_unseen
from remedies_site.answers import refused, see_other
from remedies_site.refusals import BadInput, NotAllowed, Refused
from remedies_site.voting import WrongValue, parse_value

Subject = Remedy | RemedyConditionEntry


@login_to_post
@require_http_methods(["GET", "HEAD", "POST"])
def comment_on_remedy(request: HttpRequest, slug: str) -> HttpResponse:
    """Write in the discussion of a remedy."""
    remedy = find_remedy(slug)
    if remedy is None:
        raise Http404
    return remedy_unseen(request, remedy) or _post(request, remedy)


@login_to_post
@require_http_methods(["GET", "HEAD", "POST"])
def comment_on_entry(request: HttpRequest, remedy: str, condition: str) -> HttpResponse:
    """Write in the discussion of a remedy for one condition."""
    entry = find_entry(remedy, condition)
    if entry is None:
        raise Http404
    return entry_unseen(request, entry) or _post(request, entry)


def _post(request: HttpRequest, subject: Subject) -> HttpResponse:
    if request.method != "POST":  # who had to log in first comes back with GET
        return see_other(f"{subject.get_absolute_url()}#discussion", status=302)
    member = member_of(request)
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
    except Refused as refusal:
        context = {
            "form": form,
            "subject": subject,
            "parent": _answered(parent, subject, member),
            "action": request.path,
        }
        return refused(request, refusal, "discussions/comment_form.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        return _discussion_part(request, subject, new=posted.comment)
    return see_other(posted.comment.get_absolute_url())


def _parent(text: str) -> Comment | None:
    """The comment that a form replies to; None for a new thread. Raises BadInput."""
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    parent = Comment.objects.select_related("parent", "root", "author").filter(pk=number).first()
    if parent is None:
        raise BadInput(_("The comment you reply to is not part of this discussion."))
    return parent


def _answered(parent: Comment | None, subject: Subject, member: User) -> ShownComment | None:
    """The comment that a refused reply was for, where it can still be answered here."""
    if parent is None or not parent.is_visible or parent.thread.subject != subject:
        return None
    return load_comment(parent, member)


def _discussion_part(request: HttpRequest, subject: Subject, *, new: Comment) -> HttpResponse:
    """The page of the discussion that the person is on, with the new comment in it."""
    member = member_of(request)
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
    answer = _closed(request, found)
    if answer is not None:
        return answer
    if found.state == State.HELD and found.author_id != getattr(request.user, "pk", None):
        raise Http404
    thread = found.root_id or found.pk
    return see_other(f"{found.thread.page_url}?thread={thread}#{found.anchor}", status=302)


@login_to_post
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Vote on a comment, or take a vote back."""
    found = _comment(pk)
    if (answer := _closed(request, found)) is not None:
        return answer
    if request.method != "POST":
        return see_other(found.get_absolute_url(), status=302)
    try:
        value = parse_value(request.POST.get("value"))
        consent = request.POST.get("consent") == "1"
        services.vote_on_comment(found, by=member_of(request), value=value, consent=consent)
    except WrongValue:
        return refused(request, BadInput(_("A vote is up, down or taken back.")), "400.html", {})
    except Refused as refusal:
        context = {"comment": load_comment(found, member_of(request))}
        return refused(request, refusal, "discussions/vote_form.html", context)
    return _changed(request, found, _("Your vote is counted.") if value else _("Vote taken back."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own words."""
    found = _comment(pk)
    if (answer := _closed(request, found)) is not None:
        return answer
    member = member_of(request)
    context: dict[str, Any] = {"comment": found}
    if request.method != "POST":
        if not services.rights_of(found, member).edit:
            refusal = NotAllowed(_("You can edit your own comments for 24 hours."))
            return refused(request, refusal, "403.html", {})
        context["form"] = CommentForm(initial={"body": found.body}, user=member)
        return render(request, "discussions/edit_form.html", context)
    form = CommentForm(request.POST, user=member)
    form.is_valid()
    try:
        found = services.edit_comment(found, by=member, body=form.cleaned_data.get("body", ""))
    except Refused as refusal:
        own = found.author_id == member.pk
        context["form"] = form if own else None
        return refused(request, refusal, "discussions/edit_form.html", context)
    return _changed(request, found, _("Your comment was changed."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own comment; possible on withdrawn pages too."""
    found = _comment(pk)
    member = member_of(request)
    try:
        if request.method != "POST":
            if not services.rights_of(found, member).delete:
                raise NotAllowed(_("You can delete your own comments only."))
            return render(request, "discussions/delete_form.html", {"comment": found})
        found = services.delete_comment(found, by=member)
    except Refused as refusal:
        return refused(request, refusal, "403.html", {})
    if _closed(request, found) is not None:
        messages.success(request, _("Your comment was deleted."))
        return see_other(reverse("account"))
    return _changed(request, found, _("Your comment was deleted."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the moderators about a comment; open to everybody, logged in or not."""
    found = _comment(pk)
    if (answer := _closed(request, found)) is not None:
        return answer
    if found.state != State.VISIBLE:
        raise Http404
    member = maybe_member(request)
    form = ReportForm(request.POST or None)
    context = {"form": form, "comment": load_comment(found, member)}
    if request.method != "POST":
        return render(request, "discussions/report_form.html", context)
    if not form.is_valid():
        return render(request, "discussions/report_form.html", context, status=400)
    try:
        if member is None:
            allow_network(request, "report", at_most=5, seconds=3600)
        services.report_comment(found, by=member, **form.cleaned_data)
    except Refused as refusal:
        return refused(request, refusal, "discussions/report_form.html", context)
    if member is not None:
        messages.success(request, _("Thank you. A moderator will look at it."))
        return see_other(found.get_absolute_url())
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


def _closed(request: HttpRequest, found: Comment) -> HttpResponse | None:
    """410 or 404 where what is talked about is not shown; None where it is."""
    subject = found.thread.subject
    if isinstance(subject, Remedy):
        return remedy_unseen(request, subject)
    return entry_unseen(request, subject)


def _changed(request: HttpRequest, found: Comment, sentence: str) -> HttpResponse:
    """Back to the comment, with a word on what was done; with htmx, just the comment as it is now."""
    if request.htmx:  # type: ignore[attr-defined]
        found.refresh_from_db()
        shown = load_comment(found, member_of(request))
        context = {"item": shown, "member": member_of(request), "announce": sentence}
        return render(request, "discussions/_comment_alone.html", context)
    messages.success(request, sentence)
    return see_other(found.get_absolute_url())
