"""Rows of a document in a reader's words. Pure functions over documents."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citations.vocabulary import StudyType
from remedies.safety.doses import Meter, NotDrawn, elemental, rounded
from remedies.schema import LimitRow, RegimenRow
from remedies.vocabulary import PIPS, Basis, Certainty, Effect, Per


def effect_words(effect: str, certainty: str) -> str:
    """The effect as a reader is told it, hedged by the certainty (design, section 12)."""
    unsure = certainty in {Certainty.VERY_LOW, Certainty.NO_STUDIES}
    if effect == Effect.MIXED:
        return _("Mixed results")
    if effect == Effect.HARM:
        return _hedged(certainty, _("Harms"), _("Probably harms"), _("May harm"))
    if unsure or effect == Effect.UNKNOWN:
        return _("Not known")
    if effect == Effect.BENEFIT:
        return _hedged(certainty, _("Helps"), _("Probably helps"), _("May help"))
    return _hedged(
        certainty,
        _("Makes little or no difference"),
        _("Probably little or no difference"),
        _("May make little or no difference"),
    )


def _hedged(certainty: str, high: str, moderate: str, low: str) -> str:
    return {Certainty.HIGH: high, Certainty.MODERATE: moderate}.get(Certainty(certainty), low)


def number_words(value: Decimal) -> str:
    """A number without needless noughts, grouped as the language does: 1,500 and 12.4."""
    whole = value == value.to_integral_value()
    return number_format(
        value.quantize(Decimal(1)) if whole else value.normalize(), force_grouping=True
    )


def range_words(low: Decimal, high: Decimal | None) -> str:
    """“320 to 729”, or the one number."""
    if high is None:
        return number_words(low)
    return _("%(low)s to %(high)s") % {"low": number_words(low), "high": number_words(high)}


def dose_words(regimen: RegimenRow) -> str:
    """“250 mg a day”, “500 mg, 3 times a day”; “amount not stated” where there is none."""
    if regimen.amount is None or regimen.unit is None:
        return _("amount not stated in what we read")
    amount = f"{range_words(regimen.amount, regimen.amount_max)} {regimen.unit.label}"
    if regimen.per == Per.DAY:
        amount = _("%(amount)s a day") % {"amount": amount}
        if regimen.doses_per_day and regimen.doses_per_day > 1:
            return _("%(amount)s, in %(count)s doses") % {
                "amount": amount,
                "count": regimen.doses_per_day,
            }
        return amount
    return f"{amount}, {times_words(regimen.doses_per_day)}"


def times_words(doses_per_day: int | None) -> str:
    """“once a day”, “3 times a day”, “a dose”."""
    if doses_per_day is None:
        return _("each dose")
    return ngettext("once a day", "%(count)s times a day", doses_per_day) % {"count": doses_per_day}


def elemental_words(regimen: RegimenRow, substance: str) -> str:
    """“about 151 mg elemental (magnesium itself), by our arithmetic”; empty where there is none."""
    ends = elemental(regimen)
    if ends is None:
        return ""
    low, high = (rounded(end) for end in ends)
    return _("about %(amount)s mg elemental (%(substance)s itself), by our arithmetic") % {
        "amount": range_words(low, high if high > low else None),
        "substance": substance,
    }


def share_words(meter: Meter) -> str:
    """“About 151 mg a day: 43 % of 350 mg (an authority).” for every limit it is compared with."""
    dose = meter.dose
    high = rounded(dose.high)
    parts = [
        _("%(percent)s %% of %(amount)s (%(authority)s)")
        % {
            "percent": number_words(Decimal(one.percent)),
            "amount": f"{number_words(one.limit.amount)} {one.limit.unit.label}",
            "authority": _whose(one.limit),
        }
        for one in reversed(meter.limits)
    ]
    return _("Against the limit for adults: %(dose)s a day is %(shares)s") % {
        "dose": f"{number_words(high)} {dose.unit.label}",
        "shares": _(" and ").join(parts),
    }


def _whose(limit: LimitRow) -> str:
    """The country at the end of an authority's name where it has one: “US”; else the name."""
    _name, bracket, country = limit.authority.rstrip(")").rpartition(" (")
    return country if bracket else limit.authority


def above_words(meter: Meter) -> str:
    """The caution where a study went above a limit; empty where it did not."""
    if not meter.above:
        return ""
    if meter.above_all:
        return _("This study used more than the upper limit. Do this only with a doctor.")
    return _(
        "This study used more than an upper limit allows (%(authorities)s). Ask a doctor first."
    ) % {"authorities": ", ".join(_whose(one.limit) for one in meter.above)}


def not_drawn_words(why: NotDrawn) -> str:
    """Why a dose is not compared with a limit; empty where there is none to compare with."""
    return {
        NotDrawn.NO_AMOUNT: "",
        NotDrawn.NO_LIMIT: "",
        NotDrawn.NOT_BY_MOUTH: _("Not compared with the limit: it was not taken by mouth."),
        NotDrawn.IN_FOOD: _("Not compared with the limit: it came with food, not as a supplement."),
        NotDrawn.NOT_ADULTS: _("Not compared with the limit: that is for adults."),
        NotDrawn.UNKNOWN_BASIS: _(
            "Not compared with the limit: we do not know how much of the amount is the substance "
            "that the limit counts."
        ),
        NotDrawn.UNKNOWN_TIMES: _(
            "Not compared with the limit: we do not know how often a day it was taken."
        ),
        NotDrawn.OTHER_MEASURE: _("Not compared with the limit: the two are measured differently."),
    }[why]


def basis_words(regimen: RegimenRow, substance: str) -> str:
    """What the amount weighs, for people who read labels."""
    words = {
        Basis.ELEMENTAL: _("counted as %(substance)s itself (elemental)"),
        Basis.SALT: _("weight of the whole compound, not of %(substance)s alone"),
        Basis.SUBSTANCE: _("weight of the substance itself"),
        Basis.EXTRACT: _("weight of extract or marker"),
        Basis.NOT_STATED: _("the study does not say whether this is the compound or %(substance)s"),
    }
    return words[regimen.basis] % {"substance": substance} if regimen.basis else ""


def limit_words(limit: LimitRow) -> str:
    """“350 mg a day”."""
    return _("%(amount)s %(unit)s a day") % {
        "amount": number_words(limit.amount),
        "unit": limit.unit.label,
    }


EVIDENCE_GROUPS: Sequence[tuple[str, frozenset[StudyType]]] = (
    ("reviews", frozenset({StudyType.META_ANALYSIS, StudyType.SYSTEMATIC_REVIEW})),
    ("trials", frozenset({StudyType.RANDOMISED_TRIAL, StudyType.CROSSOVER_TRIAL})),
    (
        "people",
        frozenset(
            {
                StudyType.OPEN_LABEL_TRIAL,
                StudyType.COHORT,
                StudyType.CASE_CONTROL,
                StudyType.CROSS_SECTIONAL,
            }
        ),
    ),
    ("cases", frozenset({StudyType.CASE_SERIES, StudyType.CASE_REPORT})),
    ("guidelines", frozenset({StudyType.GUIDELINE, StudyType.REGULATORY})),
    (
        "background",
        frozenset(
            {
                StudyType.NARRATIVE_REVIEW,
                StudyType.LABORATORY_STUDY,
                StudyType.REFERENCE_WORK,
                StudyType.PRODUCT_INFORMATION,
                StudyType.PRODUCT_ANALYSIS,
            }
        ),
    ),
    ("registered", frozenset({StudyType.REGISTRY_ENTRY})),
)
"""Kinds of evidence in the order of the page, best first."""


def evidence_heading(group: str) -> str:
    """The heading of a group of `EVIDENCE_GROUPS`."""
    return {
        "reviews": _("Reviews of several studies"),
        "trials": _("Randomised trials"),
        "people": _("Other studies in people"),
        "cases": _("Reports of single cases"),
        "guidelines": _("What guidelines and authorities say"),
        "background": _("Background"),
        "registered": _("Registered trials"),
    }[group]


class Graded(Protocol):
    """What a list of entries is grouped by."""

    shown_effect: str
    shown_certainty: str


G = TypeVar("G", bound=Graded)

LIST_GROUPS = ("help", "no_difference", "harm", "unclear")


def list_group(entry: Graded) -> str:
    """The heading an entry stands under (decision 5); votes have no part in it."""
    known = PIPS[Certainty(entry.shown_certainty)] >= PIPS[Certainty.LOW]
    if entry.shown_effect == Effect.HARM:
        return "harm"
    if known and entry.shown_effect == Effect.BENEFIT:
        return "help"
    if known and entry.shown_effect == Effect.NONE:
        return "no_difference"
    return "unclear"


def by_certainty(entries: Iterable[G]) -> list[G]:
    """Surest first; entries of one certainty keep their order."""
    return sorted(entries, key=lambda entry: -PIPS[Certainty(entry.shown_certainty)])
