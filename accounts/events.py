"""Security events as log lines: what happened, when, by whom; never what somebody wrote or typed.

Each is one line of the logger `remedies.events`: `login_failed actor=- door=accounts network=5f1d09ab`.
People are numbers; a login that was typed is not logged, since it may be a password in the wrong field.
Nor are addresses: a network has a tag, the same for one day, by which lines can be told to belong together.
"""

import hmac
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from remedies_site.proxies import client_network

logger = logging.getLogger("remedies.events")


def log_event(name: str, *, actor: int | None = None, **facts: str | int) -> None:
    """Write one event. `facts` are numbers and words of the program, never of a person."""
    details = "".join(f" {key}={value}" for key, value in sorted(facts.items()))
    logger.info("%s actor=%s%s", name, actor or "-", details)


def log_refusals(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Middleware: an event for every 403, with the view's name; its path would tell what somebody reads."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 403:
            match = request.resolver_match
            log_event("forbidden", actor=request.user.pk, view=match.view_name if match else "-")
        return response

    return middleware


def network_tag(request: HttpRequest | None) -> str:
    """Eight digits that stand for the client's network until the end of the day (UTC); `-` for none."""
    if request is None:
        return "-"
    name = f"network:{timezone.now().date()}:{client_network(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), name.encode(), "sha256").hexdigest()[:8]


def connect() -> None:
    """Log what Django tells of log-ins; called once, when the app is ready."""
    user_logged_in.connect(_logged_in, dispatch_uid="accounts.events.in")
    user_logged_out.connect(_logged_out, dispatch_uid="accounts.events.out")
    user_login_failed.connect(_failed, dispatch_uid="accounts.events.failed")


def _logged_in(sender: Any, request: HttpRequest | None, user: Any, **_signal: Any) -> None:
    log_event("login", actor=user.pk, door=_door(request), network=network_tag(request))


def _logged_out(sender: Any, request: HttpRequest | None, user: Any, **_signal: Any) -> None:
    log_event("logout", actor=user.pk if user else None, door=_door(request))


def _failed(sender: Any, request: HttpRequest | None = None, **_signal: Any) -> None:
    log_event("login_failed", door=_door(request), network=network_tag(request))


def _door(request: HttpRequest | None) -> str:
    """Which form it was, by its URL; a query string may hold what somebody searched for."""
    return "admin" if request and request.path.startswith("/admin/") else "accounts"
