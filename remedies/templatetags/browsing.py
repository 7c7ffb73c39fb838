"""What lists from A to Z tell of each name. The lists of conditions use it too."""

from collections.abc import Sequence
from typing import Any

from django import template

from conditions.models import Condition
from remedies.models import Remedy
from remedies.pages import lists

register = template.Library()


@register.simple_tag
def uses_of(subjects: Sequence[Remedy | Condition]) -> dict[int, lists.Uses]:
    """The published uses of every subject on the page; in one query."""
    return lists.uses_of(subjects)


@register.inclusion_tag("remedies/_uses_line.html")
def uses_line(uses: dict[int, lists.Uses], subject: Remedy | Condition) -> dict[str, Any]:
    """The number of the subject's uses and the surest among them."""
    return {"uses": uses.get(subject.pk), "of_remedy": isinstance(subject, Remedy)}
