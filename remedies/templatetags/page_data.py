"""Structured data on the pages of a remedy and of an entry."""

from functools import partial

from django import template
from django.template import RequestContext

from remedies.pages.entry import EntryPage
from remedies.pages.remedy import RemedyPage
from remedies.pages.structured_data import entry_page_nodes, remedy_page_nodes
from remedies_site.structured_data import add_source

register = template.Library()


@register.simple_tag(takes_context=True)
def remedy_data(context: RequestContext, page: RemedyPage, title: str, description: str) -> str:
    """Gives the overview and the remedy, under the title and description that the page has."""
    add_source(context.request, partial(remedy_page_nodes, page, title, description))
    return ""


@register.simple_tag(takes_context=True)
def entry_data(context: RequestContext, page: EntryPage, title: str, description: str) -> str:
    """Gives the page, the remedy and the condition, under the title and description of the page."""
    add_source(context.request, partial(entry_page_nodes, page, title, description))
    return ""
