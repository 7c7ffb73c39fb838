"""Who gets to the pages of moderation."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required, permission_required
from django.views.decorators.cache import never_cache

ViewT = TypeVar("ViewT", bound=Callable[..., Any])


def for_moderators(view: ViewT) -> ViewT:
    """A view for moderators: others log in, or get 403; nothing of it is kept by a browser."""
    permitted = permission_required("discussions.moderate_comment", raise_exception=True)
    return login_required(permitted(never_cache(view)))
