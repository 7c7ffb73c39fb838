"""Conditions with their red flags and usual first care, and their revisions."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conditions.choices import Category
from publishing.models import (
    SHOWN,
    CheckableRowModel,
    NamedSubject,
    Revision,
    SourcedRowModel,
    corrections_index,
    newest_index,
)
from remedies_site.constraints import filled, one_of


class Condition(NamedSubject["ConditionRevision"]):
    """Something that people look for a remedy for."""

    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    overview = models.TextField(_("overview"), blank=True)
    icd10 = models.CharField("ICD-10", max_length=60, blank=True)
    mesh = models.CharField("MeSH", max_length=20, blank=True)
    shown_category = models.CharField(max_length=20, blank=True, editable=False)
    current_revision = models.ForeignKey(
        "ConditionRevision",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta(NamedSubject.Meta):
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ("sort_key", "name")
        permissions = (
            ("publish_condition", "Can approve conditions that somebody else edited"),
            ("withdraw_condition", "Can withdraw conditions"),
        )
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *NamedSubject.Meta.constraints,
            one_of("category", Category),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sort_key", "id"], name="conditions_a_to_z", condition=SHOWN),
            newest_index("conditions_newest"),
            models.Index(
                fields=["shown_category", "sort_key", "id"],
                name="conditions_of_category",
                condition=SHOWN,
            ),
        ]

    def get_absolute_url(self) -> str:
        """The condition's page."""
        return reverse("condition", args=[self.slug])


class ConditionRevision(Revision):
    """A published state of a condition."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="revisions")

    class Meta(Revision.Meta):
        verbose_name = _("condition revision")
        indexes: ClassVar[list[models.Index]] = [corrections_index("conditions_corrected")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Revision.Meta.constraints,
            models.UniqueConstraint(
                fields=["condition", "number"], name="conditions_conditionrevision_number_once"
            ),
        ]


class RedFlag(CheckableRowModel):
    """A sign that needs a doctor."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="red_flags")
    text = models.CharField(
        _("sign"), max_length=300, help_text=_("Finishes the words “Get help if:”.")
    )

    class Meta(CheckableRowModel.Meta):
        verbose_name = _("red flag")
        verbose_name_plural = _("red flags: when to see a doctor")
        constraints: ClassVar[list[models.BaseConstraint]] = [filled("text")]

    def __str__(self) -> str:
        return self.text


class FirstCare(SourcedRowModel):
    """What doctors usually do first."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="first_care")
    text = models.CharField(_("first care"), max_length=500)

    class Meta(SourcedRowModel.Meta):
        verbose_name = _("usual first care")
        verbose_name_plural = _("what doctors usually do first")
        constraints: ClassVar[list[models.BaseConstraint]] = [filled("text")]

    def __str__(self) -> str:
        return self.text
