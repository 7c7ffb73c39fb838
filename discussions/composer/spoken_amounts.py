"""Amounts as people write them: “1,200 mg”, “half a gram”, “two 300 mg tablets a day”. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from discussions.composer.spoken_text import SpokenWord
from remedies.choices import Unit
from remedies_site.patterns import lazy_pattern

UNITS: dict[str, Unit] = {
    **dict.fromkeys(("g", "gr", "gm", "gms", "gram", "grams", "gramme", "grammes"), Unit.G),
    **dict.fromkeys(("mg", "mgs", "milligram", "milligrams", "milligramme", "mgr"), Unit.MG),
    **dict.fromkeys(("milligrammes", "miligrams", "miligram"), Unit.MG),
    **dict.fromkeys(("mcg", "mcgs", "ug", "μg", "µg", "microgram", "micrograms"), Unit.MCG),
    **dict.fromkeys(("microgramme", "microgrammes"), Unit.MCG),
    **dict.fromkeys(("iu", "ius", "ie", "ui", "units", "unit"), Unit.IU),
}
NUMBERS = {
    **{
        "a": Decimal(1),
        "an": Decimal(1),
        "one": Decimal(1),
        "two": Decimal(2),
        "three": Decimal(3),
    },
    **{"four": Decimal(4), "five": Decimal(5), "six": Decimal(6), "seven": Decimal(7)},
    **{"eight": Decimal(8), "nine": Decimal(9), "ten": Decimal(10), "half": Decimal("0.5")},
    **{"twelve": Decimal(12), "fifteen": Decimal(15), "twenty": Decimal(20), "both": Decimal(2)},
    **{"couple": Decimal(2)},
}
_THOUSANDS = lazy_pattern(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_THOUSAND_WORDS = {"k": Decimal(1000), "thousand": Decimal(1000), "hundred": Decimal(100)}
_NOT_A_DAY = {"kg", "kilo", "kilogram", "dl", "l", "ml", "litre", "liter", "mmol"}
"""After a unit: an amount for each of these is no dose of a day."""
_MOST = Decimal(10) ** 9
_PIECES = {
    *(
        "tablet",
        "tablets",
        "pill",
        "pills",
        "capsule",
        "capsules",
        "caps",
        "tabs",
        "gummies",
        "sachets",
    ),
    *("doses", "drops", "x", "times", "of", "softgels", "lozenges", "scoops"),
}
_TIMES_A_DAY = lazy_pattern(
    r" (?:(?P<twice>twice|two times|morning and (?:evening|night))|(?P<times>three|four|five|six|9) (?:times|x))"
    r"(?: (?:a|per|each|every) day| daily)?(?= )"
)
_SPAN = r"(?<! for)(?<! in)(?<! within)(?<! after)(?<! over)"  # “for a week” says how long
_DAYS = [
    (lazy_pattern(rf"{_SPAN} (?:(?:a|per|each|every|one) week|weekly)(?= )"), Decimal(7)),
    (
        lazy_pattern(
            rf"{_SPAN} (?:(?:a|per|each|every) fortnight|fortnightly|every two weeks)(?= )"
        ),
        Decimal(14),
    ),
    (lazy_pattern(rf"{_SPAN} (?:(?:a|per|each|every|one) month|monthly)(?= )"), Decimal(30)),
    (lazy_pattern(r" (?:every (?:second|other) day|on alternate days)(?= )"), Decimal(2)),
]
_WORDS_AFTER = 7


@dataclass(frozen=True)
class SpokenAmount:
    """An amount of one day, as far as the text says how often: words `first` to `last` of its sentence."""

    amount: Decimal
    unit: Unit
    first: int
    last: int


def find_amounts(words: Sequence[SpokenWord]) -> list[SpokenAmount]:
    """The amounts in a sentence. Of a range, its upper end; of what is not told by day, as it stands."""
    found = []
    for place, word in enumerate(words):
        unit = UNITS.get(word.text)
        if unit is None or place == 0 or _is_measured(words, place):
            continue
        first, number = _number_before(words, place, unit)
        if number is not None and 0 < number < _MOST:
            amount = number * _pieces_before(words, first) * _times_after(words, place)
            found.append(SpokenAmount(amount, unit, first, place))
    return found


def _is_measured(words: Sequence[SpokenWord], place: int) -> bool:
    """Whether the amount is for a litre of blood or a kilogram of a person."""
    after = [word.text for word in words[place + 1 : place + 4]]
    if after[:1] and after[0] in {"per", "a", "for", "each"}:
        after = after[1:]
    return bool(after) and after[0] in _NOT_A_DAY


def _number_before(
    words: Sequence[SpokenWord], place: int, unit: Unit
) -> tuple[int, Decimal | None]:
    """The number in front of a unit, and where it begins."""
    first = place - 1
    factor = Decimal(1)
    if words[first].text in _THOUSAND_WORDS and first > 0:
        factor, first = _THOUSAND_WORDS[words[first].text], first - 1
    word = words[first]
    if word.is_number:
        return first, _parse(word.text, unit) * factor
    number = NUMBERS.get(word.text)
    if word.text in {"a", "an"} and first > 0 and words[first - 1].text == "half":
        return first - 1, NUMBERS["half"]
    return first, None if number is None else number * factor


def _parse(text: str, unit: Unit) -> Decimal:
    """“1,200” and “50.000” are thousands, “1,5” and “0.75” are not; nor is “1.500” where it is grams."""
    if _THOUSANDS.fullmatch(text) and not (unit is Unit.G and text.count(".") == 1):
        return Decimal(re.sub("[.,]", "", text))
    whole, mark, rest = text.replace(",", ".").partition(".")
    return Decimal(f"{whole}{mark}{rest.replace('.', '')}" if rest else whole)


def _pieces_before(words: Sequence[SpokenWord], first: int) -> Decimal:
    """How many pieces of the amount: “2 x”, “two”, “3 tablets of”; 1 where nothing says so."""
    place = first - 1
    while place >= 0 and first - place <= 3 and words[place].text in _PIECES:
        place -= 1
    if place < 0 or first - place > 3:
        return Decimal(1)
    word = words[place]
    if word.is_number and place < first - 1 and word.text.isdigit() and int(word.text) <= 20:
        return Decimal(word.text)
    number = NUMBERS.get(word.text, Decimal(1))
    return number if number > 1 else Decimal(1)


def _times_after(words: Sequence[SpokenWord], place: int) -> Decimal:
    """How often a day, by the words behind: “three times a day” is 3, “once a week” a seventh."""
    after = words[place + 1 : place + 1 + _WORDS_AFTER]
    end = next((n for n, word in enumerate(after) if word.text in UNITS), len(after))
    line = f" {' '.join('9' if w.is_number else w.text for w in after[:end])} "
    days = next((days for pattern, days in _DAYS if pattern.search(line)), Decimal(1))
    match = _TIMES_A_DAY.search(line)
    if match is None:
        return 1 / days
    if match["twice"]:
        return 2 / days
    numbers = [Decimal(w.text) for w in after[:end] if w.is_number and w.text.isdigit()]
    few = [number for number in numbers if 1 < number <= 10]
    return NUMBERS.get(match["times"], few[0] if few else Decimal(1)) / days
