"""What the works of an entry found, and the steps of its grade that editors take by hand."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from citations.models import Citation
from remedies.choices import (
    Better,
    BiasSource,
    Certainty,
    Comparator,
    Direction,
    Directness,
    EvidenceStatus,
    JudgementKind,
    Measure,
    RiskOfBias,
    Role,
    Route,
    Size,
)
from remedies.models.entry import RemedyConditionEntry
from remedies_site.constraints import filled, one_of


def _events_of(arm: str) -> models.CheckConstraint:
    """Events of an arm are of people, and not more than these."""
    people, events = f"{arm}_people", f"{arm}_events"
    return models.CheckConstraint(
        condition=Q(**{events: None})
        | Q(**{f"{people}__isnull": False, f"{people}__gte": F(events)}),
        name=f"remedies_evidenceitem_{arm}_events_of_people",
        violation_error_message=_("There are more events than people, or the people are missing."),
    )


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
    comparator = models.CharField(
        _("compared with"), max_length=12, choices=Comparator.choices, blank=True
    )
    added_to = models.CharField(
        _("added to"),
        max_length=200,
        blank=True,
        help_text=_("What the people of both arms took besides."),
    )
    population = models.CharField(_("people"), max_length=200, blank=True)
    other_people = models.BooleanField(
        _("other people than those of this page"),
        default=False,
        help_text=_("Children on a page about adults, another disease. It is shown apart."),
    )
    applies_if = models.CharField(
        _("holds if …"),
        max_length=200,
        blank=True,
        help_text=_("Finishes the word “if”: ferritin is 75 ng/mL or less."),
    )
    n_analysed = models.PositiveIntegerField(
        _("people analysed"),
        null=True,
        blank=True,
        help_text=_("In the two arms compared; for a crossover trial, how many people took part."),
    )
    remedy_people = models.PositiveIntegerField(_("people with the remedy"), null=True, blank=True)
    remedy_events = models.PositiveIntegerField(_("events among them"), null=True, blank=True)
    control_people = models.PositiveIntegerField(
        _("people without the remedy"), null=True, blank=True
    )
    control_events = models.PositiveIntegerField(_("events among them"), null=True, blank=True)
    components = models.TextField(
        _("what was given"),
        blank=True,
        help_text=_("One on each line. More than one is a combination, which is shown apart."),
    )
    formulation = models.CharField(
        _("preparation"),
        max_length=200,
        blank=True,
        help_text=_("Salt, extract with its solvent and marker, strain, prolonged release."),
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    direction_reason = models.CharField(
        _("reason for the direction"),
        max_length=300,
        blank=True,
        help_text=_("Where the interval says otherwise."),
    )
    measure = models.CharField(_("measure"), max_length=3, choices=Measure.choices, blank=True)
    effect_value = models.DecimalField(
        _("effect"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    effect_low = models.DecimalField(
        _("95 % interval from"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    effect_high = models.DecimalField(
        _("to"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    scale = models.CharField(
        _("unit or scale"),
        max_length=200,
        blank=True,
        help_text=_("With the ends of the scale and what they mean."),
    )
    better = models.CharField(_("better"), max_length=6, choices=Better.choices, blank=True)
    trials = models.PositiveIntegerField(_("trials pooled"), null=True, blank=True)
    size = models.CharField(
        _("size"), max_length=12, choices=Size.choices, default=Size.NOT_REPORTED
    )
    risk_of_bias = models.CharField(
        _("risk of bias"),
        max_length=12,
        choices=RiskOfBias.choices,
        default=RiskOfBias.NOT_ASSESSED,
    )
    bias_source = models.CharField(
        _("judged by"), max_length=10, choices=BiasSource.choices, blank=True
    )
    bias_words = models.CharField(_("tool or reason"), max_length=200, blank=True)
    directness = models.CharField(
        _("directness"), max_length=12, choices=Directness.choices, default=Directness.NOT_ASSESSED
    )
    route = models.CharField(_("route"), max_length=15, choices=Route.choices, default=Route.ORAL)
    result = models.CharField(_("result"), max_length=600)
    limits = models.CharField(_("how far to trust it"), max_length=400, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.COUNTS)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=EvidenceStatus.choices,
        default=EvidenceStatus.COMPLETED,
    )
    superseded_by = models.ManyToManyField(
        Citation, blank=True, related_name="+", verbose_name=_("replaced by")
    )
    funding = models.CharField(_("paid by"), max_length=200, blank=True)
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
            one_of("comparator", Comparator, blank=True),
            one_of("measure", Measure, blank=True),
            one_of("better", Better, blank=True),
            one_of("bias_source", BiasSource, blank=True),
            one_of("status", EvidenceStatus),
            _events_of("remedy"),
            _events_of("control"),
            models.CheckConstraint(
                # A check lets NULL through, so each side says of its columns whether they are.
                condition=Q(measure="", effect_value=None, effect_low=None, effect_high=None)
                | (~Q(measure="") & ~Q(better="") & Q(effect_value__isnull=False)),
                name="remedies_evidenceitem_effect_whole",
                violation_error_message=_("Measure, effect and “better” belong together."),
            ),
            models.CheckConstraint(
                condition=Q(effect_low=None, effect_high=None)
                | Q(
                    effect_low__isnull=False,
                    effect_high__isnull=False,
                    effect_low__lte=F("effect_value"),
                    effect_high__gte=F("effect_value"),
                ),
                name="remedies_evidenceitem_interval_holds_effect",
                violation_error_message=_("The effect must lie within its interval."),
            ),
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
