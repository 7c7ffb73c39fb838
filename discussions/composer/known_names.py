"""The names that the rules know: medicines that are prescribed, other substances, and remedies. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from discussions.composer.spoken_text import SpokenWord, fold_words
from remedies.check.vocabulary import Term, Vocabulary
from remedies.choices import CircumstanceKind
from remedies.schema import LimitRow

_BOUGHT_FREELY = {
    *("nsaids", "sedating-antihistamines", "other-antihistamines", "iron-tablets", "antacids"),
    *("laxatives-with-magnesium", "paraffin-oil", "vitamin-d-products", "loperamide"),
}
"""Terms whose medicines people mostly buy without a prescription."""
_BOUGHT_FREELY_BY_NAME = {
    *("paracetamol", "acetaminophen", "caffeine", "lactulose", "macrogol", "senna", "bisacodyl"),
    *("docusate", "pseudoephedrine", "phenylephrine", "guaifenesin", "dextromethorphan"),
    *("hypericum", "polyethylene glycol", "st john's wort", "saint john's wort", "sjw"),
}
_OTHER_SUBSTANCES = (
    *("calcium", "potassium", "sodium", "zinc", "selenium", "copper", "iodine", "chromium"),
    *("vitamin a", "vitamin b", "vitamin b1", "vitamin b3", "vitamin b6", "vitamin b12"),
    *("vitamin c", "vitamin e", "vitamin k", "vitamin k2", "folate", "folic acid", "b12", "b6"),
    *("niacin", "biotin", "creatine", "protein", "collagen", "taurine", "glycine", "theanine"),
    *("caffeine", "coffee", "alcohol", "sugar", "salt", "fibre", "fiber", "cbd", "curcumin"),
)
"""What an amount may belong to beside remedies of the site and medicines."""
LONGEST_NAME = 5
_LONGEST_SIGN = 2

Words = tuple[str, ...]


@dataclass(frozen=True)
class RemedyNames:
    """A remedy whose amounts are compared, with its upper limits for adults.

    `is_subject`: the text stands in its discussion, so that an amount without a name is of it.
    """

    name: str
    url: str
    labels: tuple[str, ...]
    limits: tuple[LimitRow, ...] = ()
    is_subject: bool = False

    @cached_property
    def words(self) -> frozenset[Words]:
        """Its name and other names, as folded words; not “Mg”, which is a unit as well."""
        names = map(fold_words, [self.name, *self.labels])
        return frozenset(name for name in names if len("".join(name)) > _LONGEST_SIGN)


@dataclass(frozen=True)
class MedicineNames:
    """Names of medicines as folded words: those that are prescribed, and all others."""

    prescribed: frozenset[Words] = frozenset()
    others: frozenset[Words] = field(default=frozenset())


def medicine_names(vocabulary: Vocabulary, terms: Iterable[Term]) -> MedicineNames:
    """The names of the private check. What is only a substance or bought freely is no prescription."""
    kinds = {term.slug: term.kind for term in terms}
    prescribed_terms = {
        slug for slug, kind in kinds.items() if kind == CircumstanceKind.MEDICINE
    } - _BOUGHT_FREELY
    free = set(map(fold_words, _BOUGHT_FREELY_BY_NAME))
    prescribed: set[Words] = set()
    others: set[Words] = set(map(fold_words, _OTHER_SUBSTANCES))
    for name, reading in vocabulary.items():
        words = fold_words(" ".join(name))
        in_medicines = any(kinds.get(slug) == CircumstanceKind.MEDICINE for slug in reading.slugs)
        in_substances = any(kinds.get(slug) == CircumstanceKind.SUBSTANCE for slug in reading.slugs)
        if not words or not (in_medicines or in_substances):
            continue
        if prescribed_terms.intersection(reading.slugs) and words not in free:
            prescribed.add(words)
        else:
            others.add(words)
    return MedicineNames(frozenset(prescribed), frozenset(others - prescribed))


class NameIndex:
    """Finds the longest name that begins at a word."""

    def __init__(self, names: Iterable[Words]) -> None:
        """`names`: of at most LONGEST_NAME words; longer ones are not found."""
        self._names = frozenset(name for name in names if len(name) <= LONGEST_NAME)
        self._first = frozenset(name[0] for name in self._names)

    def size_at(self, words: Sequence[SpokenWord], place: int) -> int:
        """How many words from `place` on are a name; 0 for none."""
        if words[place].text not in self._first:
            return 0
        folded = tuple(word.text for word in words[place : place + LONGEST_NAME])
        sizes = range(len(folded), 0, -1)
        return next((size for size in sizes if folded[:size] in self._names), 0)
