"""Status of account pages with an invalid form; known devices; sessions that end."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.logins import remember_device
from accounts.models import User

SESSION_STARTED = "started_at"
"""Session key: the time of the log-in, in seconds since the epoch."""


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
            if form and form.has_error(NON_FIELD_ERRORS, code="too_many_login_attempts"):
                response.status_code = 429
                response["Retry-After"] = "300"
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
    started = request.session.get(SESSION_STARTED)
    limit = settings.STAFF_SESSION_SECONDS if is_staff else settings.MEMBER_SESSION_SECONDS
    return isinstance(started, int) and time.time() - started > limit


def note_login(sender: object, request: HttpRequest | None, user: User, **_signal: Any) -> None:
    """Receiver of `user_logged_in`: when the session began, and whose device this is."""
    if request is not None:
        request.session[SESSION_STARTED] = int(time.time())
        request.logged_in_user = user  # type: ignore[attr-defined]


def note_logout(sender: object, request: HttpRequest | None, **_signal: Any) -> None:
    """Receiver of `user_logged_out`."""
    if request is not None:
        request.logged_out = True  # type: ignore[attr-defined]
