"""Choices of the library of works."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from citations.study_types import StudyType

__all__ = ["RegistryStatus", "StudyType"]


class RegistryStatus(TextChoices):
    """The status of a registered trial; empty where it is not known."""

    ONGOING = "ongoing", _("ongoing")
    COMPLETED = "completed", _("completed")
    STOPPED = "stopped", _("stopped early")
