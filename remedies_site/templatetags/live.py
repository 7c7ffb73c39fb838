"""Tags for parts of a page that are rendered for each request, and for parts that are rendered once."""

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from remedies_site.pagecache.constant_parts import constant_part
from remedies_site.pagecache.live_parts import PlainValue, live_part

register = template.Library()


@register.simple_tag(takes_context=True)
def live(context: RequestContext, template: str, **values: PlainValue) -> SafeString:
    """The template with the values, what the view passed as `live`, and the request."""
    return live_part(context.request, template, values)


@register.simple_tag
def constant(template: str, **values: str) -> SafeString:
    """A part that these values and the language alone decide: no setting, no row and nobody who reads."""
    return constant_part(template, **values)
