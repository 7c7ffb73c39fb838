"""What each typed name was taken for, in words for the reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from remedies.check.names import ParsedNames
from remedies.check.vocabulary import KnownName, Medicines, NameKind, Term


@dataclass(frozen=True, repr=False)
class NameReading:
    """A typed name, how it is known, and the names of the terms that it was checked under."""

    name: str
    known: KnownName
    terms: list[str]

    @property
    def is_ambiguous(self) -> bool:
        """Whether the packet has to be looked at."""
        return self.known.medicines.by_country

    def __str__(self) -> str:
        """“Coumadin: a brand of warfarin.”"""
        medicines = self.known.medicines
        if self.known.kind is NameKind.BRAND:
            text = describe_brand(self.name, medicines)
            return _("%s All of them were checked.") % text if medicines.by_country else text
        values = {
            "name": capfirst(self.name),
            "medicines": _listed(medicines),
            "terms": "; ".join(self.terms),
        }
        if medicines.names[1:]:
            return _("%(name)s: a medicine with %(medicines)s.") % values
        if medicines.names:
            return _("%(name)s: another name of %(medicines)s.") % values
        return _("%(name)s: checked as %(terms)s.") % values


def describe_brand(brand: str, medicines: Medicines) -> str:
    """“Coumadin: a brand of warfarin.”"""
    values = {"name": capfirst(brand), "medicines": _listed(medicines)}
    if medicines.by_country:
        return (
            _("%(name)s: a brand of %(medicines)s, by country and product. Look at the packet.")
            % values
        )
    return _("%(name)s: a brand of %(medicines)s.") % values


def _listed(medicines: Medicines) -> str:
    return get_text_list(list(medicines.names), _("or") if medicines.by_country else _("and"))


@dataclass(frozen=True, repr=False)
class UncheckedName:
    """A name or medicine that could not be checked, and the typed products that hold it."""

    name: str
    products: list[str]


def read_names(parsed: ParsedNames, terms: Iterable[Term]) -> list[NameReading]:
    """Every recognised name with its reading, in the order of the text."""
    names = {term.slug: term.name for term in terms}
    return [
        NameReading(name, known, [names[slug] for slug in known.slugs if slug in names])
        for name, known in parsed.readings.items()
    ]


def unchecked_names(parsed: ParsedNames) -> list[UncheckedName]:
    """The names that are not known, and the medicines of known names that are not covered."""
    unknown = [UncheckedName(name, []) for name in parsed.unknown]
    return [*unknown, *_with_products(parsed.missing)]


def partly_checked_names(parsed: ParsedNames) -> list[UncheckedName]:
    """The medicines that only some of our warnings know, though more are likely."""
    return _with_products(parsed.partial)


def _with_products(medicines: Mapping[str, Sequence[str]]) -> list[UncheckedName]:
    return [
        UncheckedName(medicine, [name for name in names if name.casefold() != medicine.casefold()])
        for medicine, names in medicines.items()
    ]
