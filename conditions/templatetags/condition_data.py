"""Structured data on the page of a condition."""

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
