"""The kinds of search results."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResultKind(TextChoices):
    """What search finds; among equally good matches the results stand in this order."""

    REMEDY = "remedy", _("Remedies")
    CONDITION = "condition", _("Conditions")
    ENTRY = "entry", _("A remedy for a condition")
    REFERENCE = "reference", _("References")
    COMMENT = "comment", _("Discussions")
