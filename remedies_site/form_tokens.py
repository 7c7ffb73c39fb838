"""The token of the forms of a page."""

from django.http import HttpRequest
from django.middleware.csrf import get_token


def form_token(request: HttpRequest) -> str:
    """The token for all forms of one response: masked once, as each mask takes a while to be drawn by lot."""
    token: str | None = vars(request).get("form_token")
    if token is None:
        token = vars(request)["form_token"] = get_token(request)
    return token
