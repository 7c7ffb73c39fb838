"""The private interaction check: what its form offers, and its answer. It reads and keeps nothing.

What somebody typed or ticked about themselves is compared here, in memory: whatever it is, the same
queries are asked for the same remedies, so no log of the database tells it either. What holds it has
no repr: a template that misses a variable logs its context.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from citations.references import ListedReference, PageReferences
from conditions.models import Condition
from remedies.check.interactions import Finding, Rows, circumstances, findings, taken_together
from remedies.check.names import ParsedNames, Term
from remedies.choices import CircumstanceKind
from remedies.models import Circumstance, Remedy, RemedyConditionEntry
from remedies.schema import InteractionRow, PrecautionRow

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
    """Somebody's medicines and situations as they were sent, to be shown again."""

    groups: list[TermGroup]
    typed: str = ""
    chosen: Collection[str] = ()


@dataclass(frozen=True)
class Coverage:
    """How far our data goes: names of medicines and substances, and situations."""

    medicines: int
    situations: int


@dataclass(frozen=True, repr=False)
class Answer:
    """What the check found, and how far our data goes."""

    found: list[Found]
    typed: ParsedNames
    quiet: list[str]
    """Names that we know and that no warning names."""
    references: list[ListedReference]
    remedies: list[Remedy]
    reach: Coverage

    @property
    def names(self) -> list[str]:
        """The remedies' names."""
        return [remedy.shown_name for remedy in self.remedies]


@dataclass(frozen=True, repr=False)
class Again:
    """A form of one button that asks the same with misspelt names mended."""

    action: str
    names: list[str]
    fields: list[tuple[str, str]]


@dataclass(frozen=True, repr=False)
class Warned:
    """An entry of a condition, with the warnings that apply, loudest first."""

    entry: RemedyConditionEntry
    findings: list[Finding]

    @property
    def to_avoid(self) -> bool:
        """Whether one of them says not to take it, or to ask first."""
        return any(finding.to_avoid for finding in self.findings)


@dataclass(frozen=True, repr=False)
class Partition:
    """A condition's entries, held against somebody's own situation."""

    left_out: list[Warned]
    warned: list[Warned]
    kept: list[RemedyConditionEntry]
    typed: ParsedNames
    quiet: list[str]
    reach: Coverage

    @property
    def total(self) -> int:
        """How many remedies the condition has, with what is left out."""
        return len(self.kept) + len(self.left_out)


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
    remedies: Sequence[Remedy], terms: Sequence[Term], typed: ParsedNames, chosen: Iterable[str]
) -> Answer:
    """Hold published warnings of the remedies against medicines, situations and one another."""
    rows = _rows(remedies)
    because = circumstances(chosen, typed, terms)
    found = findings(rows, because, taken_together(rows, terms))
    # Works of every warning, so that no query tells which of them apply.
    references = PageReferences(key for part in rows for row in part.all for key in row.citations)
    marked = [Found(finding, references.marks(finding.row.citations)) for finding in found]
    return Answer(
        found=marked,
        typed=typed,
        quiet=_quiet(typed, found),
        references=references.listed(),
        remedies=list(remedies),
        reach=coverage_of(terms),
    )


def without_avoided(
    condition: Condition,
    entries: Sequence[RemedyConditionEntry],
    terms: Sequence[Term],
    typed: ParsedNames,
    chosen: Sequence[str],
) -> Partition:
    """Part a condition's entries: what our data says to avoid, or to ask about first, and the rest.

    Who reads the page is taken to have the condition, where it is one of the circumstances.
    """
    because = circumstances([*chosen, *_own(condition, terms)], typed, terms)
    by_remedy: dict[str, list[Finding]] = {}
    found = findings(_rows([entry.remedy for entry in entries], condition), because)
    for finding in found:
        by_remedy.setdefault(finding.slug, []).append(finding)
    warned = [
        Warned(entry, by_remedy[entry.remedy.slug])
        for entry in entries
        if entry.remedy.slug in by_remedy
    ]
    left_out = [one for one in warned if one.to_avoid]
    gone = {one.entry.pk for one in left_out}
    return Partition(
        left_out=left_out,
        warned=[one for one in warned if not one.to_avoid],
        kept=[entry for entry in entries if entry.pk not in gone],
        typed=typed,
        quiet=_quiet(typed, found),
        reach=coverage_of(terms),
    )


def _quiet(typed: ParsedNames, found: Iterable[Finding]) -> list[str]:
    """Names that we know and that no warning names."""
    named = {words for finding in found for words in finding.because}
    return [name for name in typed.known if name not in named]


def _own(condition: Condition, terms: Iterable[Term]) -> list[str]:
    """The circumstance that the condition is: `restless-legs` for restless-legs-syndrome."""
    slug = f"{condition.slug}-"
    return [
        term.slug
        for term in terms
        if term.kind == CircumstanceKind.CONDITION and slug.startswith(f"{term.slug}-")
    ]


def coverage_of(terms: Iterable[Term]) -> Coverage:
    """Of how many names our data knows anything at all."""
    terms = list(terms)
    classes = (CircumstanceKind.MEDICINE, CircumstanceKind.SUBSTANCE)
    return Coverage(
        medicines=len({name for term in terms if term.kind in classes for name in term.members}),
        situations=sum(term.kind not in classes for term in terms),
    )


def _rows(remedies: Sequence[Remedy], condition: Condition | None = None) -> list[Rows]:
    """Warnings of the current revisions, of the remedies and of their uses, or of their use for
    one condition; two queries."""
    names = {remedy.pk: (remedy.shown_name, remedy.slug) for remedy in remedies}
    whole = {
        pk: Rows(
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
    uses = (
        RemedyConditionEntry.objects.published()
        .filter(remedy__in=list(names))
        .order_by("condition__sort_key", "pk")
        .values_list(
            "remedy_id", "condition__shown_name", "current_revision__document__precautions"
        )
    )
    if condition is not None:
        uses = uses.filter(condition=condition)
    return [whole[remedy.pk] for remedy in remedies] + [
        Rows(*names[remedy], use=use, precautions=_precautions(rows)) for remedy, use, rows in uses
    ]


def _precautions(rows: list[dict[str, object]] | None) -> list[PrecautionRow]:
    return [PrecautionRow.model_validate(row) for row in rows or []]
