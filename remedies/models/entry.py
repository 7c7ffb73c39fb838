"""A remedy for one condition, with its evidence and the doses that studies used."""

from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citations.models import Citation
from conditions.models import Condition
from publishing.models import Subject, SubjectQuerySet
from remedies.choices import (
    Basis,
    Certainty,
    Compound,
    Direction,
    Directness,
    Effect,
    JudgementKind,
    Per,
    RiskOfBias,
    Role,
    Route,
    Size,
    Unit,
)
from remedies.models.remedy import Remedy
from remedies_site.constraints import filled, one_of
from remedies_site.voting import Votable


class EntryQuerySet(SubjectQuerySet):
    """Reads of entries; an entry shows only while its remedy and its condition do."""

    def published(self) -> Self:
        """Entries that readers may see, by all three of their parts."""
        return (
            super()
            .published()
            .filter(
                remedy__published_at__isnull=False,
                remedy__withdrawn_at__isnull=True,
                condition__published_at__isnull=False,
                condition__withdrawn_at__isnull=True,
            )
        )

    def with_names(self) -> Self:
        """With remedy and condition, and without any long text: for lists."""
        return self.select_related("remedy", "condition").only(
            "shown_effect",
            "shown_certainty",
            "shown_teaser",
            "shown_cautions",
            "shown_citations",
            "up_count",
            "down_count",
            "published_at",
            "remedy__slug",
            "remedy__shown_name",
            "remedy__shown_stops",
            "remedy__sort_key",
            "condition__slug",
            "condition__shown_name",
            "condition__sort_key",
        )


class RemedyConditionEntry(Votable, Subject):
    """What is known of one remedy for one condition. Its address is made of theirs."""

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="entries")
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="entries")
    verdict = models.TextField(
        _("verdict"),
        help_text=_("One or two sentences, hedged by the certainty, with a mark on each claim."),
    )
    effect = models.CharField(_("effect"), max_length=10, choices=Effect.choices)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty.choices)
    mechanism = models.TextField(_("mechanism"), blank=True)
    observational = models.TextField(_("observations in people"), blank=True)
    clinical = models.TextField(_("clinical reasons"), blank=True)
    dosing = models.TextField(_("doses that studies used"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    warnings = models.TextField(_("warnings"), blank=True)
    shown_effect = models.CharField(max_length=10, blank=True, editable=False)
    shown_certainty = models.CharField(max_length=12, blank=True, editable=False)
    shown_teaser = models.CharField(max_length=200, blank=True, editable=False)
    shown_cautions = models.JSONField(default=list, editable=False)
    current_revision = models.ForeignKey(
        "EntryRevision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = EntryQuerySet.as_manager()

    class Meta(Subject.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries: a remedy for a condition")
        ordering = ("remedy__sort_key", "condition__sort_key", "pk")
        permissions = (
            ("publish_remedyconditionentry", "Can approve entries that somebody else edited"),
            ("withdraw_remedyconditionentry", "Can withdraw entries"),
        )
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Votable.Meta.constraints,
            *Subject.Meta.constraints,
            models.UniqueConstraint(
                fields=["remedy", "condition"],
                name="remedies_entry_one_per_pair",
                violation_error_message=_("There is an entry for this pair already."),
            ),
            filled("verdict"),
            one_of("effect", Effect),
            one_of("certainty", Certainty),
            one_of("shown_effect", Effect, blank=True),
            one_of("shown_certainty", Certainty, blank=True),
        ]

    def __str__(self) -> str:
        return _("%(remedy)s for %(condition)s") % {
            "remedy": self.remedy.name,
            "condition": self.condition.name,
        }

    @property
    def all_cautions(self) -> list[str]:
        """What to ask about first: the remedy's stops, then what is special to this condition."""
        return list(dict.fromkeys([*self.remedy.shown_stops, *self.shown_cautions]))

    missing_template = "remedies/pages/entry_missing.html"

    @property
    def parts(self) -> tuple[Subject, ...]:
        """An entry shows only while its remedy and its condition do."""
        return (self, self.remedy, self.condition)

    @property
    def shown_title(self) -> str:
        """“Magnesium for Insomnia”, by the published names."""
        return _("%(remedy)s for %(condition)s") % {
            "remedy": self.remedy.shown_name,
            "condition": self.condition.shown_name,
        }

    def missing_context(self) -> dict[str, Any] | None:
        """The pair, where both its parts are public."""
        if not (self.remedy.is_published and self.condition.is_published):
            return None
        return {"remedy": self.remedy, "condition": self.condition}

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("entry", args=[self.remedy.slug, self.condition.slug])


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
