"""Which warnings of remedies apply to somebody's medicines and situations. Pure, nothing is kept.

What holds somebody's words has no repr: a template that misses a variable logs its whole context.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from remedies.schema import InteractionRow, PrecautionRow
from remedies.vocabulary import (
    CircumstanceKind,
    InteractionAction,
    InteractionSeverity,
    PrecautionSeverity,
)
from remedies_site.sorting import fold

ANY_MEDICINE = "any-medicine-by-mouth"
"""The term that every medicine falls under, also one that our data does not name."""
MOST_NAMES = 60
LONGEST_NAME = 80
_ALIKE = 80
_SHORTEST_GUESS = 4
_STRENGTH = re.compile(r"\s+\d.*\Z")


@dataclass(frozen=True)
class Term:
    """A medicine class or a situation, with the names that belong to it."""

    slug: str
    kind: str
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Typed:
    """What became of the names that somebody typed."""

    found: dict[str, str] = field(default_factory=dict)
    """A term's slug to the name as it was typed."""
    unknown: list[str] = field(default_factory=list)
    guesses: dict[str, str] = field(default_factory=dict)
    """A name that we do not have to the one that may be meant: a question, never an answer."""
    left_over: bool = False
    """Whether there were more or longer names than are looked at."""


@dataclass(frozen=True)
class Rows:
    """Warnings of one remedy, or of one of its uses (`use` then names the condition)."""

    remedy: str
    slug: str
    use: str = ""
    interactions: Sequence[InteractionRow] = ()
    precautions: Sequence[PrecautionRow] = ()


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


def split_names(text: str) -> list[str]:
    """Typed names, each once: commas, semicolons and new lines stand between them."""
    names = (" ".join(name.split()) for name in re.split(r"[,;\r\n]+", text))
    return list(dict.fromkeys(name for name in names if name))


def match_names(text: str, terms: Iterable[Term]) -> Typed:
    """Look each typed name up whole among the names of classes and their members."""
    by_name = _names(terms)
    known = list(by_name)
    names = split_names(text)
    typed = Typed(
        left_over=len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names)
    )
    for name in names[:MOST_NAMES]:
        if len(name) > LONGEST_NAME:
            continue
        bare = _STRENGTH.sub("", fold(name))
        slugs = by_name.get(fold(name)) or by_name.get(bare)
        for slug in slugs or ():
            typed.found.setdefault(slug, name)
        if not slugs:
            typed.unknown.append(name)
            if guess := _guess(bare, known):
                typed.guesses[name] = guess
    return typed


def _names(terms: Iterable[Term]) -> dict[str, list[str]]:
    """Folded name to the slugs of every term that has it; notes in brackets may be left out."""
    by_name: dict[str, list[str]] = {}
    for term in terms:
        names = [term.name, term.name.partition(" (")[0], *term.members]
        for name in dict.fromkeys(fold(name) for name in names):
            by_name.setdefault(name, []).append(term.slug)
    return by_name


def _guess(name: str, known: Sequence[str]) -> str:
    if len(name) < _SHORTEST_GUESS:
        return ""
    best = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return str(best[0]) if best else ""


def circumstances(chosen: Iterable[str], typed: Typed, terms: Iterable[Term]) -> dict[str, str]:
    """Slug of every circumstance to the words that say where it comes from.

    Any medicine, known or not, is also a medicine taken by mouth: better one warning too many.
    """
    by_slug = {term.slug: term for term in terms}
    found = {slug: by_slug[slug].name for slug in chosen if slug in by_slug}
    found |= {slug: name for slug, name in typed.found.items() if slug not in found}
    medicines = [
        words for slug, words in found.items() if by_slug[slug].kind == CircumstanceKind.MEDICINE
    ]
    if first := [*medicines, *typed.unknown][:1]:
        found.setdefault(ANY_MEDICINE, first[0])
    return found


def findings(everything: Iterable[Rows], because: Mapping[str, str]) -> list[Finding]:
    """Every warning that names one of the circumstances, loudest first."""
    found = []
    for rows in everything:
        both: list[InteractionRow | PrecautionRow] = [*rows.interactions, *rows.precautions]
        for row in both:
            reasons = dict.fromkeys(because[slug] for slug in row.applies_to if slug in because)
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
