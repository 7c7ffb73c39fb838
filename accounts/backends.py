"""Logging in by public name or by e-mail address; names hold no @, so neither can pass for the other."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User

_LONGEST_LOGIN = 254


class NameOrEmailBackend(ModelBackend):
    """Django's own backend, with two ways to name a person."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The person, when the password fits and they may log in."""
        login = username or kwargs.get("email") or kwargs.get(User.USERNAME_FIELD)
        if not login or password is None or len(login) > _LONGEST_LOGIN or "\x00" in login:
            return None
        column = "email__iexact" if "@" in login else "name__iexact"
        user = User.objects.filter(**{column: login}).first()
        if user is None:
            User().set_password(password)  # as slow as a real check, so that timing tells nothing
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
