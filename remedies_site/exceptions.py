"""What a service refuses, as exceptions with a sentence for the person who tried.

A view turns each into its answer: 400 with the form and the text kept, 403, or 429 with the seconds
to wait.
"""


class ServiceError(Exception):
    """Something that is not done; `str()` is the sentence for the person."""

    status = 400


class InvalidInput(ServiceError):
    """What was sent cannot be used as it is; the person can mend it."""


class NotPermitted(ServiceError):
    """This person may not do this here and now."""

    status = 403


class RateLimited(ServiceError):
    """An allowance is used up; `seconds` says when the next deed is possible."""

    status = 429

    def __init__(self, sentence: str, seconds: int) -> None:
        """At least one second."""
        super().__init__(sentence)
        self.seconds = max(1, seconds)


class NotPublishable(Exception):
    """A draft cannot be published; `errors` says why, as (field, message)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        """Keep every error, so that an editor corrects them in one go."""
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors))
        self.errors = errors
