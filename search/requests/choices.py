"""Choices of requests."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestState(TextChoices):
    """What became of a request."""

    OPEN = "open", _("asked for")
    PLANNED = "planned", _("planned")
    PUBLISHED = "published", _("published")
    DECLINED = "declined", _("declined")


class RequestListing(TextChoices):
    """Whether readers see a request."""

    COUNTED = "counted", _("once enough people asked for it")
    SHOWN = "shown", _("always")
    HIDDEN = "hidden", _("never")
