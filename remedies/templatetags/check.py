"""Forms of the private check, for the pages of other features."""

from collections.abc import Iterable

from django import template

from conditions.models import Condition
from remedies.check.composition import Partition
from remedies.check.forms import CheckForm, group_terms
from remedies.check.selectors import circumstance_terms
from remedies.models import Remedy

register = template.Library()


@register.inclusion_tag("remedies/check/_closed.html")
def check_form(remedies: Remedy | Iterable[Remedy]) -> dict[str, object]:
    """The closed form that checks one or several published remedies; one query."""
    listed = [remedies] if isinstance(remedies, Remedy) else list(remedies)
    return {"remedies": listed, "form": _empty_form()}


@register.inclusion_tag("remedies/check/_avoid_form.html")
def avoid_form(
    condition: Condition,
    sort: str,
    form: CheckForm | None,
    partition: Partition | None,
) -> dict[str, object]:
    """The form that hides what a reader should avoid; one query.

    Closed on the condition's own page, and above a partition in which every name was known.
    """
    is_open = bool(form and not (partition and partition.names_report.is_complete))
    return {"condition": condition, "sort": sort, "form": form or _empty_form(), "is_open": is_open}


def _empty_form() -> CheckForm:
    return CheckForm(group_terms(circumstance_terms()))
