"""Exceptions of services, each with a message for the person who made the request.

`remedies_site.responses.error_response` turns them into 400 (with the form and its text), 403, 409, or 429
with Retry-After.
"""

from django.utils.translation import gettext as _


class ServiceError(Exception):
    """The action was not carried out; `str()` is the message for the person."""

    status = 400


class InvalidInput(ServiceError):
    """The input is invalid; the person can correct it."""


class NotPermitted(ServiceError):
    """The person lacks the permission for this action, or no longer has it."""

    status = 403


class RateLimited(ServiceError):
    """A rate limit is exceeded; the action is possible again after `seconds`."""

    status = 429

    def __init__(self, message: str, seconds: int) -> None:
        """`seconds` below 1 counts as 1."""
        super().__init__(message)
        self.seconds = max(1, seconds)


class NotSentYet(ServiceError):
    """The form is only shown again, with its text; nothing was to be done yet."""

    status = 200

    def __init__(self) -> None:
        """The message is the same everywhere."""
        super().__init__(_("Nothing was sent yet. Look it over, and send it once more."))


class ChangedMeanwhile(ServiceError):
    """Somebody saved another text since the form was opened; `stored` is that text."""

    status = 409

    def __init__(self, message: str, *, stored: str) -> None:
        """Keep the stored text, to be shown beside the own one."""
        super().__init__(message)
        self.stored = stored


class NotPublishable(Exception):
    """A draft cannot be published; `errors` holds the reasons, as (field path, message)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        """Keep all errors, so that an editor can correct them at once."""
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors))
        self.errors = errors
