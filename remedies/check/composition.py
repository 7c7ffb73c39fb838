"""The results of the private check, composed in memory: nothing is stored.

Whatever a person typed or ticked, the same queries run for the same remedies. What holds a person's
own words has no repr: a template that misses a variable logs its whole context.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from citations.references import ListedReference, PageReferences
from conditions.models import Condition
from remedies.check.interactions import (
    ApplicableWarning,
    applicable_warnings,
    match_circumstances,
    match_other_remedies,
    severity_rank,
)
from remedies.check.names import ParsedNames
from remedies.check.readings import (
    NameReading,
    UncheckedName,
    partly_checked_names,
    read_names,
    unchecked_names,
)
from remedies.check.selectors import published_warnings
from remedies.check.vocabulary import Term
from remedies.choices import CircumstanceKind
from remedies.models import Remedy, RemedyConditionEntry

_LAST_MAJOR_RANK, _FIRST_MINOR_RANK = 1, 4
"""Of `severity_rank`: a stop or a major interaction; what is good to know."""
_FEW_NAMES = 4
"""More names than these are folded, so that the warnings are not pushed down."""


@dataclass(frozen=True)
class Coverage:
    """How many names of medicines and substances, and how many situations, our data has."""

    medicines: int
    situations: int


@dataclass(frozen=True, repr=False)
class NamesReport:
    """What became of every word that was typed."""

    readings: list[NameReading]
    ambiguous: list[NameReading]
    """Brands that are another medicine elsewhere; they are no part of `readings`."""
    unchecked: list[UncheckedName]
    partial: list[UncheckedName]
    guesses: dict[str, list[str]]
    left_aside: list[str]
    unmatched: list[str]
    """Names that our data has and that no warning was matched on."""
    has_class: bool
    """Whether a name or a ticked box stands for many medicines, so that warnings on all are shown."""

    @property
    def is_complete(self) -> bool:
        """Whether every name could be checked against all that is likely to matter."""
        return not (self.unchecked or self.partial)

    @property
    def is_short(self) -> bool:
        """Whether the readings leave the warnings near the top of the page."""
        return len(self.readings) <= _FEW_NAMES


@dataclass(frozen=True, repr=False)
class MarkedWarning:
    """A warning that applies, with its reference marks."""

    warning: ApplicableWarning
    marks: SafeString


@dataclass(frozen=True, repr=False)
class WarningCounts:
    """How many of the warnings that apply are of each weight, in the order of the list."""

    major: int
    moderate: int
    minor: int


@dataclass(frozen=True, repr=False)
class CheckResult:
    """The warnings that apply to a person, and how far our data goes."""

    warnings: list[MarkedWarning]
    names_report: NamesReport
    references: list[ListedReference]
    remedies: list[Remedy]
    coverage: Coverage

    @property
    def counts(self) -> WarningCounts:
        """The warnings by weight: stops and major interactions, then moderate ones, then the rest."""
        ranks = [severity_rank(marked.warning.row) for marked in self.warnings]
        major = sum(rank <= _LAST_MAJOR_RANK for rank in ranks)
        minor = sum(rank >= _FIRST_MINOR_RANK for rank in ranks)
        return WarningCounts(major, len(ranks) - major - minor, minor)

    @property
    def names(self) -> list[str]:
        """The remedies' names."""
        return [remedy.shown_name for remedy in self.remedies]


@dataclass(frozen=True, repr=False)
class EntryWarnings:
    """An entry of a condition with the warnings that apply, most serious first."""

    entry: RemedyConditionEntry
    warnings: list[ApplicableWarning]

    @property
    def to_avoid(self) -> bool:
        """Whether one of them says not to take it, or to ask first."""
        return any(warning.to_avoid for warning in self.warnings)


@dataclass(frozen=True, repr=False)
class Partition:
    """A condition's entries by what applies to a person: excluded, and remaining.

    `warned` are those of the remaining that have a warning which applies.
    """

    excluded: list[EntryWarnings]
    warned: list[EntryWarnings]
    remaining: list[RemedyConditionEntry]
    names_report: NamesReport
    coverage: Coverage

    @property
    def total(self) -> int:
        """How many remedies the condition has, the excluded ones too."""
        return len(self.remaining) + len(self.excluded)


def check_remedies(
    remedies: Sequence[Remedy],
    terms: Sequence[Term],
    parsed: ParsedNames,
    ticked: Iterable[str],
) -> CheckResult:
    """Compare the remedies' published warnings with medicines, situations and one another."""
    ticked = list(ticked)
    sources = published_warnings(remedies)
    warnings = applicable_warnings(
        sources,
        match_circumstances(ticked, parsed, terms),
        match_other_remedies(sources, terms),
    )
    # The works of every warning are read, so that no query shows which of them apply.
    references = PageReferences(
        key for source in sources for row in source.rows for key in row.citations
    )
    return CheckResult(
        warnings=[
            MarkedWarning(warning, references.marks(warning.row.citations)) for warning in warnings
        ],
        names_report=_report_names(parsed, terms, warnings, ticked),
        references=references.listed(),
        remedies=list(remedies),
        coverage=coverage_of(terms),
    )


def partition_entries(
    condition: Condition,
    entries: Sequence[RemedyConditionEntry],
    terms: Sequence[Term],
    parsed: ParsedNames,
    ticked: Sequence[str],
) -> Partition:
    """Partition a condition's entries by whether our data says to avoid them or to ask first.

    The reader is taken to have the condition, where it is one of the circumstances.
    """
    circumstances = match_circumstances([*ticked, *_own_terms(condition, terms)], parsed, terms)
    sources = published_warnings([entry.remedy for entry in entries], condition)
    warnings = applicable_warnings(sources, circumstances)
    by_remedy: dict[str, list[ApplicableWarning]] = {}
    for warning in warnings:
        by_remedy.setdefault(warning.slug, []).append(warning)
    warned = [
        EntryWarnings(entry, by_remedy[entry.remedy.slug])
        for entry in entries
        if entry.remedy.slug in by_remedy
    ]
    excluded = [row for row in warned if row.to_avoid]
    excluded_pks = {row.entry.pk for row in excluded}
    return Partition(
        excluded=excluded,
        warned=[row for row in warned if not row.to_avoid],
        remaining=[entry for entry in entries if entry.pk not in excluded_pks],
        names_report=_report_names(parsed, terms, warnings, ticked),
        coverage=coverage_of(terms),
    )


def coverage_of(terms: Iterable[Term]) -> Coverage:
    """Count the names and the situations of the vocabulary."""
    terms = list(terms)
    classes = (CircumstanceKind.MEDICINE, CircumstanceKind.SUBSTANCE)
    return Coverage(
        medicines=len({name for term in terms if term.kind in classes for name in term.members}),
        situations=sum(term.kind not in classes for term in terms),
    )


def _report_names(
    parsed: ParsedNames,
    terms: Sequence[Term],
    warnings: Iterable[ApplicableWarning],
    ticked: Iterable[str],
) -> NamesReport:
    matched = {name for warning in warnings for name in warning.matched_on}
    readings = read_names(parsed, terms)
    by_slug = {term.slug: term for term in terms}
    return NamesReport(
        readings=[reading for reading in readings if not reading.is_ambiguous],
        ambiguous=[reading for reading in readings if reading.is_ambiguous],
        unchecked=unchecked_names(parsed),
        partial=partly_checked_names(parsed),
        guesses=parsed.guesses,
        left_aside=parsed.left_aside,
        unmatched=[
            name
            for name, known in parsed.readings.items()
            if name not in matched and not (known.missing or known.partial)
        ],
        has_class=parsed.has_class
        or any(by_slug[slug].is_class and by_slug[slug].members for slug in ticked),
    )


def _own_terms(condition: Condition, terms: Iterable[Term]) -> list[str]:
    """Slugs of the terms that the condition is: `restless-legs` for restless-legs-syndrome."""
    slug = f"{condition.slug}-"
    return [
        term.slug
        for term in terms
        if term.kind == CircumstanceKind.CONDITION and slug.startswith(f"{term.slug}-")
    ]
