"""The logged-in person of a request, with their type."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts.models import User

View = Callable[..., HttpResponse]


def current_member(request: HttpRequest) -> User:
    """Whoever is logged in; for views that only members reach."""
    return cast(User, request.user)


def login_required_to_post(view: View) -> View:
    """Forms are for members; a plain visit (after logging in, say) is the view's to lead on."""
    guarded = login_required(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (guarded if request.method == "POST" else view)(request, *args, **kwargs)

    return wrapped


def current_member_or_none(request: HttpRequest) -> User | None:
    """Whoever is logged in, if anybody."""
    return current_member(request) if request.user.is_authenticated else None
