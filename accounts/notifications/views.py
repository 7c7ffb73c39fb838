"""The inbox, the settings of its mails, and the page that turns mails off without a log-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import current_member
from accounts.models import Notification
from accounts.notifications import services
from accounts.notifications.choices import NotificationKind
from accounts.notifications.forms import TimingsForm
from accounts.notifications.selectors import inbox_of, timings_of
from accounts.notifications.unsubscribing import DAILY, read_token
from remedies_site.key_pages import read_position
from remedies_site.responses import redirect_after_post


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """A member's notifications, newest first."""
    page = inbox_of(current_member(request), read_position(request.GET))
    return render(request, "account/notifications.html", {"page": page})


@login_required
@require_safe
def follow_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what a notification is about, and mark it as read.

    A GET, so that it opens in a new tab as links do; it hides nothing and changes the member's own mark
    alone. A browser that only fetches ahead marks nothing.
    """
    member = current_member(request)
    notification = get_object_or_404(Notification, pk=pk, user=member)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        services.mark_read(member, pk)
    return redirect_after_post(notification.url, status=302)


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    services.mark_all_read(current_member(request))
    messages.success(request, _("All notifications are marked as read."))
    return redirect_after_post(reverse("notifications"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request: HttpRequest) -> HttpResponse:
    """When each kind is mailed."""
    member = current_member(request)
    initial = {kind.value: timing.value for kind, timing in timings_of(member).items()}
    form = TimingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.set_timings(member, form.timings())
        messages.success(request, _("Your mails are set as you chose."))
        return redirect_after_post(reverse("notifications"))
    status = 400 if request.method == "POST" else 200
    return render(request, "account/notification_settings.html", {"form": form}, status=status)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Turn mails of one kind off, by the link of a mail; a POST does it, also one of a mail program.

    That sends neither cookie nor token and follows no redirect (RFC 8058, section 3.2): the link itself
    proves that the mail was received.
    """
    unsubscription = read_token(token)
    if unsubscription is None:
        return render(request, "account/unsubscribe_unknown.html", status=404)
    is_daily = unsubscription.subject == DAILY
    label = "" if is_daily else NotificationKind(unsubscription.subject).label
    if request.method == "POST":
        services.turn_off(unsubscription)
    context = {"label": label, "is_done": request.method == "POST"}
    return render(request, "account/unsubscribe.html", context)
