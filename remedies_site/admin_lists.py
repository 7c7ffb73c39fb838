"""Lists of the admin whose query no list offers: 400, where Django would answer with 500.

Django compares what a filter is given with the columns only in the database: a year that no calendar
has and a NUL fail there.
"""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest
from django.db import DataError, models
from django.http import HttpRequest


class FilteredList(ChangeList):
    """A list that may be asked for anything. Raises: BadRequest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Counts its rows, and by that meets every filter."""
        try:
            super().__init__(*args, **kwargs)
        except (DataError, OverflowError, ValueError) as error:
            raise BadRequest("A filter of the list has a value that no row can have.") from error


def answer_any_filter() -> None:
    """Have every ModelAdmin use FilteredList, those of other packages too; called once at the start."""

    def get_changelist(
        self: ModelAdmin[models.Model], request: HttpRequest, **kwargs: Any
    ) -> type[ChangeList]:
        return FilteredList

    ModelAdmin.get_changelist = get_changelist  # type: ignore[assignment, method-assign]
