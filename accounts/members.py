"""The logged-in person of a request, with their type."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def member_of(request: HttpRequest) -> User:
    """Whoever is logged in; for views that only members reach."""
    return cast(User, request.user)


def maybe_member(request: HttpRequest) -> User | None:
    """Whoever is logged in, if anybody."""
    return member_of(request) if request.user.is_authenticated else None
