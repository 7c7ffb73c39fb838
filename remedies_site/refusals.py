"""What a service refuses, as exceptions with a sentence for the person who tried.

A view turns each into its answer: 400 with the form and the text kept, 403, or 429 with the seconds
to wait.
"""


class Refused(Exception):
    """Something that is not done; `str()` is the sentence for the person."""

    status = 400


class BadInput(Refused):
    """What was sent cannot be used as it is; the person can mend it."""


class NotAllowed(Refused):
    """This person may not do this here and now."""

    status = 403


class TooMany(Refused):
    """An allowance is used up; `seconds` says when the next deed is possible."""

    status = 429

    def __init__(self, sentence: str, seconds: int) -> None:
        """At least one second."""
        super().__init__(sentence)
        self.seconds = max(1, seconds)
