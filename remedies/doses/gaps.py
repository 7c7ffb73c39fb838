"""How many hours to leave between a medicine and the remedy, by authority. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from remedies.schema import GapRow
from remedies_site.numbers import format_number


def longest_first(rows: Iterable[GapRow]) -> list[GapRow]:
    """The rows by their longest gap: where authorities differ, the careful one is read first."""
    return sorted(rows, key=lambda row: (-_longest(row), row.authority))


def _longest(row: GapRow) -> Decimal:
    return max(row.before or Decimal(), row.after or Decimal())


def format_gap(row: GapRow) -> str:
    """“EU label: use it 2 hours before the medicine or 4 hours after it.”; hours as the authority gives them."""
    values = {
        "authority": row.authority,
        "before": _hours(row.before),
        "after": _hours(row.after),
    }
    if row.before is not None and row.after is not None:
        return (
            _("%(authority)s: use it %(before)s before the medicine or %(after)s after it.")
            % values
        )
    if row.before is not None:
        return _("%(authority)s: use it %(before)s before the medicine.") % values
    return _("%(authority)s: use it %(after)s after the medicine.") % values


def _hours(hours: Decimal | None) -> str:
    if hours is None:
        return ""
    if hours == 1:
        return _("1 hour")
    if hours < 1:
        return _("%(minutes)s minutes") % {"minutes": format_number(hours * 60)}
    return _("%(hours)s hours") % {"hours": format_number(hours)}
