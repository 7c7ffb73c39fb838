"""Limits and status of account pages; known devices; sessions that end; rights of staff."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts import second_factor
from accounts.events import log_event
from accounts.logins import remember_device
from accounts.models import User
from accounts.rate_limits import (
    CODES,
    EMAIL_CHANGES,
    LOGINS_PER_ACCOUNT,
    PASSWORD_CHANGES,
    REAUTHENTICATIONS,
    RESET_LINKS,
    RESETS_PER_ADDRESS,
    RESETS_PER_NETWORK,
    SIGNUPS,
    CountLimit,
    limit_by_key,
)
from accounts.services import end_sessions
from accounts.sessions import (
    DEVICE_KEY,
    STARTED_KEY,
    SessionStore,
    describe_device,
    is_too_old,
)
from remedies_site.errors import too_many_requests
from remedies_site.exceptions import RateLimited
from remedies_site.proxies import client_network

_ADMIN_ENTRANCE = ("login", "logout")
_LIMITS = {
    (NON_FIELD_ERRORS, "too_many_login_attempts"): LOGINS_PER_ACCOUNT.seconds,
    ("code", "too_many_codes"): CODES.seconds,
    ("code", "too_many_codes_today"): 3600,
    (NON_FIELD_ERRORS, "too_many_codes"): CODES.seconds,
    (NON_FIELD_ERRORS, "too_many_codes_today"): 3600,
}
"""Field and code of an error that says too many, with the seconds of Retry-After."""

PAGE_LIMITS: dict[str, tuple[CountLimit, ...]] = {
    "account_signup": (SIGNUPS,),
    "account_reset_password": (RESETS_PER_NETWORK, RESETS_PER_ADDRESS),
    "account_reset_password_from_key": (RESET_LINKS,),
    "account_reauthenticate": (REAUTHENTICATIONS,),
    "account_change_password": (PASSWORD_CHANGES,),
    "account_set_password": (PASSWORD_CHANGES,),
    "account_email": (EMAIL_CHANGES,),
}
"""Forms of django-allauth by the names of their URLs; log-in has limits of its own (accounts/logins.py)."""


class PageLimitsMiddleware:
    """429 for too many forms of account pages: allauth's own limits are in a cache that others can fill."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only `process_view` knows which page it is."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Count a form that is sent; None lets it through."""
        match = request.resolver_match
        if request.method != "POST" or match is None:
            return None
        try:
            for limit in PAGE_LIMITS.get(match.view_name, ()):
                if key := _counted_as(request, limit):
                    limit_by_key(limit, key, request)
        except RateLimited as error:
            return too_many_requests(request, seconds=error.seconds)
        return None


def _counted_as(request: HttpRequest, limit: CountLimit) -> str:
    """Whose action it is; empty for nobody's, such as a member's page sent without a log-in."""
    if limit.per == "member":
        return str(request.user.pk or "")
    if limit.per == "address":
        return request.POST.get("email", "").strip().lower()
    return client_network(request)


class InvalidFormStatusMiddleware:
    """django-allauth responds with 200 to an invalid form: make it 400, or 429 for too many log-ins."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only `process_template_response` changes responses."""
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Set 400, or 429 with Retry-After, where a posted form of an account page has errors.

        Of the admin's forms only that of log-in, and only where there were too many.
        """
        context = response.context_data or {}
        form = context.get("wrong_form") or context.get("form")
        if (
            request.method != "POST"
            or response.status_code != 200
            or not getattr(form, "errors", None)
        ):
            return response
        for (field, code), seconds in _LIMITS.items():
            if form and form.has_error(field, code=code):
                response.status_code = 429
                response["Retry-After"] = str(seconds)
                return response
        if request.path.startswith("/accounts/"):
            response.status_code = 400
        return response


def sessions(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """End a session at its absolute limit, remember the device of a log-in, clean up after log-out.

    One that nobody used for long is over already, in the session engine. Readers have no session and cost
    nothing here.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user if request.COOKIES.get(settings.SESSION_COOKIE_NAME) else None
        if user is not None and user.is_authenticated and _is_over(request, is_staff=user.is_staff):
            logout(request)
        response = get_response(request)
        if (member := getattr(request, "logged_in_user", None)) is not None:
            remember_device(response, member)
        if getattr(request, "logged_out", False):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def _is_over(request: HttpRequest, *, is_staff: bool) -> bool:
    started = request.session.get(STARTED_KEY)
    return isinstance(started, int) and is_too_old(started, is_staff=is_staff)


def staff_rights(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """With STAFF_MFA, no permission counts in a session without a second factor.

    Staff who open the admin are led to set one up, or to enter a code.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user if request.COOKIES.get(settings.SESSION_COOKIE_NAME) else None
        if isinstance(user, User) and second_factor.is_missing(request, user):
            user.rights_suspended = True
            if user.is_staff and _is_behind_the_admin_door(request.path):
                return _to_second_factor(request, user)
        return get_response(request)

    return middleware


def _is_behind_the_admin_door(path: str) -> bool:
    admin = reverse("admin:index")
    entrance = {reverse(f"admin:{name}") for name in _ADMIN_ENTRANCE}
    return path.startswith(admin) and path not in entrance


def _to_second_factor(request: HttpRequest, user: User) -> HttpResponse:
    if not second_factor.has_factor(user):
        return HttpResponseRedirect(reverse("mfa_index"))
    place = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    asks_key = second_factor.has_passkey(user) and not second_factor.has_app(user)
    page = reverse("mfa_reauthenticate_webauthn" if asks_key else "mfa_reauthenticate")
    return HttpResponseRedirect(f"{page}?{urlencode({'next': place})}")


def note_login(sender: object, request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """Receiver of `user_logged_in`: when the session began, and whose device this is."""
    if request is not None:
        request.session[STARTED_KEY] = int(time.time())
        request.session[DEVICE_KEY] = describe_device(request.headers.get("User-Agent", ""))
        request.logged_in_user = user  # type: ignore[attr-defined]
        SessionStore.clear_expired()


def note_password_change(
    sender: object, request: HttpRequest | None, user: User, **_signal: Any
) -> None:
    """Receiver of allauth's `password_changed`: this device knows the new password, too."""
    if request is not None:
        request.logged_in_user = user  # type: ignore[attr-defined]


def note_logout(sender: object, request: HttpRequest | None, **_signal: Any) -> None:
    """Receiver of `user_logged_out`."""
    if request is not None:
        request.logged_out = True  # type: ignore[attr-defined]


def note_password(sender: object, request: HttpRequest, user: User, **_signal: Any) -> None:
    """Receiver of `password_changed` and its like: all other sessions are over."""
    log_event("password_changed", actor=user.pk)
    end_sessions(user, spared=request.session.session_key)
