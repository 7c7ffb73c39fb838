"""Authentication by public name or by e-mail address; names hold no @, so the two cannot be confused."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.logins import find_by_login
from accounts.models import MAX_LOGIN_LENGTH, User
from accounts.notifications.selectors import number_unread
from remedies_site.compiled_queries import CompiledQuery


class NameOrEmailBackend(ModelBackend):
    """Django's ModelBackend, with two ways to identify a person."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The person, where the password is correct and the account is active."""
        login = username or kwargs.get("email") or kwargs.get(User.USERNAME_FIELD)
        if not login or password is None or len(login) > MAX_LOGIN_LENGTH or "\x00" in login:
            return None
        user = find_by_login(login)
        if user is None:
            User().set_password(password)  # takes as long as checking a password
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, with `unread_notifications` from the same query."""
        user = next(iter(_PERSON.instances(User, user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None


_PERSON = CompiledQuery(
    lambda key: User.objects.annotate(unread_notifications=number_unread()).filter(pk=key), int
)
