"""The moderators' queue, and the public log."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import current_member
from discussions.bursts.selectors import open_bursts
from discussions.choices import Outcome
from discussions.models import Appeal, Comment, Report
from discussions.moderation import services
from discussions.moderation.actions import carry_out
from discussions.moderation.appeals import appeal as appeal_decision
from discussions.moderation.appeals import appeals_to_decide, decide_appeal, open_appeals
from discussions.moderation.decorators import for_moderators
from discussions.moderation.log import counts_by_month, newest_bursts, newest_decisions
from discussions.moderation.queue import PER_PAGE, move_targets, queue_items, waiting
from discussions.moderation.statements import find_statement
from remedies_site.exceptions import InvalidInput, ServiceError
from remedies_site.kept_text import keeps_text, require_sending
from remedies_site.responses import error_response, redirect_after_post

_ITEM = "discussions/moderation/decide.html"
_STATEMENT = "discussions/moderation/statement.html"
_LEAVE_IT_WAITING = {"take", "note", "lock", "unlock", "move"}
"""Actions after which the comment itself may still want a decision."""


@for_moderators
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: the most urgent first, with a form for each."""
    keys = waiting()
    context = {
        "items": queue_items(keys[:PER_PAGE]),
        "total": len(keys),
        "appeals": open_appeals().count(),
        "bursts": open_bursts().count(),
    }
    return render(request, "discussions/moderation/queue.html", context)


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment with all that was reported and decided; a POST decides (`action`, `reason`)."""
    comment = get_object_or_404(Comment, pk=pk)
    if request.method == "POST":
        try:
            message = carry_out(comment, by=current_member(request), form=request.POST.dict())
        except ServiceError as error:
            return error_response(request, error, _ITEM, _item(comment, request.POST.dict()))
        messages.success(request, message)
        stays = request.POST.get("action") in _LEAVE_IT_WAITING
        url = reverse("moderation_decide", args=[pk]) if stays else reverse("moderation")
        return redirect_after_post(url)
    return render(request, _ITEM, _item(comment, {}))


def _item(comment: Comment, typed: dict[str, str]) -> dict[str, object]:
    """What the page of one comment shows; `typed` are the values of a form that was refused."""
    return {
        "item": queue_items([comment.pk])[0],
        "targets": move_targets(comment),
        "typed": typed,
        "pause_hours": settings.PAUSE_HOURS,
        "long_pause_days": settings.LONG_PAUSE_HOURS // 24,
    }


@for_moderators
@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """The appeals that wait, with a form for each."""
    return render(request, "discussions/moderation/appeals.html", {"appeals": appeals_to_decide()})


@for_moderators
@require_POST
def decide_on_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a decision stand (`outcome` upheld) or take it back (overturned), with an `answer`."""
    appeal = get_object_or_404(Appeal, pk=pk)
    outcome, answer = request.POST.get("outcome"), request.POST.get("answer", "")
    try:
        if outcome not in {Outcome.UPHELD, Outcome.OVERTURNED}:
            raise InvalidInput(_("Choose what to do."))
        overturn = outcome == Outcome.OVERTURNED
        decide_appeal(appeal, by=current_member(request), overturn=overturn, answer=answer)
    except ServiceError as error:
        context = {"appeals": appeals_to_decide(), "refused": pk, "answer": answer}
        return error_response(request, error, "discussions/moderation/appeals.html", context)
    messages.success(request, _("The member gets your answer."))
    return redirect_after_post(reverse("moderation_appeals"))


@keeps_text()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a moderator decided something about the member, and how to appeal; a POST appeals (`text`)."""
    member = current_member(request)
    found = find_statement(pk, member)
    if found is None:
        raise Http404
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            require_sending(request)
            appeal_decision(found.decision, by=member, text=text)
        except ServiceError as error:
            context = {"statement": found, "text": text}
            return error_response(request, error, _STATEMENT, context)
        messages.success(request, _("Your appeal is sent. Another moderator will look at it."))
        return redirect_after_post(found.decision.get_absolute_url())
    return render(request, _STATEMENT, {"statement": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own report back."""
    member = current_member(request)
    report = get_object_or_404(Report.objects.select_related("comment"), pk=pk, reporter=member)
    if request.method != "POST":
        context = {"report": report}
        return render(request, "discussions/moderation/withdraw_report.html", context)
    try:
        services.withdraw_report(report, by=member)
    except ServiceError as error:
        return error_response(request, error, "403.html", {})
    messages.success(request, _("Your report is taken back."))
    return redirect_after_post(reverse("account_data"))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What moderators decided: numbers by month, and the newest decisions."""
    context = {
        "months": counts_by_month(),
        "decisions": newest_decisions(),
        "bursts": newest_bursts(),
    }
    return render(request, "discussions/moderation/log.html", context)
