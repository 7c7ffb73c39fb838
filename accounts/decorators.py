"""A decorator for members' forms, and the logged-in member of a request with the right type."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts.models import User

View = Callable[..., HttpResponse]


def current_member(request: HttpRequest) -> User:
    """`request.user` of a view that requires log-in."""
    return cast(User, request.user)


def login_required_for_post(view: View) -> View:
    """Require log-in for POST only; the view redirects a GET, which follows a log-in."""
    protected = login_required(view)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return (protected if request.method == "POST" else view)(request, *args, **kwargs)

    return wrapped


def current_member_or_none(request: HttpRequest) -> User | None:
    """`request.user`; None where nobody is logged in."""
    return current_member(request) if request.user.is_authenticated else None
