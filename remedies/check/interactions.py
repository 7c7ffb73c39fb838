"""Which warnings of remedies apply to somebody's medicines and situations. Pure, nothing is kept.

What holds somebody's words has no repr: a template that misses a variable logs its whole context.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from remedies.check.names import ParsedNames, Term, names_of, terms_of
from remedies.choices import (
    CircumstanceKind,
    InteractionAction,
    InteractionSeverity,
    PrecautionSeverity,
)
from remedies.schema import InteractionRow, PrecautionRow

ANY_MEDICINE = "any-medicine-by-mouth"
"""The term that every medicine falls under, also one that our data does not name."""


@dataclass(frozen=True)
class Rows:
    """Warnings of one remedy, or of one of its uses (`use` then names the condition)."""

    remedy: str
    slug: str
    use: str = ""
    interactions: Sequence[InteractionRow] = ()
    precautions: Sequence[PrecautionRow] = ()

    @property
    def all(self) -> list[InteractionRow | PrecautionRow]:
        """Every warning."""
        return [*self.interactions, *self.precautions]


@dataclass(frozen=True, repr=False)
class Finding:
    """One warning that applies, and because of what."""

    remedy: str
    slug: str
    use: str
    row: InteractionRow | PrecautionRow
    because: tuple[str, ...]

    @property
    def is_interaction(self) -> bool:
        """Whether it is about another substance; else about a situation."""
        return isinstance(self.row, InteractionRow)

    @property
    def to_avoid(self) -> bool:
        """Whether it says not to take the remedy, or not before somebody was asked."""
        if isinstance(self.row, InteractionRow):
            return self.row.action in {InteractionAction.AVOID, InteractionAction.ASK}
        return self.row.severity in {PrecautionSeverity.STOP, PrecautionSeverity.ASK}

    @property
    def caution_only(self) -> bool:
        """Whether nobody has checked it against a source yet."""
        return not self.row.checked


def circumstances(
    chosen: Iterable[str], typed: ParsedNames, terms: Iterable[Term]
) -> dict[str, list[str]]:
    """Slug of every circumstance to all the words that say where it comes from.

    Any medicine, known or not, is also a medicine taken by mouth: better one warning too many.
    """
    by_slug = {term.slug: term for term in terms}
    found = {slug: [by_slug[slug].name] for slug in chosen if slug in by_slug}
    for slug, names in typed.found.items():
        found[slug] = [*found.get(slug, []), *names]
    medicines = [
        name
        for slug, names in found.items()
        if by_slug[slug].kind == CircumstanceKind.MEDICINE and slug != ANY_MEDICINE
        for name in names
    ]
    if by_mouth := dict.fromkeys([*medicines, *typed.unknown]):
        found[ANY_MEDICINE] = [*found.get(ANY_MEDICINE, []), *by_mouth]
    return found


def taken_together(
    everything: Iterable[Rows], terms: Iterable[Term]
) -> dict[str, dict[str, list[str]]]:
    """Slug of each remedy to the circumstances that the other remedies are for it."""
    by_name = names_of(terms)
    named = {rows.slug: rows.remedy for rows in everything}
    are = {slug: terms_of(name, by_name) for slug, name in named.items()}
    return {
        slug: {
            term: [named[other] for other in are if other != slug and term in are[other]]
            for term in frozenset().union(*(are[other] for other in are if other != slug))
        }
        for slug in named
    }


def findings(
    everything: Iterable[Rows],
    because: Mapping[str, Sequence[str]],
    together: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> list[Finding]:
    """Every warning that names one of the circumstances, loudest first."""
    found = []
    for rows in everything:
        others = (together or {}).get(rows.slug, {})
        for row in rows.all:
            reasons = dict.fromkeys(
                words
                for slug in row.applies_to
                for words in (*because.get(slug, ()), *others.get(slug, ()))
            )
            if reasons:
                found.append(Finding(rows.remedy, rows.slug, rows.use, row, tuple(reasons)))
    return sorted(found, key=lambda finding: loudness(finding.row))


def loudness(row: InteractionRow | PrecautionRow) -> int:
    """0 for what must not be taken together, and upwards to what is good to know."""
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
