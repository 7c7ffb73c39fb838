"""Members' reports of their own use of a remedy: opinion, never evidence."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from remedies.choices import Felt, Onset, SideEffect, StopReason, TakenAs, TakenFor, Unit
from remedies.models.entry import RemedyConditionEntry
from remedies_site.constraints import one_of


class ExperienceReport(models.Model):
    """One member's report on one entry: choices and numbers only, no free text."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="experiences"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="experiences"
    )
    form = models.CharField(max_length=12, choices=TakenAs)
    dose_amount = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    dose_unit = models.CharField(max_length=5, choices=Unit, blank=True)
    times_per_day = models.PositiveSmallIntegerField(null=True, blank=True)
    duration = models.CharField(max_length=12, choices=TakenFor)
    outcome = models.CharField(max_length=12, choices=Felt)
    onset = models.CharField(max_length=12, choices=Onset)
    stopped = models.BooleanField()
    stop_reason = models.CharField(max_length=12, choices=StopReason, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "entry"], name="remedies_experience_one_each"
            ),
            one_of("form", TakenAs),
            one_of("dose_unit", Unit, blank=True),
            one_of("duration", TakenFor),
            one_of("outcome", Felt),
            one_of("onset", Onset),
            one_of("stop_reason", StopReason, blank=True),
            models.CheckConstraint(
                condition=Q(dose_amount__isnull=True, dose_unit="")
                | (Q(dose_amount__isnull=False, dose_amount__gt=0) & ~Q(dose_unit="")),
                name="remedies_experience_dose_whole",
            ),
            models.CheckConstraint(
                condition=Q(times_per_day__isnull=True) | Q(times_per_day__range=(1, 24)),
                name="remedies_experience_times",
            ),
            models.CheckConstraint(
                condition=Q(stopped=False, stop_reason="") | (Q(stopped=True) & ~Q(stop_reason="")),
                name="remedies_experience_stop_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.outcome}"


class ReportedSideEffect(models.Model):
    """One side effect that a report names."""

    report = models.ForeignKey(
        ExperienceReport, on_delete=models.CASCADE, related_name="side_effects"
    )
    effect = models.CharField(max_length=12, choices=SideEffect)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "effect"], name="remedies_sideeffect_once"),
            one_of("effect", SideEffect),
        ]

    def __str__(self) -> str:
        return self.effect
