"""The form of an experience report."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from remedies.choices import Felt, Onset, SideEffect, StopReason, TakenAs, TakenFor, Unit
from remedies.models import ExperienceReport

_NO_ANSWER = [("", _("no answer"))]


class ExperienceForm(forms.Form):
    """Answers out of choices; only the amount and the times a day are numbers."""

    form = forms.ChoiceField(
        label=_("In what form did you take it?"), choices=[("", _("choose")), *TakenAs.choices]
    )
    dose_amount = forms.DecimalField(
        label=_("How much at a time? A number, if you know it"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=3,
        error_messages={"min_value": _("An amount is more than 0.")},
    )
    dose_unit = forms.ChoiceField(
        label=_("Unit of that amount"), choices=[*_NO_ANSWER, *Unit.choices], required=False
    )
    times_per_day = forms.IntegerField(
        label=_("How many times a day, if you know it?"),
        required=False,
        min_value=1,
        max_value=24,
        error_messages={
            name: _("Give a number from 1 to 24.") for name in ("min_value", "max_value", "invalid")
        },
    )
    duration = forms.ChoiceField(
        label=_("How long did you take it?"), choices=TakenFor, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=_("How did you feel?"), choices=Felt, widget=forms.RadioSelect
    )
    onset = forms.ChoiceField(
        label=_("When did you notice a change?"), choices=Onset, widget=forms.RadioSelect
    )
    side_effects = forms.MultipleChoiceField(
        label=_("Which side effects did you notice?"),
        choices=SideEffect,
        widget=forms.CheckboxSelectMultiple,
    )
    stop_reason = forms.ChoiceField(
        label=_("If you stopped, why?"),
        choices=[("", _("I have not stopped")), *StopReason.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_side_effects(self) -> list[str]:
        """“None” stands alone."""
        effects: list[str] = self.cleaned_data["side_effects"]
        if SideEffect.NONE in effects and len(effects) > 1:
            raise forms.ValidationError(gettext("Choose “none” or side effects, not both."))
        return effects

    def clean(self) -> dict[str, Any]:
        """An amount has a unit and is positive; a reason to stop means that the member has stopped."""
        cleaned = self.cleaned_data
        amount, unit = cleaned.get("dose_amount"), cleaned.get("dose_unit")
        if amount == 0:
            self.add_error("dose_amount", gettext("An amount is more than 0."))
        elif amount is not None and not unit:
            self.add_error("dose_unit", gettext("Choose the unit of the amount."))
        elif unit and amount is None and "dose_amount" not in self.errors:
            self.add_error("dose_amount", gettext("Give the amount, or no unit."))
        cleaned["stopped"] = bool(cleaned.get("stop_reason"))
        return cleaned


def initial_answers(report: ExperienceReport) -> dict[str, object]:
    """A stored report as the initial values of its form, by field."""
    names = [name for name in ExperienceForm.base_fields if name != "side_effects"]
    effects = list(report.side_effects.values_list("effect", flat=True))
    answers = {name: getattr(report, name) for name in names} | {"side_effects": effects}
    if report.dose_amount is not None:  # as it was typed: 200, not the column's 200.000
        answers["dose_amount"] = format(report.dose_amount.normalize(), "f")
    return answers
