"""Brand names in a query lead to the medicine, and say so. Pure: no page or row holds a brand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from remedies.check.label_words import SALTS
from remedies.check.readings import describe_brand
from remedies.check.spoken import shipped_names
from remedies.check.vocabulary import Medicines
from search.normalizing import search_words
from search.query import Word, query_words
from search.spelling import spellings

_NO_NAMES = SALTS | {"acid", "oral", "and", "conjugated"}
"""Words in names of medicines that others have too."""
_DOSE = re.compile(r"(?<![\w-])\d[\d.,/]*\s*(?:mg|mcg|[µμu]g|g|ml|iu|units?|%)?(?![\w-])", re.I)


@dataclass(frozen=True)
class BrandMention:
    """A brand in a query, as the list of brands has it, and its medicines."""

    brand: str
    medicines: Medicines

    def __str__(self) -> str:
        """“Coumadin: a brand of warfarin.”"""
        return describe_brand(self.brand, self.medicines)


def query_words_with_brands(query: str) -> tuple[list[Word], list[BrandMention]]:
    """The words of a query, each brand as one word that its medicines match too, and the brands.

    Beside a brand, a dose is left out: no page has “Coumadin 5 mg”, and “mg” is magnesium.
    """
    mentions: list[BrandMention] = []
    typed = search_words(query)
    index = _brands_by_words()
    phrases: dict[tuple[str, ...], Word] = {}
    position = 0
    while position < len(typed):
        size = _brand_length(typed[position:], index)
        if size:
            name = tuple(typed[position : position + size])
            mentions.append(index[name])
            phrases[name] = _brand_word(name, index[name].medicines)
        position += max(size, 1)
    if phrases and not any(letter.isdigit() for letter in "".join(map("".join, phrases))):
        query = _DOSE.sub(" ", query)
    return query_words(query, phrases), list(dict.fromkeys(mentions))


def _brand_length(words: Sequence[str], index: Mapping[tuple[str, ...], BrandMention]) -> int:
    """How many of the words, from the first on, form a brand; the longest wins, 0 for none."""
    sizes = range(min(len(words), _longest_brand()), 0, -1)
    return next((size for size in sizes if tuple(words[:size]) in index), 0)


def _brand_word(name: tuple[str, ...], medicines: Medicines) -> Word:
    words = [
        word
        for medicine in medicines.names
        for word in search_words(medicine)
        if word not in _NO_NAMES and len(word) > 1
    ]
    own = list(name) if len(name) == 1 else []
    every = dict.fromkeys(form for word in [*own, *words] for form in spellings(word))
    return Word(" ".join(name), tuple(every), prefix=False, is_known=True)


@cache
def _brands_by_words() -> Mapping[tuple[str, ...], BrandMention]:
    return {
        tuple(search_words(brand)): BrandMention(brand, medicines)
        for brand, medicines in shipped_names().brands.items()
    }


@cache
def _longest_brand() -> int:
    return max(map(len, _brands_by_words()))
