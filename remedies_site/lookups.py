"""Filters by regular expression are refused for every column.

The admin takes lookups from the query string (`?body__regex=…`). SQLite has its patterns matched by
Python, which no time limit ends: one link that a moderator opened would stop the whole process.
"""

from typing import Any, NoReturn

from django.core.exceptions import FieldError
from django.db.models import Field, Lookup


class RefusedRegex(Lookup[Any]):
    """Stands in the place of Django's `regex`. Raises: FieldError; in a list of the admin it is ignored."""

    lookup_name = "regex"

    def __init__(self, lhs: Any, rhs: Any) -> NoReturn:
        raise FieldError("Columns are not filtered by regular expressions.")


class RefusedIRegex(RefusedRegex):
    """In the place of `iregex`."""

    lookup_name = "iregex"


def refuse_regex() -> None:
    """Replace both lookups; called once, when the app is ready."""
    Field.register_lookup(RefusedRegex)
    Field.register_lookup(RefusedIRegex)
