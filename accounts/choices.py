"""Choices of accounts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PublicRole(TextChoices):
    """What readers are told of somebody beside the name; members have none."""

    NONE = "", _("none")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    CLINICIAN = "clinician", _("Clinician")
