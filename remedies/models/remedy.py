"""Remedies: the rows that are true of one for every use, and its revisions."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition
from publishing.models import (
    SHOWN,
    CheckableRowModel,
    NamedSubject,
    Revision,
    SourcedRowModel,
    corrections_index,
    newest_index,
)
from remedies.choices import (
    Basis,
    Disclosure,
    InteractionAction,
    InteractionSeverity,
    LimitKind,
    PrecautionKind,
    PrecautionSeverity,
    RemedyKind,
    Unit,
)
from remedies.models.circumstance import Circumstance
from remedies_site.constraints import filled, one_of


class Remedy(NamedSubject["RemedyRevision"]):
    """Something that people take."""

    kind = models.CharField(_("kind"), max_length=20, choices=RemedyKind.choices)
    what_it_is = models.TextField(_("what it is"), blank=True)
    how_it_works = models.TextField(_("how it works"), blank=True)
    why_it_matters = models.TextField(_("why it matters"), blank=True)
    considerations = models.TextField(_("considerations"), blank=True)
    shown_kind = models.CharField(max_length=20, blank=True, editable=False)
    shown_stops = models.JSONField(default=list, editable=False)
    current_revision = models.ForeignKey(
        "RemedyRevision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta(NamedSubject.Meta):
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        ordering = ("sort_key", "name")
        permissions = (
            ("publish_remedy", "Can approve remedies that somebody else edited"),
            ("withdraw_remedy", "Can withdraw remedies"),
        )
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *NamedSubject.Meta.constraints,
            one_of("kind", RemedyKind),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sort_key", "id"], name="remedies_a_to_z", condition=SHOWN),
            newest_index("remedies_newest"),
            models.Index(
                fields=["shown_kind", "sort_key", "id"],
                name="remedies_of_kind",
                condition=SHOWN,
            ),
        ]

    def get_absolute_url(self) -> str:
        """The remedy's overview page."""
        return reverse("remedy", args=[self.slug])


class RemedyRevision(Revision):
    """A published state of a remedy."""

    remedy = models.ForeignKey(Remedy, on_delete=models.CASCADE, related_name="revisions")

    class Meta(Revision.Meta):
        verbose_name = _("remedy revision")
        indexes: ClassVar[list[models.Index]] = [corrections_index("remedies_corrected")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Revision.Meta.constraints,
            models.UniqueConstraint(
                fields=["remedy", "number"], name="remedies_remedyrevision_number_once"
            ),
        ]


class IntakeLimit(SourcedRowModel):
    """A recommended or highest intake a day: whose figure, for whom, and what it counts."""

    remedy = models.ForeignKey(Remedy, on_delete=models.CASCADE, related_name="limits")
    kind = models.CharField(_("kind"), max_length=12, choices=LimitKind.choices)
    authority = models.CharField(_("authority"), max_length=120)
    population = models.CharField(_("population"), max_length=120)
    amount = models.DecimalField(
        _("amount a day"), max_digits=10, decimal_places=3, validators=[MinValueValidator(0.001)]
    )
    unit = models.CharField(_("unit"), max_length=4, choices=Unit.choices)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices)
    counts = models.CharField(
        _("what it counts"),
        max_length=200,
        blank=True,
        help_text=_("For example: supplements and medicines, not food."),
    )
    adults = models.BooleanField(
        _("holds for all adults"),
        default=False,
        help_text=_("Doses of studies in adults are drawn against it."),
    )
    harm_below = models.CharField(
        _("harm at less than this"),
        max_length=300,
        blank=True,
        help_text=_("What was found since the figure was set; said wherever a dose is shown."),
    )

    class Meta(SourcedRowModel.Meta):
        verbose_name = _("intake limit")
        verbose_name_plural = _("intake limits")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", LimitKind),
            one_of("unit", Unit),
            one_of("basis", Basis),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="remedies_intakelimit_amount_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.population}"


class Interaction(CheckableRowModel):
    """Another medicine or substance that matters when taken with the remedy."""

    remedy = models.ForeignKey(Remedy, on_delete=models.CASCADE, related_name="interactions")
    substance = models.CharField(_("substance or class"), max_length=200)
    effect = models.CharField(_("what happens"), max_length=500)
    severity = models.CharField(_("severity"), max_length=10, choices=InteractionSeverity.choices)
    action = models.CharField(_("in a word"), max_length=10, choices=InteractionAction.choices)
    advice = models.CharField(_("what to do"), max_length=500)
    applies_to = models.ManyToManyField(
        Circumstance, blank=True, related_name="+", verbose_name=_("found by the check under")
    )

    class Meta(CheckableRowModel.Meta):
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("substance"),
            filled("effect"),
            filled("advice"),
            one_of("severity", InteractionSeverity),
            one_of("action", InteractionAction),
        ]

    def __str__(self) -> str:
        return self.substance


class IntakeGap(SourcedRowModel):
    """Hours between an interacting medicine and the remedy, by one authority."""

    remedy = models.ForeignKey(Remedy, on_delete=models.CASCADE, related_name="gaps")
    substance = models.CharField(
        _("substance or class"), max_length=200, help_text=_("As the interaction has it.")
    )
    authority = models.CharField(_("authority"), max_length=120)
    before = models.DecimalField(
        _("hours before the medicine"), max_digits=10, decimal_places=3, null=True, blank=True
    )
    after = models.DecimalField(
        _("hours after the medicine"), max_digits=10, decimal_places=3, null=True, blank=True
    )

    class Meta(SourcedRowModel.Meta):
        verbose_name = _("hours between")
        verbose_name_plural = _("hours between a medicine and the remedy")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("substance"),
            filled("authority"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="remedies_intakegap_says_how_long",
                violation_error_message=_("Give the hours before or after."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.substance}"


class Precaution(CheckableRowModel):
    """A warning: true for every use (of a remedy) or for one condition (of an entry)."""

    remedy = models.ForeignKey(
        Remedy, on_delete=models.CASCADE, null=True, blank=True, related_name="precautions"
    )
    entry = models.ForeignKey(
        "RemedyConditionEntry",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="precautions",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PrecautionKind.choices)
    severity = models.CharField(_("severity"), max_length=10, choices=PrecautionSeverity.choices)
    who = models.CharField(
        _("if …"),
        max_length=200,
        blank=True,
        help_text=_("Finishes the word “if”: you have severe kidney disease."),
    )
    text = models.CharField(_("text"), max_length=600)
    applies_to = models.ManyToManyField(
        Circumstance, blank=True, related_name="+", verbose_name=_("found by the check under")
    )
    matters_for = models.ManyToManyField(
        Condition,
        blank=True,
        related_name="+",
        verbose_name=_("matters most for"),
        help_text=_("On the pages of these conditions it comes first. For warnings of a remedy."),
    )

    class Meta(CheckableRowModel.Meta):
        verbose_name = _("precaution")
        verbose_name_plural = _("precautions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("text"),
            one_of("kind", PrecautionKind),
            one_of("severity", PrecautionSeverity),
            models.CheckConstraint(
                condition=Q(remedy__isnull=False, entry__isnull=True)
                | Q(remedy__isnull=True, entry__isnull=False),
                name="remedies_precaution_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(severity=PrecautionSeverity.STOP) | ~Q(who=""),
                name="remedies_precaution_stop_names_whom",
                violation_error_message=_("A stop needs the words after “if”."),
            ),
        ]

    def __str__(self) -> str:
        return self.who or self.text[:60]


class Product(models.Model):
    """A product link, shown only where the operator switched products on."""

    remedy = models.ForeignKey(Remedy, on_delete=models.CASCADE, related_name="products")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("link"), max_length=500)
    disclosure = models.CharField(
        _("disclosure"),
        max_length=10,
        choices=Disclosure.choices,
        help_text=_("What ties us to this product; shown beside the link."),
    )

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("name"),
            filled("url"),
            one_of("disclosure", Disclosure),
        ]

    def __str__(self) -> str:
        return self.name
