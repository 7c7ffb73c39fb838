"""Numbers in a reader's language."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def format_number(value: Decimal) -> str:
    """A number without needless noughts, grouped as the language does: 1,500 and 12.4."""
    whole = value == value.to_integral_value()
    return number_format(
        value.quantize(Decimal(1)) if whole else value.normalize(), force_grouping=True
    )


def format_range(low: Decimal, high: Decimal | None) -> str:
    """“320 to 729”, or the one number."""
    if high is None:
        return format_number(low)
    return _("%(low)s to %(high)s") % {"low": format_number(low), "high": format_number(high)}
