"""Views of discussions: every action is a plain form; htmx only swaps the part of the page that changed."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import current_member, current_member_or_none, login_required_for_post
from accounts.events import log_event
from accounts.models import User
from accounts.rate_limits import REPORTS_OF_READERS, limit_by_network
from discussions import services
from discussions.bodies import body_version, changed_meanwhile, quote
from discussions.branches import load_thread_id
from discussions.choices import State
from discussions.composer.care_notices import notices_context, waiting_message
from discussions.forms import CommentForm, ReportForm
from discussions.fragments import comment_changed, discussion_fragment, preview_response
from discussions.models import Comment
from discussions.moderation.services import report_comment
from discussions.selectors import ShownComment, load_comment
from publishing.views import hidden_response, subject_view
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.views import entry_not_found
from remedies.selectors import find_entry, find_remedy
from remedies_site.exceptions import InvalidInput, NotPermitted, NotSentYet, ServiceError
from remedies_site.kept_text import keeps_text, require_sending, shows_again
from remedies_site.listing import parse_positive
from remedies_site.responses import error_response, redirect_after_post
from remedies_site.voting import InvalidVote, parse_value

Subject = Remedy | RemedyConditionEntry


def comment_view(
    view: Callable[[HttpRequest, Comment], HttpResponse],
) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view of a comment by its key: 404 without one; as its page, where that is not published.

    One that waits for a moderator is there for its author alone.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int) -> HttpResponse:
        comment = _get_comment(pk)
        if comment.state == State.HELD and comment.author_id != getattr(request.user, "pk", None):
            raise Http404
        response = hidden_response(request, comment.thread.subject)
        return view(request, comment) if response is None else response

    return wrapped


@keeps_text("consent", "checked")
@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_remedy, "slug")
def comment_on_remedy(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """Post a comment in the discussion of a remedy."""
    return _post_comment(request, remedy)


@keeps_text("consent", "checked")
@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_entry, "remedy", "condition", not_found=entry_not_found)
def comment_on_entry(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """Post a comment in the discussion of an entry."""
    return _post_comment(request, entry)


def _post_comment(request: HttpRequest, subject: Subject) -> HttpResponse:
    if request.method != "POST":
        return _reply_form(request, subject)
    member = current_member(request)
    form = CommentForm(request.POST, user=member)
    form.is_valid()
    # Not the cleaned values: a NUL would make the form drop the whole field.
    body = request.POST.get("body", "")
    context: dict[str, object] = {"form": form, "subject": subject, "action": request.path}
    try:
        parent = _find_parent(request.POST.get("parent", ""))
        context["parent"] = _parent_in_form(parent, subject, member)
        require_sending(request)
        if "preview" in request.GET:
            return preview_response(request, "discussions/comment_form.html", context, body=body)
        consent = bool(form.cleaned_data.get("consent"))
        posted = services.post_comment(
            by=member,
            subject=subject,
            body=body,
            parent=parent,
            consent=consent,
            checked=request.POST.get("checked", ""),
        )
    except ServiceError as error:
        context |= notices_context(error, body)
        return error_response(request, error, "discussions/comment_form.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        return discussion_fragment(request, subject, new=posted.comment)
    if posted.comment.state == State.HELD:
        messages.info(request, waiting_message())
    return redirect_after_post(posted.comment.get_absolute_url())


def _reply_form(request: HttpRequest, subject: Subject) -> HttpResponse:
    """The form for a reply on a page of its own, with the parent's words where `quote` is in the URL.

    A redirect to the discussion without such a parent, as after a log-in.
    """
    member = current_member_or_none(request)
    parent = _parent_in_form(_parent_in_url(request), subject, member) if member else None
    if member is None or parent is None:
        return redirect_after_post(f"{subject.get_absolute_url()}#discussion", status=302)
    body = quote(parent.comment.body, parent.author) if "quote" in request.GET else ""
    context = {
        "form": CommentForm(initial={"body": body}, user=member),
        "subject": subject,
        "action": request.path,
        "parent": parent,
        "is_new": True,
    }
    return render(request, "discussions/comment_form.html", context)


def _parent_in_url(request: HttpRequest) -> Comment | None:
    try:
        return _find_parent(request.GET.get("parent", ""))
    except InvalidInput:
        return None


def _find_parent(text: str) -> Comment | None:
    """The comment that a form replies to; None for a new thread. Raises: InvalidInput."""
    if not text:
        return None
    pk = parse_positive(text) or 0
    parent = Comment.objects.select_related("parent", "root", "author").filter(pk=pk).first()
    if parent is None:
        raise InvalidInput(_("The comment you reply to is not part of this discussion."))
    return parent


def _parent_in_form(parent: Comment | None, subject: Subject, member: User) -> ShownComment | None:
    """The parent to show beside a rejected reply; None where it cannot be replied to any more."""
    if parent is None or not parent.is_visible or parent.thread.subject != subject:
        return None
    return load_comment(parent, member)


@require_safe
@comment_view
def redirect_to_comment(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Redirect to the page with the comment's thread, at the comment."""
    thread_id = load_thread_id(comment)
    return redirect_after_post(
        f"{comment.thread.page_url}?thread={thread_id}#{comment.anchor}", status=302
    )


@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@comment_view
def vote(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Vote on a comment, or delete one's vote."""
    if request.method != "POST":
        return redirect_after_post(comment.get_absolute_url(), status=302)
    try:
        value = parse_value(request.POST.get("value"))
        consent = request.POST.get("consent") == "1"
        services.vote_on_comment(comment, by=current_member(request), value=value, consent=consent)
    except InvalidVote:
        return error_response(
            request, InvalidInput(_("A vote is up, down or taken back.")), "400.html", {}
        )
    except ServiceError as error:
        context = {"comment": load_comment(comment, current_member(request))}
        return error_response(request, error, "discussions/vote_form.html", context)
    message = _("Your vote is counted.") if value else _("Vote taken back.")
    return comment_changed(request, comment, message)


@keeps_text("checked")
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@comment_view
def edit(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Edit one's own comment."""
    member = current_member(request)
    context: dict[str, object] = {"comment": comment}
    if request.method != "POST":
        try:
            services.require_edit(comment, member)
        except NotPermitted as error:
            return error_response(request, error, "403.html", {})
        context["form"] = CommentForm(initial={"body": comment.body}, user=member)
        context["opened"] = body_version(comment.body)
        return render(request, "discussions/edit_form.html", context)
    form = CommentForm(request.POST, user=member)
    form.is_valid()
    body = request.POST.get("body", "")
    context["form"] = form if comment.author_id == member.pk else None
    context["opened"] = opened = request.POST.get("opened", "")
    try:
        require_sending(request)
        if "preview" in request.GET:
            services.require_edit(comment, member)
            return preview_response(request, "discussions/edit_form.html", context, body=body)
        checked = request.POST.get("checked", "")
        comment = services.edit_comment(
            comment, by=member, body=body, opened=opened, checked=checked
        )
    except ServiceError as error:
        context |= {"own_text": body, **changed_meanwhile(error, body)}
        context |= notices_context(error, body)
        return error_response(request, error, "discussions/edit_form.html", context)
    message = _("Your comment was changed.") if comment.is_visible else waiting_message()
    return comment_changed(request, comment, message)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own comment, also on a withdrawn page."""
    comment = _get_comment(pk)
    member = current_member(request)
    try:
        if request.method != "POST":
            if not services.permissions_of(comment, member).delete:
                raise NotPermitted(_("You can delete your own comments only."))
            return render(request, "discussions/delete_form.html", {"comment": comment})
        comment = services.delete_comment(comment, by=member)
    except ServiceError as error:
        return error_response(request, error, "403.html", {})
    if hidden_response(request, comment.thread.subject) is not None:
        messages.success(request, _("Your comment was deleted."))
        return redirect_after_post(reverse("account"))
    return comment_changed(request, comment, _("Your comment was deleted."))


@keeps_text()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@comment_view
def report(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Report a comment to the moderators; without log-in, too."""
    if comment.state != State.VISIBLE:
        raise Http404
    member = current_member_or_none(request)
    form = ReportForm(request.POST or None, is_member=member is not None)
    context = {"form": form, "comment": load_comment(comment, member)}
    if request.method != "POST":
        return render(request, "discussions/report_form.html", context)
    if shows_again(request):
        return error_response(request, NotSentYet(), "discussions/report_form.html", context)
    if not form.is_valid():
        return render(request, "discussions/report_form.html", context, status=400)
    try:
        if member is None:
            limit_by_network(request, REPORTS_OF_READERS)
        if form.cleaned_data.pop("website", ""):
            log_event("trap_filled", form="report")
        else:
            report_comment(comment, by=member, **form.cleaned_data)
    except ServiceError as error:
        return error_response(request, error, "discussions/report_form.html", context)
    if member is not None:
        messages.success(request, _("Thank you. A moderator will look at it."))
        return redirect_after_post(comment.get_absolute_url())
    return render(request, "discussions/report_thanks.html", {"comment": comment})


def _get_comment(pk: int) -> Comment:
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
