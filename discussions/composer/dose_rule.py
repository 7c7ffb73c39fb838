"""Finds doses above a known upper limit for adults. Pure.

Compared in the safe direction, since a text seldom says all that a comparison needs:

- With the lowest of the limits that the dose exceeds, whichever authority set it.
- An amount beside a compound whose chemistry is known (“magnesium oxide 1,000 mg”) is turned into the
  element, by the richest compound of that name; the two are never compared raw. Any other amount counts as
  the substance itself, also where it may be the weight of a compound.
- Of a range its upper end counts. Several amounts of one day in a sentence are added up.
- An amount counts for the remedy that is named beside it, else for the only one named in the sentence, else
  for the one whose discussion it is. Beside the name of a medicine or of another substance it counts for none.

What a study gave, an upper limit itself, a blood level, a question and “less than” are no doses.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from discussions.composer.compared_amounts import find_exceeded, substance_amount
from discussions.composer.findings import Finding, FindingKind
from discussions.composer.known_names import LONGEST_NAME, MedicineNames, NameIndex, RemedyNames
from discussions.composer.spoken_amounts import SpokenAmount, find_amounts
from discussions.composer.spoken_text import SpokenSentence, SpokenWord
from remedies_site.patterns import lazy_pattern

_BESIDE, _FAR = 3, 7
"""Words behind and before an amount where its name may stand."""
_FILLERS = {
    ",",
    *(
        "of",
        "in",
        "the",
        "elemental",
        "pure",
        "tablet",
        "tablets",
        "capsule",
        "capsules",
        "pill",
        "pills",
    ),
    *(
        "slow",
        "release",
        "a",
        "my",
        "daily",
        "about",
        "just",
        "only",
        "at",
        "is",
        "was",
        "on",
        "with",
        "x",
    ),
    *(
        "chelated",
        "up",
        "to",
        "day",
        "per",
        "took",
        "take",
        "taking",
        "say",
        "some",
        "organic",
        "liposomal",
    ),
}
_PARTS_OF_DAY = {
    *(
        "morning",
        "mornings",
        "noon",
        "lunch",
        "lunchtime",
        "midday",
        "afternoon",
        "evening",
        "evenings",
    ),
    *("night", "nights", "bed", "bedtime", "breakfast", "dinner", "supper"),
}
_NOT_A_DOSE = lazy_pattern(
    r"(?<= )(?:trials?|stud(?:y|ies)|researchers|participants|patients|experiments?)(?: \w+){0,8}"
    r" (?:used|gave|given|tested|got|received|compared|took|with)(?: (?:,|\w+)){0,6}(?= )"
    r"|(?<= )(?:limit|limits|maximum|max|ul|threshold|allowance|rda|ceiling|level|levels)(?: \w+){0,8}(?= )"
    r"|(?<= )(?:not|no|never|dont|nothing|nobody) (?:\w+ )?(?:more than|above|over|exceed|beyond|go over|go above)(?= )"
    r"|(?<= )(?:never|dont|do not|shouldnt|should not|must not|mustnt)(?: \w+){0,2}"
    r" (?:take|taking|use|swallow|try|exceed)(?: \w+){0,2}(?= )"
    r"|(?<= )(?:asked for|instead of|rather than|weighs|weighing|refused|costs?)(?: \w+){0,2}(?= )"
)
_LESS = lazy_pattern(r" (?:less than|under|below|fewer than)(?: \w+)? $")
_MEANS_MORE = lazy_pattern(r" (?:not|nothing|never|no|without|nowhere|dont|wont|nobody)(?= )")
_WORDS_BEFORE = 14
_OWN = {"i", "ive", "im", "my", "me", "we", "our", "id", "mine", "myself"}
_OTHERS = {
    *("you", "your", "youll", "youre", "yourself", "u", "everyone", "everybody", "anyone"),
    *("people", "recommend", "suggest", "try", "perfectly"),
}
_IMPERATIVES = {"take", "try", "use", "go", "get", "start", "double", "just", "have"}
_LIKE_AMOUNT = lazy_pattern(
    r"(?:\d|half|gram|one|two|three|four|five|six|seven|eight|nine|ten)[^\n]{0,20}?(?:g|mcg|iu|ie|ui|units?|gram)",
    re.IGNORECASE,
)

Named = Mapping[int, tuple[int, RemedyNames | None]]
"""Where a name begins in a sentence, to its words and its remedy; None for anything else."""


def mentions_amount(text: str) -> bool:
    """Whether it is worth the limits of remedies to look at the text."""
    return _LIKE_AMOUNT.search(text) is not None


class DoseRule:
    """The rule with its remedies and with the other names that an amount may belong to."""

    def __init__(self, remedies: Sequence[RemedyNames], medicines: MedicineNames) -> None:
        """`remedies`: at most one of them `is_subject`."""
        self._remedies = remedies
        self._subject = next((remedy for remedy in remedies if remedy.is_subject), None)
        self._by_words = {words: remedy for remedy in remedies for words in remedy.words}
        self._of_remedies = NameIndex(self._by_words)
        self._of_others = NameIndex(medicines.prescribed | medicines.others)

    def find(self, sentences: Sequence[SpokenSentence]) -> Iterator[Finding]:
        """One finding for each sentence and remedy at most."""
        for sentence in sentences:
            amounts = find_amounts(sentence.words)
            if amounts and not _asks(sentence):
                yield from self._in_sentence(sentence, amounts)

    def _in_sentence(
        self, sentence: SpokenSentence, amounts: Sequence[SpokenAmount]
    ) -> Iterator[Finding]:
        words = sentence.words
        named = self._named(words)
        default = self._default(named)
        of_remedies: dict[str, list[tuple[RemedyNames, SpokenAmount, Decimal]]] = {}
        for number, amount in enumerate(amounts):
            end = amounts[number + 1].first if number + 1 < len(amounts) else len(words)
            start = amounts[number - 1].last + 1 if number else 0
            remedy = _owner(words, amount, named, start, end, default)
            if remedy and remedy.limits and not _is_no_dose(sentence, amount):
                share = substance_amount(words, amount, remedy)
                of_remedies.setdefault(remedy.name, []).append((remedy, amount, share))
        for doses in of_remedies.values():
            yield from _above(sentence, doses)

    def _named(self, words: Sequence[SpokenWord]) -> Named:
        """Where a name begins, to its length and its remedy; None for something else."""
        named: dict[int, tuple[int, RemedyNames | None]] = {}
        place = 0
        while place < len(words):
            own = self._of_remedies.size_at(words, place)  # “iron” also in “iron tablets”
            size = own or self._of_others.size_at(words, place)
            if size:
                name = tuple(word.text for word in words[place : place + size])
                named[place] = (size, self._by_words[name] if own else None)
            place += max(size, 1)
        return named

    def _default(self, named: Named) -> RemedyNames | None:
        """The remedy that an amount without a name beside it is of: the subject, unless another is named."""
        remedies = {remedy.name: remedy for _size, remedy in named.values() if remedy}
        if len(remedies) == 1 and not (self._subject and self._subject.name in remedies):
            return next(iter(remedies.values()))
        return self._subject


def _owner(
    words: Sequence[SpokenWord],
    amount: SpokenAmount,
    named: Named,
    start: int,
    end: int,
    default: RemedyNames | None,
) -> RemedyNames | None:
    """The remedy that an amount is of, by the names between words `start` and `end`; or None."""
    place = amount.last + 1
    while place < min(end, amount.last + _BESIDE + 1) and _is_filler(words, place, named):
        place += 1
    if place in named and place < end:
        return named[place][1]
    for before in range(amount.first - 1, max(start, amount.first - _FAR) - 1, -1):
        for beginning in range(before, max(start, before - LONGEST_NAME) - 1, -1):
            if beginning in named and beginning + named[beginning][0] > before:
                return named[beginning][1]
        if not _is_filler(words, before, named) and not words[before].is_number:
            break
    return default


def _is_filler(words: Sequence[SpokenWord], place: int, named: Named) -> bool:
    return place not in named and words[place].text in _FILLERS


def _above(
    sentence: SpokenSentence, doses: Sequence[tuple[RemedyNames, SpokenAmount, Decimal]]
) -> Iterator[Finding]:
    """The amounts of one remedy in a sentence, added up where they are parts of one day."""
    words = sentence.words
    times = [word for word in words if word.text in _PARTS_OF_DAY]
    units = {amount.unit for _remedy, amount, _share in doses}
    remedy, first, _share_of_first = doses[0]
    last = doses[-1][1]
    candidates = [(share, amount.unit, amount, amount) for _remedy, amount, share in doses]
    if len(doses) > 1 and len(times) >= len(doses) and len(units) == 1:
        total = sum((share for _remedy, _amount, share in doses), Decimal())
        candidates.append((total, first.unit, first, last))
    exceeded = [
        (limit, start, end)
        for amount, unit, start, end in candidates
        if (limit := find_exceeded(remedy, amount, unit))
    ]
    if exceeded:
        limit, start, end = exceeded[-1]
        span = words[start.first].start, words[end.last].end
        yield Finding(FindingKind.DOSE, *span, is_advice=_advises(sentence), limit=limit)


def _is_no_dose(sentence: SpokenSentence, amount: SpokenAmount) -> bool:
    words = sentence.words[max(0, amount.first - _WORDS_BEFORE) : amount.first]
    before = f" {' '.join(word.text for word in words)} "
    if words and words[-1].is_quoted:
        return True
    less = _LESS.search(before)
    if less:
        return not _MEANS_MORE.search(before[: less.start() + 1])
    ends = [match.end() for match in _NOT_A_DOSE.finditer(before)]
    return bool(ends) and ends[-1] >= len(before) - 1


def _asks(sentence: SpokenSentence) -> bool:
    return (
        sentence.is_question
        and not {"i", "ive", "im"}.intersection(word.text for word in sentence.words[:2])
        and sentence.words[0].text not in {"just", "why"}
    )


def _advises(sentence: SpokenSentence) -> bool:
    """Whether a dose is told to others: “you”, “try”, or nobody at all; not where it is the writer's own."""
    texts = {word.text for word in sentence.words}
    if texts & _OTHERS or sentence.words[0].text in _IMPERATIVES:
        return True
    return not texts & _OWN
