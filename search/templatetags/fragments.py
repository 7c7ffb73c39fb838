"""Titles and excerpts of results as HTML."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.highlighting import Fragment

register = template.Library()


@register.filter
def marked(parts: Iterable[Fragment]) -> SafeString:
    """The whole text, the words of the query in `mark`."""
    return format_html_join(
        "",
        "{}",
        ([format_html("<mark>{}</mark>", text) if matched else text] for text, matched in parts),
    )
