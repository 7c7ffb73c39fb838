"""Status of account pages with an invalid form; known devices; sessions that end; rights of staff."""

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
from accounts.services import end_sessions
from accounts.sessions import (
    DEVICE_KEY,
    STARTED_KEY,
    SessionStore,
    describe_device,
    longest_session,
)

_ADMIN_ENTRANCE = ("login", "logout")
_LIMITS = {
    (NON_FIELD_ERRORS, "too_many_login_attempts"): 300,
    ("code", "too_many_codes"): 300,
    ("code", "too_many_codes_today"): 3600,
}
"""Field and code of an error that says too many, with the seconds of Retry-After."""


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
        """Set 400, or 429 with Retry-After, where a posted form of an account page has errors."""
        form = (response.context_data or {}).get("form")
        if (
            request.method == "POST"
            and response.status_code == 200
            and request.path.startswith("/accounts/")
            and getattr(form, "errors", None)
        ):
            response.status_code = 400
            for (field, code), seconds in _LIMITS.items():
                if form and form.has_error(field, code=code):
                    response.status_code = 429
                    response["Retry-After"] = str(seconds)
        return response


def sessions(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """End a session at its absolute limit, remember the device of a log-in, clean up after log-out.

    The idle limit is SESSION_COOKIE_AGE. Readers have no session and cost nothing here.
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
    limit = longest_session(is_staff=is_staff)
    return isinstance(started, int) and time.time() - started > limit


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
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': place})}")


def note_login(sender: object, request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """Receiver of `user_logged_in`: when the session began, and whose device this is."""
    if request is not None:
        request.session[STARTED_KEY] = int(time.time())
        request.session[DEVICE_KEY] = describe_device(request.headers.get("User-Agent", ""))
        request.logged_in_user = user  # type: ignore[attr-defined]
        SessionStore.clear_expired()


def note_logout(sender: object, request: HttpRequest | None, **_signal: Any) -> None:
    """Receiver of `user_logged_out`."""
    if request is not None:
        request.logged_out = True  # type: ignore[attr-defined]


def note_password(sender: object, request: HttpRequest, user: User, **_signal: Any) -> None:
    """Receiver of `password_changed` and its like: all other sessions are over."""
    log_event("password_changed", actor=user.pk)
    end_sessions(user, spared=request.session.session_key)
