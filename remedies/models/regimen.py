"""The doses that the studies of an entry used."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from citations.models import Citation
from remedies.choices import (
    Basis,
    Compound,
    Per,
    Route,
    Unit,
)
from remedies.models.entry import RemedyConditionEntry
from remedies_site.constraints import filled, one_of


class DoseRegimen(models.Model):
    """One dose that one study used."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="regimens"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    form = models.CharField(_("form"), max_length=120)
    route = models.CharField(_("route"), max_length=15, choices=Route.choices, default=Route.ORAL)
    amount = models.DecimalField(
        _("amount"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    amount_max = models.DecimalField(
        _("up to"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=4, choices=Unit.choices, blank=True)
    per = models.CharField(_("for each"), max_length=4, choices=Per.choices, blank=True)
    doses_per_day = models.PositiveSmallIntegerField(
        _("doses a day"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    basis = models.CharField(
        _("basis"),
        max_length=12,
        choices=Basis.choices,
        blank=True,
        help_text=_("What the amount weighs: the element or the whole compound."),
    )
    compound = models.CharField(
        _("compound"),
        max_length=24,
        choices=Compound.choices,
        blank=True,
        help_text=_("Then the elemental amount follows from chemistry: leave it empty."),
    )
    elemental_mg = models.DecimalField(
        _("elemental mg"),
        max_digits=10,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Our arithmetic, where the amount is of a compound; for the same dose or day."),
    )
    elemental_mg_max = models.DecimalField(
        _("elemental mg, up to"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    timing = models.CharField(_("timing"), max_length=120, blank=True)
    duration = models.CharField(_("duration"), max_length=120, blank=True)
    population = models.CharField(_("population"), max_length=200, blank=True)
    adults = models.BooleanField(_("adults"), default=True)
    citation = models.ForeignKey(
        Citation, on_delete=models.PROTECT, related_name="+", verbose_name=_("citation")
    )

    class Meta:
        verbose_name = _("dose regimen")
        verbose_name_plural = _("doses that studies used")
        ordering = ("position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("form"),
            one_of("route", Route),
            one_of("unit", Unit, blank=True),
            one_of("per", Per, blank=True),
            one_of("basis", Basis, blank=True),
            one_of("compound", Compound, blank=True),
            models.CheckConstraint(
                condition=Q(compound="") | Q(basis=Basis.SALT, elemental_mg__isnull=True),
                name="remedies_doseregimen_compound_is_weighed",
                violation_error_message=_(
                    "A compound goes with the weight of the whole compound, and the elemental amount "
                    "follows from it."
                ),
            ),
            models.CheckConstraint(
                # A check lets NULL through, so each side says of its columns whether they are.
                condition=Q(amount__isnull=True, unit="", per="", basis="", elemental_mg=None)
                | (Q(amount__isnull=False, amount__gt=0) & ~Q(unit="") & ~Q(per="") & ~Q(basis="")),
                name="remedies_doseregimen_amount_whole",
                violation_error_message=_("Amount, unit, “for each” and basis belong together."),
            ),
            models.CheckConstraint(
                condition=Q(amount_max__isnull=True)
                | Q(amount__isnull=False, amount_max__gt=F("amount")),
                name="remedies_doseregimen_amount_range",
                violation_error_message=_("The end of the range must be above its beginning."),
            ),
            models.CheckConstraint(
                condition=Q(elemental_mg_max__isnull=True)
                | Q(elemental_mg__isnull=False, elemental_mg_max__gt=F("elemental_mg")),
                name="remedies_doseregimen_elemental_range",
                violation_error_message=_("The end of the range must be above its beginning."),
            ),
            models.CheckConstraint(
                condition=Q(elemental_mg__isnull=True) | Q(elemental_mg__gt=0),
                name="remedies_doseregimen_elemental_positive",
            ),
            models.CheckConstraint(
                condition=Q(doses_per_day__isnull=True)
                | Q(doses_per_day__gte=1, doses_per_day__lte=24),
                name="remedies_doseregimen_doses_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} ({self.citation.key})"
