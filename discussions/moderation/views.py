"""The moderators' queue, and the public log."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import current_member
from discussions.choices import Action
from discussions.models import Comment
from discussions.moderation import services
from discussions.moderation.log import counts_by_month, newest_decisions
from discussions.moderation.queue import PER_PAGE, queue_items, waiting
from remedies_site.exceptions import InvalidInput, ServiceError
from remedies_site.responses import error_response, redirect_after_post

_MODERATES = "discussions.moderate_comment"
_ITEM = "discussions/moderation/decide.html"


@login_required
@permission_required(_MODERATES, raise_exception=True)
@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: the most urgent first, with a form for each."""
    keys = waiting()
    context = {"items": queue_items(keys[:PER_PAGE]), "total": len(keys)}
    return render(request, "discussions/moderation/queue.html", context)


@login_required
@permission_required(_MODERATES, raise_exception=True)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment with all that was reported and decided; a POST decides (`action`, `reason`)."""
    comment = get_object_or_404(Comment, pk=pk)
    if request.method == "POST":
        try:
            message = _decide(request, comment)
        except ServiceError as error:
            context = {"item": queue_items([pk])[0], "reason": request.POST.get("reason", "")}
            return error_response(request, error, _ITEM, context)
        messages.success(request, message)
        return redirect_after_post(reverse("moderation"))
    return render(request, _ITEM, {"item": queue_items([pk])[0]})


def _decide(request: HttpRequest, comment: Comment) -> str:
    """Carry the action out; what the moderator reads then. Raises: ServiceError."""
    member, action = current_member(request), request.POST.get("action")
    if action == Action.KEEP:
        services.keep_comment(comment, by=member)
        return _("The comment stays. Its reports are closed.")
    if action == Action.REMOVE:
        services.remove_comment(comment, by=member, reason=request.POST.get("reason", ""))
        return _("The comment is removed. Its reports are closed.")
    if action == Action.RESTORE:
        services.restore_comment(comment, by=member)
        return _("The comment is back. Its reports are closed.")
    raise InvalidInput(_("Choose what to do."))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What moderators decided: numbers by month, and the newest decisions."""
    context = {"months": counts_by_month(), "decisions": newest_decisions()}
    return render(request, "discussions/moderation/log.html", context)
