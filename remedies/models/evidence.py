"""What the works of an entry found, and the steps of its grade that editors take by hand."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from citations.models import Citation
from remedies.choices import (
    Certainty,
    Direction,
    Directness,
    JudgementKind,
    RiskOfBias,
    Role,
    Route,
    Size,
)
from remedies.models.entry import RemedyConditionEntry
from remedies_site.constraints import filled, one_of


class EvidenceItem(models.Model):
    """What one work found for one outcome."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="evidence_items"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    citation = models.ForeignKey(
        Citation, on_delete=models.PROTECT, related_name="+", verbose_name=_("citation")
    )
    outcome = models.CharField(_("outcome"), max_length=200)
    arms = models.CharField(
        _("comparison"), max_length=300, blank=True, help_text=_("Who got what.")
    )
    n_analysed = models.PositiveIntegerField(_("people analysed"), null=True, blank=True)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    size = models.CharField(
        _("size"), max_length=12, choices=Size.choices, default=Size.NOT_REPORTED
    )
    risk_of_bias = models.CharField(
        _("risk of bias"),
        max_length=12,
        choices=RiskOfBias.choices,
        default=RiskOfBias.NOT_ASSESSED,
    )
    directness = models.CharField(
        _("directness"), max_length=12, choices=Directness.choices, default=Directness.NOT_ASSESSED
    )
    route = models.CharField(_("route"), max_length=15, choices=Route.choices, default=Route.ORAL)
    result = models.CharField(_("result"), max_length=600)
    limits = models.CharField(_("how far to trust it"), max_length=400, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.COUNTS)
    rating = models.CharField(
        _("the review's own rating"), max_length=12, choices=Certainty.choices, blank=True
    )
    reviews = models.ManyToManyField(
        Citation,
        blank=True,
        related_name="+",
        verbose_name=_("included in"),
        help_text=_("Reviews on this page that count this study too."),
    )

    class Meta:
        verbose_name = _("evidence item")
        verbose_name_plural = _("evidence: one row for each study and outcome")
        ordering = ("position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("outcome"),
            filled("result"),
            one_of("direction", Direction),
            one_of("size", Size),
            one_of("risk_of_bias", RiskOfBias),
            one_of("directness", Directness),
            one_of("route", Route),
            one_of("role", Role),
            one_of("rating", Certainty, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.citation.key}: {self.outcome}"


class EntryJudgement(models.Model):
    """A step of the grade that editors take by hand; readers see it with its reason."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="judgements"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("step"), max_length=20, choices=JudgementKind.choices)
    reason = models.CharField(_("reason"), max_length=400, help_text=_("Readers see it."))
    citations = models.ManyToManyField(
        Citation, blank=True, related_name="+", verbose_name=_("citations")
    )

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements: steps of the grade taken by hand")
        ordering = ("position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("reason"),
            one_of("kind", JudgementKind),
            models.UniqueConstraint(
                fields=["entry", "kind"],
                name="remedies_entryjudgement_one_of_a_kind",
                violation_error_message=_("This step stands there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"
