"""A result in a reader's words. An odds ratio is called odds, and never a risk."""

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from remedies.choices import Measure
from remedies.effects.frequencies import NaturalFrequency
from remedies.effects.smallest import Reach, SizeComparison
from remedies.schema import EvidenceRow
from remedies_site.numbers import format_number


def format_frequency(frequency: NaturalFrequency) -> str:
    """“Of 100 people, about 13 with it and 64 without it”; small trials as they were counted."""
    if frequency.of_hundred is not None:
        remedy, control = frequency.of_hundred
        return _("Of 100 people, about %(remedy)s with it and %(control)s without it.") % {
            "remedy": remedy,
            "control": control,
        }
    return _(
        "%(remedy_events)s of %(remedy_people)s with it, against %(control_events)s of "
        "%(control_people)s without it."
    ) % vars(frequency)


def format_effect(row: EvidenceRow) -> str:
    """“Odds ratio 0.83 (95 % interval 0.73 to 0.94)”, with unit or scale; empty where there is none."""
    if row.measure is None or row.effect_value is None:
        return ""
    text = f"{measure_label(row.measure)} {signed(row.effect_value)}"
    if row.effect_low is not None and row.effect_high is not None:
        interval = _("95 %% interval %(interval)s") % {
            "interval": format_interval(row.effect_low, row.effect_high)
        }
        text = f"{text} ({interval})"
    return f"{text}, {row.scale}" if row.scale else text


def measure_label(measure: Measure) -> str:
    """The measure as it begins a line: “Odds ratio”."""
    return capfirst(str(measure.label))


def format_interval(low: Decimal, high: Decimal) -> str:
    """“−3 to 0.5”."""
    return _("%(low)s to %(high)s") % {"low": signed(low), "high": signed(high)}


def signed(value: Decimal) -> str:
    """A number with a real minus sign: “−1.5”."""
    number = format_number(abs(value))
    return f"−{number}" if value < 0 else number


def format_comparison(comparison: SizeComparison) -> str:
    """An effect against the smallest difference that matters."""
    values = {
        "distance": format_number(comparison.distance),
        "smallest": format_number(comparison.smallest),
        "scale": comparison.scale,
    }
    if comparison.reach is Reach.AT_LEAST:
        sentence = _("%(distance)s is at least the %(smallest)s that people notice (%(scale)s).")
    elif comparison.reach is Reach.BELOW:
        sentence = _("%(distance)s is less than the %(smallest)s that people notice (%(scale)s).")
    else:
        sentence = _("It went the other way; %(smallest)s is what people notice (%(scale)s).")
    text = sentence % values
    return text if comparison.scale else text.replace(" ()", "")
