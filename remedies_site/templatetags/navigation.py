"""What is current in the site's navigation."""

from django import template

register = template.Library()


@register.filter
def is_within(path: str, section: str) -> bool:
    """Whether the path is that of a section, such as `/remedies/`, or of a page in it."""
    return path.startswith(section)
