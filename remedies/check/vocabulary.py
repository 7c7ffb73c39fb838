"""Every name that the private check knows, with what it stands for. Pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache

from remedies.check.tokens import Name, name_of
from remedies.choices import CircumstanceKind

ANY_MEDICINE = "any-medicine-by-mouth"
"""The term that every medicine falls under, also one that our data does not name."""
_LONGEST_PREFIX = 2
"""Letters before the first hyphen of a name that is written in one word too: co-, l-, d-."""
_NOTE = re.compile(r" \(|, (?:now|or|not|such) ")


@dataclass(frozen=True)
class Term:
    """A medicine class or a situation, with the names that belong to it."""

    slug: str
    kind: str
    name: str
    members: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The name, with and without the note behind it, in brackets or after a comma."""
        return list(dict.fromkeys([self.name, _NOTE.split(self.name, maxsplit=1)[0]]))

    @property
    def is_class(self) -> bool:
        """Whether its name is that of many medicines, of which it does not say which."""
        own = {name_of(name) for name in self.names}
        return self.kind == CircumstanceKind.MEDICINE and own.isdisjoint(map(name_of, self.members))


@dataclass(frozen=True)
class Medicines:
    """What a brand or another name stands for: one medicine, or several in one product.

    `by_country` says that the name stands for one of them here and for another there.
    """

    names: tuple[str, ...]
    by_country: bool = False


@dataclass(frozen=True)
class SpokenNames:
    """Names beside those of the vocabulary."""

    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What people call a kind of medicine, to the slugs of the terms."""
    medicines: Sequence[str] = ()
    """Medicines that are in no term, and that only what holds for any medicine holds for."""
    not_covered: Sequence[str] = ()
    """Medicines that are known by name and that no warning covers, though one is likely."""
    partly_covered: Sequence[str] = ()
    """Members of a term of which one more warning is likely that is not on file, such as with minerals."""
    other_names: Mapping[str, Medicines] = field(default_factory=dict)
    """Another name of a medicine, or of a fixed combination, to the generic names."""
    brands: Mapping[str, Medicines] = field(default_factory=dict)
    """A brand to the generic names of its medicines."""


class NameKind(Enum):
    """How a name is known."""

    MEMBER = "member"
    """It is a generic name or a situation of the terms."""
    CLASS = "class"
    """It stands for a kind of medicine."""
    OTHER_NAME = "other name"
    BRAND = "brand"


@dataclass(frozen=True)
class KnownName:
    """What one name stands for. `missing` are medicines in it that could not be checked by name.

    `partial` are those that some warnings name, and that are known to go badly with more than these.
    """

    kind: NameKind
    slugs: tuple[str, ...]
    medicines: Medicines = Medicines(())
    missing: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()


Vocabulary = Mapping[Name, KnownName]


def build_vocabulary(terms: Iterable[Term], spoken: SpokenNames | None = None) -> Vocabulary:
    """All names by their folded words; of two readings of a name, that of the terms holds.

    What people call a kind of medicine adds to it: a warning too many is better than one missed.
    """
    terms = list(terms)
    spoken = spoken or SpokenNames()
    known = {
        name: KnownName(NameKind.MEMBER, tuple(slugs)) for name, slugs in index_names(terms).items()
    }
    _add_classes(known, terms, spoken.classes)
    if any(term.slug == ANY_MEDICINE for term in terms):
        by_mouth = KnownName(NameKind.MEMBER, (ANY_MEDICINE,))
        for label in spoken.medicines:
            known.setdefault(name_of(label), by_mouth)
        for label in spoken.not_covered:
            known.setdefault(name_of(label), replace(by_mouth, missing=(label,)))
    for label in spoken.partly_covered:
        if reading := known.get(name_of(label)):
            known[name_of(label)] = replace(reading, partial=(label,))
    _add_products(known, spoken)
    # “cocodamol” is written as often as “co-codamol”.
    joined = {
        ("".join(name),): reading
        for name, reading in known.items()
        if len(name) > 1 and len(name[0]) <= _LONGEST_PREFIX
    }
    return joined | known


def _add_classes(
    known: dict[Name, KnownName], terms: Sequence[Term], classes: Mapping[str, Sequence[str]]
) -> None:
    related = related_slugs(terms)
    for term in terms:
        if term.is_class:
            for label in term.names:
                _add_class(known, name_of(label), related[term.slug])
    for label, of_class in classes.items():
        if present := [slug for slug in of_class if slug in related]:
            _add_class(known, name_of(label), present)


def _add_products(known: dict[Name, KnownName], spoken: SpokenNames) -> None:
    """Other names, which add to what the terms say of them, and brands, which do not."""
    for label, medicines in spoken.other_names.items():
        name = name_of(label)
        if reading := _product(NameKind.OTHER_NAME, medicines, known):
            own = known[name].slugs if name in known else ()
            known[name] = replace(reading, slugs=tuple(dict.fromkeys([*own, *reading.slugs])))
    for label, medicines in spoken.brands.items():
        name = name_of(label)
        if name not in known and (reading := _product(NameKind.BRAND, medicines, known)):
            known[name] = reading


def _add_class(known: dict[Name, KnownName], name: Name, slugs: Sequence[str]) -> None:
    own = known[name].slugs if name in known else ()
    known[name] = KnownName(NameKind.CLASS, tuple(dict.fromkeys([*own, *slugs])))


def _product(kind: NameKind, medicines: Medicines, known: Vocabulary) -> KnownName | None:
    """The reading of a brand or other name; None where no term knows any of its medicines."""
    readings = {medicine: known.get(name_of(medicine)) for medicine in medicines.names}
    slugs = dict.fromkeys(
        slug for reading in readings.values() if reading for slug in reading.slugs
    )
    missing = tuple(
        name
        for medicine, reading in readings.items()
        for name in (reading.missing if reading else [medicine])
    )
    partial = tuple(name for reading in readings.values() if reading for name in reading.partial)
    return KnownName(kind, tuple(slugs), medicines, missing, partial) if slugs else None


def index_names(terms: Iterable[Term]) -> dict[Name, list[str]]:
    """Every name of the terms and of their members, as folded words, to the slugs of the terms."""
    slugs_by_name: dict[Name, list[str]] = {}
    for term in terms:
        for name in dict.fromkeys(map(name_of, [*term.names, *term.members])):
            slugs_by_name.setdefault(name, []).append(term.slug)
    return slugs_by_name


def slugs_of(name: str, slugs_by_name: Mapping[Name, Sequence[str]]) -> frozenset[str]:
    """Slugs of the terms that have exactly this name: a remedy is a substance too."""
    return frozenset(slugs_by_name.get(name_of(name), ()))


def related_slugs(terms: Iterable[Term]) -> Mapping[str, Sequence[str]]:
    """Slug of every term to those that hold for somebody who names or ticks it; its own comes first.

    Who says “antidepressants” may take fluvoxamine, which has warnings of its own: a class of medicines
    has the slugs of all its members.
    """
    return _related_slugs(tuple(terms))


@lru_cache(maxsize=2)
def _related_slugs(terms: tuple[Term, ...]) -> Mapping[str, Sequence[str]]:
    medicine = {term.slug for term in terms if term.kind == CircumstanceKind.MEDICINE}
    by_name = index_names(terms)
    related: dict[str, Sequence[str]] = {}
    for term in terms:
        members = term.members if term.is_class else ()
        of_members = [slug for name in members for slug in by_name[name_of(name)]]
        others = [slug for slug in of_members if slug in medicine]
        related[term.slug] = list(dict.fromkeys([term.slug, *others]))
    return related
