"""Choices of challenges."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ChallengeKind(TextChoices):
    """What a reader brings."""

    CORRECTION = "correction", _("This is wrong or out of date")
    SOURCE = "source", _("Here is a source to add")


class ChallengeState(TextChoices):
    """What an editor decided."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class Visibility(TextChoices):
    """Who sees a challenge."""

    VISIBLE = "visible", _("public")
    HELD = "held", _("waits until an editor has looked")
    REMOVED = "removed", _("removed")


class SourceType(TextChoices):
    """By what a source is named; the values are columns of the library."""

    DOI = "doi", _("DOI")
    PMID = "pmid", _("PubMed")
    PMCID = "pmcid", _("PubMed Central")
    NCT = "nct", _("ClinicalTrials.gov")
    URL = "url", _("address")


PART_LABELS: Mapping[str, Promise] = {
    "verdict": _("Verdict and grade"),
    "steps": _("What to do next"),
    "doses": _("Doses"),
    "warnings": _("Warnings"),
    "evidence": _("Evidence"),
    "why": _("Why it might work"),
    "general": _("In general"),
    "limits": _("Official amounts"),
    "interactions": _("Medicines"),
    "overview": _("Overview"),
    "flags": _("When to see a doctor"),
    "care": _("Usual first care"),
}
"""Parts of pages by the keys that their addresses use (`?p=doses`)."""
