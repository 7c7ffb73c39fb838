"""Doses and limits in a reader's words. Pure functions over document rows."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.choices import Basis, Per
from remedies.doses.elements import counted_basis
from remedies.doses.limits import (
    LimitComparison,
    NotComparable,
    elemental_amount,
    round_amount,
)
from remedies.schema import LimitRow, RegimenRow
from remedies_site.numbers import format_number, format_range


def format_dose(regimen: RegimenRow) -> str:
    """“250 mg a day”, “500 mg, 3 times a day”; “amount not stated” where there is none."""
    if regimen.amount is None or regimen.unit is None:
        return _("amount not stated in what we read")
    amount = f"{format_range(regimen.amount, regimen.amount_max)} {regimen.unit.label}"
    if regimen.per == Per.DAY:
        amount = _("%(amount)s a day") % {"amount": amount}
        if regimen.doses_per_day and regimen.doses_per_day > 1:
            return _("%(amount)s, in %(count)s doses") % {
                "amount": amount,
                "count": regimen.doses_per_day,
            }
        return amount
    return f"{amount}, {format_frequency(regimen.doses_per_day)}"


def format_frequency(doses_per_day: int | None) -> str:
    """“once a day”, “3 times a day”, “a dose”."""
    if doses_per_day is None:
        return _("each dose")
    return ngettext("once a day", "%(count)s times a day", doses_per_day) % {"count": doses_per_day}


def format_elemental(regimen: RegimenRow, substance: str) -> str:
    """“about 151 mg elemental (magnesium itself), by our arithmetic”; empty where there is none."""
    ends = elemental_amount(regimen)
    if ends is None:
        return ""
    low, high = (round_amount(end) for end in ends)
    if regimen.compound is not None and counted_basis(regimen.compound) is Basis.SUBSTANCE:
        form = _("about %(amount)s mg of %(substance)s itself, by our arithmetic")
    else:
        form = _("about %(amount)s mg elemental (%(substance)s itself), by our arithmetic")
    return form % {
        "amount": format_range(low, high if high > low else None),
        "substance": substance,
    }


def format_limit_shares(comparison: LimitComparison) -> str:
    """“Against the limit for adults: 151 mg a day is 43 % of 350 mg (US)”, for every limit."""
    dose = comparison.dose
    high = round_amount(dose.high)
    parts = [
        _("%(percent)s %% of %(amount)s (%(authority)s)")
        % {
            "percent": format_number(Decimal(share.percent)),
            "amount": f"{format_number(share.limit.amount)} {share.limit.unit.label}",
            "authority": authority_label(share.limit),
        }
        for share in reversed(comparison.limits)
    ]
    return _("Against the limit for adults: %(dose)s a day is %(shares)s") % {
        "dose": f"{format_number(high)} {dose.unit.label}",
        "shares": _(" and ").join(parts),
    }


def authority_label(limit: LimitRow) -> str:
    """The country at the end of an authority's name where it has one: “US”; else the name."""
    _name, bracket, country = limit.authority.rstrip(")").rpartition(" (")
    return country if bracket else limit.authority


def format_excess(comparison: LimitComparison) -> str:
    """The caution where a study went above a limit; empty where it did not."""
    if not comparison.above:
        return ""
    if comparison.above_all:
        return _("This study used more than the upper limit. Do this only with a doctor.")
    return _(
        "This study used more than an upper limit allows (%(authorities)s). Ask a doctor first."
    ) % {"authorities": ", ".join(authority_label(share.limit) for share in comparison.above)}


def not_comparable_label(reason: NotComparable) -> str:
    """Why a dose is not compared with a limit; empty where there is none to compare with."""
    return {
        NotComparable.NO_AMOUNT: "",
        NotComparable.NO_LIMIT: "",
        NotComparable.NOT_BY_MOUTH: _("Not compared with the limit: it was not taken by mouth."),
        NotComparable.IN_FOOD: _(
            "Not compared with the limit: it came with food, not as a supplement."
        ),
        NotComparable.NOT_ADULTS: _("Not compared with the limit: that is for adults."),
        NotComparable.UNKNOWN_BASIS: _(
            "Not compared with the limit: we do not know how much of the amount is the substance "
            "that the limit counts."
        ),
        NotComparable.UNKNOWN_TIMES: _(
            "Not compared with the limit: we do not know how often a day it was taken."
        ),
        NotComparable.OTHER_MEASURE: _(
            "Not compared with the limit: the two are measured differently."
        ),
    }[reason]


def basis_label(regimen: RegimenRow, substance: str) -> str:
    """What the amount weighs, for people who read labels."""
    labels = {
        Basis.ELEMENTAL: _("counted as %(substance)s itself (elemental)"),
        Basis.SALT: _("weight of the whole compound, not of %(substance)s alone"),
        Basis.SUBSTANCE: _("weight of the substance itself"),
        Basis.EXTRACT: _("weight of extract or marker"),
        Basis.COUNT: _("number of live bacteria (colony-forming units)"),
        Basis.NOT_STATED: _("the study does not say whether this is the compound or %(substance)s"),
    }
    return labels[regimen.basis] % {"substance": substance} if regimen.basis else ""


def format_limit(limit: LimitRow) -> str:
    """“350 mg a day”."""
    return _("%(amount)s %(unit)s a day") % {
        "amount": format_number(limit.amount),
        "unit": limit.unit.label,
    }
