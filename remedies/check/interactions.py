"""Which warnings of remedies apply to a person's medicines and situations. Pure functions.

What holds a person's own words has no repr: a template that misses a variable logs its whole context.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from remedies.check.names import ParsedNames
from remedies.check.vocabulary import (
    ANY_MEDICINE,
    Term,
    index_names,
    related_slugs,
    slugs_of,
)
from remedies.choices import (
    CircumstanceKind,
    InteractionAction,
    InteractionSeverity,
    PrecautionSeverity,
)
from remedies.schema import InteractionRow, PrecautionRow


@dataclass(frozen=True)
class WarningSource:
    """Warnings of one remedy, or of one of its entries (then `condition` is that condition's name)."""

    remedy: str
    slug: str
    condition: str = ""
    interactions: Sequence[InteractionRow] = ()
    precautions: Sequence[PrecautionRow] = ()

    @property
    def rows(self) -> list[InteractionRow | PrecautionRow]:
        """Every warning, interactions first."""
        return [*self.interactions, *self.precautions]


@dataclass(frozen=True, repr=False)
class ApplicableWarning:
    """One warning that applies, and the person's words and remedies that it was matched on."""

    remedy: str
    slug: str
    condition: str
    row: InteractionRow | PrecautionRow
    matched_on: tuple[str, ...]

    @property
    def is_interaction(self) -> bool:
        """Whether it is about another substance; else about a situation."""
        return isinstance(self.row, InteractionRow)

    @property
    def to_avoid(self) -> bool:
        """Whether it says not to take the remedy, or not before asking somebody."""
        if isinstance(self.row, InteractionRow):
            return self.row.action in {InteractionAction.AVOID, InteractionAction.ASK}
        return self.row.severity in {PrecautionSeverity.STOP, PrecautionSeverity.ASK}

    @property
    def caution_only(self) -> bool:
        """Whether nobody has checked it against a source yet."""
        return not self.row.checked


def match_circumstances(
    ticked: Iterable[str], parsed: ParsedNames, terms: Iterable[Term]
) -> dict[str, list[str]]:
    """Slug of every circumstance that holds to the names it was ticked or typed under.

    Any medicine, recognised or not, is also a medicine taken by mouth, and a ticked class of medicines
    may be any of its members: better one warning too many.
    """
    by_slug = {term.slug: term for term in terms}
    related = related_slugs(by_slug.values())
    matched: dict[str, list[str]] = {}
    for box in (slug for slug in ticked if slug in by_slug):
        for slug in related[box]:
            matched[slug] = [*matched.get(slug, []), by_slug[box].name]
    for slug, names in parsed.names_by_term.items():
        matched[slug] = [*matched.get(slug, []), *names]
    medicines = [
        name
        for slug, names in matched.items()
        if by_slug[slug].kind == CircumstanceKind.MEDICINE and slug != ANY_MEDICINE
        for name in names
    ]
    if by_mouth := dict.fromkeys([*medicines, *parsed.unknown]):
        matched[ANY_MEDICINE] = [*matched.get(ANY_MEDICINE, []), *by_mouth]
    return matched


def match_other_remedies(
    sources: Iterable[WarningSource], terms: Iterable[Term]
) -> dict[str, dict[str, list[str]]]:
    """Slug of each remedy to the circumstances that the other remedies are for it.

    The inner dictionary goes from a term's slug to the names of those remedies.
    """
    slugs_by_name = index_names(terms)
    names = {source.slug: source.remedy for source in sources}
    terms_of = {slug: slugs_of(name, slugs_by_name) for slug, name in names.items()}
    return {
        slug: {
            term: [names[other] for other in names if other != slug and term in terms_of[other]]
            for term in frozenset().union(*(terms_of[other] for other in names if other != slug))
        }
        for slug in names
    }


def applicable_warnings(
    sources: Iterable[WarningSource],
    circumstances: Mapping[str, Sequence[str]],
    other_remedies: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> list[ApplicableWarning]:
    """Every warning that names one of the circumstances, most serious first.

    The mappings are those of `match_circumstances` and `match_other_remedies`.
    """
    warnings = []
    for source in sources:
        others = (other_remedies or {}).get(source.slug, {})
        for row in source.rows:
            matched_on = dict.fromkeys(
                name
                for slug in row.applies_to
                for name in (*circumstances.get(slug, ()), *others.get(slug, ()))
            )
            if matched_on:
                warnings.append(
                    ApplicableWarning(
                        source.remedy, source.slug, source.condition, row, tuple(matched_on)
                    )
                )
    return sorted(warnings, key=lambda warning: severity_rank(warning.row))


def severity_rank(row: InteractionRow | PrecautionRow) -> int:
    """0 for what must not be taken together, up to 4 for what is good to know."""
    if isinstance(row, PrecautionRow):
        return {
            PrecautionSeverity.STOP: 0,
            PrecautionSeverity.ASK: 2,
            PrecautionSeverity.CAUTION: 3,
            PrecautionSeverity.NOTE: 4,
        }[row.severity]
    if row.action is InteractionAction.AVOID:
        return 0
    return {
        InteractionSeverity.MAJOR: 1,
        InteractionSeverity.MODERATE: 2,
        InteractionSeverity.MINOR: 4,
    }[row.severity]
