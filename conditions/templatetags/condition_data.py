"""Structured data on the page of a condition, and the votes in its comparison."""

from functools import partial

from django import template
from django.template import RequestContext

from conditions.selectors import ConditionPage
from conditions.structured_data import condition_page_nodes
from remedies_site.structured_data import add_source

register = template.Library()


@register.simple_tag(takes_context=True)
def condition_data(
    context: RequestContext, page: ConditionPage, title: str, description: str
) -> str:
    """Gives the page and the condition, under the title and description that the page has."""
    add_source(context.request, partial(condition_page_nodes, page, title, description))
    return ""


@register.simple_tag
def votes_on(votes: dict[int, tuple[int, int]], entry: int) -> dict[str, int]:
    """The numbers of votes for and against an entry, of those that `member_votes` has read."""
    up, down = votes.get(entry, (0, 0))
    return {"up": up, "down": down}
