"""Reads of the private check: the vocabulary, the remedies that can be ticked, the published warnings.

No medicine and no situation that a person typed or ticked reaches a query here, so no log of the
database holds it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from conditions.models import Condition
from remedies.check.interactions import WarningSource
from remedies.check.vocabulary import Term
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import InteractionRow, PrecautionRow
from remedies_site.documents import SLUG
from remedies_site.key_pages import KeyPage, PagePosition, key_page

MOST_OFFERED = 100
"""Remedies on one page of the form; others are on the next, which keeps what was ticked and typed."""
MOST_CHECKED = 40
"""Remedies that are compared at once."""


@dataclass(frozen=True)
class Offer:
    """The remedies of one page of the form, and before them those that were ticked on others."""

    page: KeyPage[Remedy]
    ticked_elsewhere: list[Remedy]

    @property
    def remedies(self) -> list[Remedy]:
        """All that the form shows, each once."""
        return [*self.ticked_elsewhere, *self.page.rows]

    @property
    def slugs(self) -> set[str]:
        """The values of their boxes."""
        return {remedy.slug for remedy in self.remedies}


def circumstance_terms() -> list[Term]:
    """Every circumstance, in the editors' order; one query."""
    return [
        Term(row.slug, row.kind, row.name, tuple(row.member_list))
        for row in Circumstance.objects.all()
    ]


def offered_remedies(ticked: Collection[str], position: PagePosition) -> Offer:
    """The remedies that can be ticked, from A to Z, and of the slugs in `ticked` those that are published.

    One query where all remedies are on one page, else up to three.
    """
    published = Remedy.objects.published().only("slug", "shown_name", "sort_key")
    page = key_page(published, ("sort_key", "pk"), position, MOST_OFFERED, named_by="slug")
    if not page.has_other_pages:
        return Offer(page, [])
    here = {remedy.slug for remedy in page.rows}
    others = sorted(slug for slug in ticked if slug not in here and SLUG.fullmatch(slug))
    elsewhere = published.filter(slug__in=["", *others[: MOST_CHECKED + 1]])
    return Offer(page, list(elsewhere.order_by("sort_key", "pk")))


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
