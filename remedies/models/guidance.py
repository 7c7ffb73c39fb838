"""What an entry says beside its evidence: the difference that matters, guidelines, what to do next."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models import SourcedRowModel
from remedies.choices import Certainty, Measure, Statement, Strength
from remedies.models.entry import RemedyConditionEntry
from remedies_site.constraints import filled, one_of


class SmallestDifference(SourcedRowModel):
    """The smallest difference on a measure that matters to people, as its distance from no effect."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="smallest_differences"
    )
    measure = models.CharField(_("measure"), max_length=3, choices=Measure.choices)
    value = models.DecimalField(
        _("smallest difference"),
        max_digits=10,
        decimal_places=3,
        help_text=_("How far from no effect: 3 points on a scale, 0.25 for a risk ratio of 0.75."),
    )
    scale = models.CharField(_("unit or scale"), max_length=200, blank=True)

    class Meta(SourcedRowModel.Meta):
        verbose_name = _("smallest difference that matters")
        verbose_name_plural = _("smallest differences that matter")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("measure", Measure),
            models.CheckConstraint(
                condition=Q(value__gt=0), name="remedies_smallestdifference_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"


class Guideline(SourcedRowModel):
    """What a guideline says of the remedy for the condition."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="guidelines"
    )
    body = models.CharField(_("body"), max_length=120)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("Empty where it names none."),
    )
    says = models.CharField(_("what it says"), max_length=400)
    statement = models.CharField(_("statement"), max_length=10, choices=Statement.choices)
    strength = models.CharField(
        _("strength"), max_length=12, choices=Strength.choices, default=Strength.NOT_STATED
    )
    rating = models.CharField(
        _("its own rating"), max_length=12, choices=Certainty.choices, blank=True
    )

    class Meta(SourcedRowModel.Meta):
        verbose_name = _("guideline")
        verbose_name_plural = _("guidelines")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            filled("body"),
            filled("says"),
            one_of("statement", Statement),
            one_of("strength", Strength),
            one_of("rating", Certainty, blank=True),
            models.CheckConstraint(
                condition=Q(year__gte=1900, year__lte=2100), name="remedies_guideline_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.year or ''}".rstrip()


class NextStep(SourcedRowModel):
    """What a reader can do next."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="next_steps"
    )
    text = models.CharField(_("text"), max_length=400)

    class Meta(SourcedRowModel.Meta):
        verbose_name = _("next step")
        verbose_name_plural = _("what to do now")
        constraints: ClassVar[list[models.BaseConstraint]] = [filled("text")]

    def __str__(self) -> str:
        return self.text[:60]
