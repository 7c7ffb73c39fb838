"""Titles and excerpts of results as HTML."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from search.highlighting import Fragment

register = template.Library()


@register.filter
def marked(parts: Iterable[Fragment]) -> SafeString:
    """The whole text, the words of the query in `mark`."""
    texts, marks = [], []
    for text, matched in parts:
        texts.append(text)
        marks.append("<mark>{}</mark>" if matched else "{}")
    # One call for all parts: each costs more than escaping what it is given.
    return format_html("".join(marks), *texts) if texts else SafeString()
