"""Number formatting in the language of the site."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def format_number(value: Decimal) -> str:
    """A number without trailing zeros, with the thousands separator of the language: 1,500 and 12.4."""
    is_integer = value == value.to_integral_value()
    return number_format(
        value.quantize(Decimal(1)) if is_integer else value.normalize(), force_grouping=True
    )


def format_range(low: Decimal, high: Decimal | None) -> str:
    """“320 to 729”; without `high`, the one number."""
    if high is None:
        return format_number(low)
    return _("%(low)s to %(high)s") % {"low": format_number(low), "high": format_number(high)}
