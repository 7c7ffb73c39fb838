"""Forms to follow a page or a discussion, and to stop."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import current_member, login_required_for_post
from conditions.models import Condition
from conditions.selectors import find_condition
from discussions.following import services
from discussions.models import Follow
from discussions.services import thread_of
from publishing.views import subject_view
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.views import entry_not_found
from remedies.selectors import find_entry, find_remedy
from remedies_site.exceptions import ServiceError
from remedies_site.responses import error_response, redirect_after_post

_TEMPLATE = "discussions/following/follow_form.html"
Subject = Remedy | Condition | RemedyConditionEntry


@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_remedy, "slug")
def follow_remedy(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """Follow the page of a remedy and of its uses; `follow=0` stops."""
    return _handle(request, remedy, lambda: remedy, "#follow")


@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_condition, "slug")
def follow_condition(request: HttpRequest, condition: Condition) -> HttpResponse:
    """Follow the page of a condition and of the remedies for it; `follow=0` stops."""
    return _handle(request, condition, lambda: condition, "#follow")


@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_remedy, "slug")
def follow_remedy_discussion(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """Follow the discussion about a remedy in general; `follow=0` stops."""
    return _handle(request, remedy, lambda: thread_of(remedy), "#discussion")


@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(find_entry, "remedy", "condition", not_found=entry_not_found)
def follow_entry_discussion(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """Follow the discussion on an entry; `follow=0` stops."""
    return _handle(request, entry, lambda: thread_of(entry), "#discussion")


@require_POST
@login_required
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop from the list of the member's own data, also what was withdrawn since."""
    own = get_object_or_404(
        Follow.objects.select_related("remedy", "condition", "thread"),
        pk=pk,
        user=current_member(request),
    )
    services.unfollow(own.followed, by=current_member(request))
    messages.success(request, _("You do not follow this any more."))
    return redirect_after_post(reverse("account_data") + "#own-follows-heading")


def _handle(
    request: HttpRequest,
    subject: Subject,
    to_followed: Callable[[], services.Followed],
    anchor: str,
) -> HttpResponse:
    """Store or delete the follow, then back to the page; a GET, which follows a log-in, changes nothing."""
    place = subject.get_absolute_url() + anchor
    if request.method != "POST":
        return redirect_after_post(place, status=302)
    member = current_member(request)
    try:
        if request.POST.get("follow") == "0":
            services.unfollow(to_followed(), by=member)
            messages.success(request, _("You do not follow this any more."))
        else:
            consent = request.POST.get("consent") == "1"
            services.follow(to_followed(), by=member, consent=consent)
            messages.success(
                request, _("You follow this. What is new stands under “Notifications”.")
            )
    except ServiceError as error:
        context = {"subject": subject, "place": place, "of_page": anchor == "#follow"}
        return error_response(request, error, _TEMPLATE, context)
    return redirect_after_post(place)
