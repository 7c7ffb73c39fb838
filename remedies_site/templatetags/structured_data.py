"""Structured data of every page: its breadcrumbs, the site on its first page, and the block at the end."""

from functools import partial

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString

from remedies_site import structured_data as data

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_nodes(context: RequestContext) -> str | None:
    """What the parts of the page have given so far, for the next tag."""
    return data.take_nodes(context.request)


@register.simple_tag(name="structured_data", takes_context=True)
def structured_data_block(context: RequestContext, nodes: str | None) -> SafeString:
    """The block with these nodes and what live parts have given."""
    return data.json_ld(context.request, nodes)


@register.simple_tag(takes_context=True)
def no_structured_data(context: RequestContext) -> str:
    """Leaves the block out, as on a page that no search engine may list."""
    data.leave_out(context.request)
    return ""


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: RequestContext, here: str, *links: str) -> str:
    """Gives the breadcrumbs: the page's name, then names and paths by turns; empty names are no step."""
    steps = [(name, path) for name, path in zip(links[::2], links[1::2], strict=True) if name]
    source = partial(data.breadcrumb_list, context.request.path, steps, here)
    data.add_source(context.request, lambda: [source()])
    return ""


@register.simple_tag(takes_context=True)
def website_data(context: RequestContext, description: str) -> str:
    """Gives the site with its search."""
    data.add_source(
        context.request, lambda: [data.website(reverse("home"), reverse("search"), description)]
    )
    return ""
