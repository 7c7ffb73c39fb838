"""The private interaction check: what its form offers, and its answer. It reads and keeps nothing.

What somebody typed or ticked is compared here, in memory: it reaches no query, so no log of the
database either. What holds it has no repr: a template that misses a variable logs its context.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from citations.references import ListedReference, PageReferences
from remedies.models import Circumstance, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.safety.interactions import (
    Finding,
    Rows,
    Term,
    Typed,
    circumstances,
    findings,
    match_names,
)
from remedies.schema import InteractionRow, PrecautionRow
from remedies.vocabulary import CircumstanceKind

_ORDER = (
    CircumstanceKind.LIFE,
    CircumstanceKind.CONDITION,
    CircumstanceKind.MEDICINE,
    CircumstanceKind.SUBSTANCE,
)
_OPEN = {CircumstanceKind.LIFE}


@dataclass(frozen=True)
class TermGroup:
    """Check boxes under one legend; long lists are closed until something in them is ticked."""

    kind: CircumstanceKind
    terms: list[Term]
    is_open: bool


@dataclass(frozen=True, repr=False)
class Found:
    """A finding with its reference marks."""

    finding: Finding
    marks: SafeString


@dataclass(frozen=True, repr=False)
class CheckForm:
    """The form as it was sent, to be shown again."""

    remedies: list[Remedy]
    groups: list[TermGroup]
    picked: set[str]
    typed: str
    chosen: set[str]


@dataclass(frozen=True, repr=False)
class Answer:
    """What the check found, and how far our data goes."""

    found: list[Found]
    typed: Typed
    references: list[ListedReference]
    names: list[str]
    medicines: int
    situations: int


def vocabulary() -> list[Term]:
    """Every circumstance, in the editors' order; one query."""
    return [
        Term(row.slug, row.kind, row.name, tuple(row.member_list))
        for row in Circumstance.objects.all()
    ]


def term_groups(terms: Iterable[Term], chosen: Collection[str] = ()) -> list[TermGroup]:
    """The terms by kind, what concerns most readers first; empty groups left out."""
    by_kind: dict[str, list[Term]] = {}
    for term in terms:
        by_kind.setdefault(term.kind, []).append(term)
    return [
        TermGroup(kind, listed, kind in _OPEN or any(term.slug in chosen for term in listed))
        for kind in _ORDER
        if (listed := by_kind.get(kind))
    ]


def published_remedies() -> list[Remedy]:
    """What can be ticked; one query."""
    return list(Remedy.objects.published().order_by("sort_key"))


def check(
    remedies: Sequence[Remedy], terms: Sequence[Term], medicines: str, chosen: Iterable[str]
) -> Answer:
    """Hold published warnings of the remedies against medicines and situations."""
    typed = match_names(medicines, terms)
    because = circumstances(chosen, typed, terms)
    found = findings(_rows(remedies), because)
    references = PageReferences(key for finding in found for key in finding.row.citations)
    marked = [Found(finding, references.marks(finding.row.citations)) for finding in found]
    classes = (CircumstanceKind.MEDICINE, CircumstanceKind.SUBSTANCE)
    return Answer(
        found=marked,
        typed=typed,
        references=references.listed(),
        names=[remedy.shown_name for remedy in remedies],
        medicines=len({name for term in terms if term.kind in classes for name in term.members}),
        situations=sum(term.kind not in classes for term in terms),
    )


def _rows(remedies: Sequence[Remedy]) -> list[Rows]:
    """Warnings of the current revisions, of the remedies and of their uses; two queries."""
    names = {remedy.pk: remedy.shown_name for remedy in remedies}
    documents = dict(
        RemedyRevision.objects.filter(
            pk__in=[remedy.current_revision_id for remedy in remedies]
        ).values_list("remedy_id", "document")
    )
    whole = [
        Rows(
            remedy=remedy.shown_name,
            interactions=[
                InteractionRow.model_validate(row)
                for row in documents[remedy.pk].get("interactions", [])
            ],
            precautions=_precautions(documents[remedy.pk].get("precautions")),
        )
        for remedy in remedies
    ]
    uses = (
        RemedyConditionEntry.objects.published()
        .filter(
            remedy__in=list(names),
            condition__published_at__isnull=False,
            condition__withdrawn_at__isnull=True,
        )
        .order_by("condition__sort_key", "pk")
        .values_list(
            "remedy_id", "condition__shown_name", "current_revision__document__precautions"
        )
    )
    return whole + [
        Rows(names[remedy], use=condition, precautions=_precautions(rows))
        for remedy, condition, rows in uses
    ]


def _precautions(rows: list[dict[str, object]] | None) -> list[PrecautionRow]:
    return [PrecautionRow.model_validate(row) for row in rows or []]
