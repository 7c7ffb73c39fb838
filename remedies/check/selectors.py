"""Reads of the private check: the vocabulary and the published warnings.

Nothing that a person typed or ticked reaches a query here, so no log of the database holds it.
"""

from collections.abc import Sequence

from conditions.models import Condition
from remedies.check.interactions import WarningSource
from remedies.check.vocabulary import Term
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import InteractionRow, PrecautionRow


def circumstance_terms() -> list[Term]:
    """Every circumstance, in the editors' order; one query."""
    return [
        Term(row.slug, row.kind, row.name, tuple(row.member_list))
        for row in Circumstance.objects.all()
    ]


def published_remedies() -> list[Remedy]:
    """The remedies that can be ticked, from A to Z; one query."""
    return list(Remedy.objects.published().order_by("sort_key"))


def published_warnings(
    remedies: Sequence[Remedy], condition: Condition | None = None
) -> list[WarningSource]:
    """Warnings of the current revisions, of the remedies and then of their entries; two queries.

    With a condition, only the entries for that condition are read.
    """
    names = {remedy.pk: (remedy.shown_name, remedy.slug) for remedy in remedies}
    of_remedies = {
        pk: WarningSource(
            *names[pk],
            interactions=[InteractionRow.model_validate(row) for row in interactions or []],
            precautions=_precautions(precautions),
        )
        for pk, interactions, precautions in Remedy.objects.filter(pk__in=list(names)).values_list(
            "pk",
            "current_revision__document__interactions",
            "current_revision__document__precautions",
        )
    }
    entries = (
        RemedyConditionEntry.objects.published()
        .filter(remedy__in=list(names))
        .order_by("condition__sort_key", "pk")
        .values_list(
            "remedy_id", "condition__shown_name", "current_revision__document__precautions"
        )
    )
    if condition is not None:
        entries = entries.filter(condition=condition)
    return [of_remedies[remedy.pk] for remedy in remedies] + [
        WarningSource(*names[remedy], condition=name, precautions=_precautions(rows))
        for remedy, name, rows in entries
    ]


def _precautions(rows: list[dict[str, object]] | None) -> list[PrecautionRow]:
    return [PrecautionRow.model_validate(row) for row in rows or []]
