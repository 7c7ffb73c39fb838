"""Safety notices above the content of a page."""

from django import template
from django.template import RequestContext

from publishing.banners.selectors import active_banners, banners_of

register = template.Library()
_TEMPLATE = "components/_safety_banners.html"


@register.inclusion_tag(_TEMPLATE, takes_context=True)
def safety_banners(context: RequestContext, *shown: object) -> dict[str, object]:
    """The notices of the whole site and of the subjects (or lists of them) that the page shows."""
    request = context.get("request")
    return {"banners": banners_of(request, shown) if request is not None else []}


@register.inclusion_tag(_TEMPLATE, takes_context=True)
def all_safety_banners(context: RequestContext) -> dict[str, object]:
    """Every notice that stands, for pages that show all of the site."""
    request = context.get("request")
    return {"banners": active_banners(request) if request is not None else []}
