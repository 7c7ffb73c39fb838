"""What public pages show to staff: the way to where they are edited."""

from django import template
from django.apps import apps
from django.template import RequestContext

from remedies_site.editing.read_only import admin_url

register = template.Library()


@register.simple_tag(takes_context=True)
def edit_url(context: RequestContext, kind: str, key: int) -> str:
    """The URL of the admin's form of a row (`kind` is “app.model”); empty for who may not change it."""
    user = context.request.user
    model = apps.get_model(kind)
    permission = f"{model._meta.app_label}.change_{model._meta.model_name}"
    return admin_url(model, "change", key) if user.is_staff and user.has_perm(permission) else ""
