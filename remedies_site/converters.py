"""Path converters."""

from django.urls.converters import IntConverter, StringConverter

from remedies_site.markup import KEY


class NumberConverter(IntConverter):
    """A primary key or number of at most nine digits: `<int:…>` takes any length and the query then fails."""

    regex = "[1-9][0-9]{0,8}"


class MarkKeyConverter(StringConverter):
    """The key of a citation mark: no other text is looked up, such as one with a NUL."""

    regex = KEY
