"""Discussions on the pages of what is discussed."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("discussions/_discussion.html")
def discussion(anchor: str, heading: str, intro: str) -> dict[str, Any]:
    """A discussion under its heading; `anchor` is the id of its section."""
    return {"anchor": anchor, "heading": heading, "intro": intro, "count": 0}
