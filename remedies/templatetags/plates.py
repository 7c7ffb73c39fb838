"""The plate of a remedy, and its picture for links."""

from django import template

from remedies.models import Remedy
from remedies.pages.plates import plate_of

register = template.Library()


@register.inclusion_tag("components/_plate.html")
def plate(remedy: Remedy, alone: bool = False) -> dict[str, object]:
    """The picture of a published remedy, or a tile with its initials; `alone` on a page with no other."""
    return {"plate": plate_of(remedy.slug, remedy.shown_name, alone=alone)}


@register.simple_tag
def sharing_picture(remedy: Remedy) -> str:
    """The static path of the picture that links to the remedy's page carry."""
    return plate_of(remedy.slug, remedy.shown_name).sharing_picture
