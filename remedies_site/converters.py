"""Kinds of address parts."""

from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A number that a database can hold: `<int:…>` takes any length and then fails in the query."""

    regex = "[1-9][0-9]{0,8}"
