"""The moderators' page of bursts of votes."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import current_member
from discussions.bursts.selectors import bursts_to_decide, bursts_to_reconsider, open_bursts
from discussions.bursts.services import count_again, keep, take_out
from discussions.models import VoteBurst
from discussions.moderation.decorators import for_moderators
from remedies_site.exceptions import InvalidInput, ServiceError
from remedies_site.responses import error_response, redirect_after_post

_PAGE = "discussions/bursts/bursts.html"


@for_moderators
@require_safe
def bursts(request: HttpRequest) -> HttpResponse:
    """The bursts that wait, with a form for each, and the newest decisions, which can be taken back."""
    return render(request, _PAGE, _lists())


@for_moderators
@require_POST
def decide_on_burst(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out `action` (keep, take_out or count_again), with a `reason`."""
    burst = get_object_or_404(VoteBurst, pk=pk)
    action, reason = request.POST.get("action", ""), request.POST.get("reason", "")
    try:
        message = _carry_out(request, burst, action, reason)
    except ServiceError as error:
        context = {**_lists(), "refused": pk, "reason": reason}
        return error_response(request, error, _PAGE, context)
    messages.success(request, message)
    return redirect_after_post(reverse("moderation_bursts"))


def _carry_out(request: HttpRequest, burst: VoteBurst, action: str, reason: str) -> str:
    """What the moderator is told. Raises: InvalidInput, NotPermitted."""
    by, seen = current_member(request), request.POST.get("seen", "")
    if action == "keep":
        keep(burst, by=by, seen=seen)
        return _("The votes count.")
    if action == "take_out":
        take_out(burst, by=by, reason=reason, seen=seen)
        return _("The votes are taken out of the counts.")
    if action == "count_again":
        count_again(burst, by=by, reason=reason, seen=seen)
        return _("The votes count again.")
    raise InvalidInput(_("Choose what to do."))


def _lists() -> dict[str, object]:
    return {
        "open": bursts_to_decide(),
        "total": open_bursts().count(),
        "decided": bursts_to_reconsider(),
        "young_days": settings.MEMBER_AFTER_DAYS,
    }
