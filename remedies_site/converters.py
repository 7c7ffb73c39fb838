"""Path converters."""

from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A primary key or number of at most nine digits: `<int:…>` takes any length and the query then fails."""

    regex = "[1-9][0-9]{0,8}"
