"""Parse the names of medicines that a person typed into the vocabulary's terms. Pure functions.

Every word of the text is part of a recognised name, or of one that is reported as unknown, or of a
direction that is reported as left aside: nothing is dropped silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from remedies.check import label_words
from remedies.check.guesses import guess_names
from remedies.check.tokens import Token, clean, split_parts, split_tokens
from remedies.check.vocabulary import KnownName, NameKind, Vocabulary

_MAX_GUESSED_NAMES = 30
_MAX_TOKENS_OF_A_NAME = 12


@dataclass(frozen=True, repr=False)
class ParsedNames:
    """The names in a text, as they were typed, each once and in the order of the text."""

    names_by_term: dict[str, list[str]] = field(default_factory=dict)
    """A term's slug to the names in the text that belong to it."""
    readings: dict[str, KnownName] = field(default_factory=dict)
    """A recognised name to what it stands for."""
    unknown: list[str] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)
    """A medicine that could not be checked by its name, to the typed names that stand for it."""
    partial: dict[str, list[str]] = field(default_factory=dict)
    """A medicine that some warnings name and more are likely for, to the typed names that stand for it."""
    left_aside: list[str] = field(default_factory=list)
    """Amounts and directions, as they were typed."""
    guesses: dict[str, list[str]] = field(default_factory=dict)
    """An unknown name to those that may be meant: shown as a question, never used as an answer."""

    @property
    def recognised(self) -> list[str]:
        """The names that the vocabulary has."""
        return list(self.readings)

    @property
    def is_empty(self) -> bool:
        """Whether the text holds no name at all."""
        return not (self.readings or self.unknown)

    @property
    def has_class(self) -> bool:
        """Whether a name stands for a kind of medicine, so that warnings of others are shown too."""
        return any(reading.kind is NameKind.CLASS for reading in self.readings.values())


@dataclass(frozen=True, repr=False)
class _Found:
    """A stretch of the text: a recognised name, an unknown one (None), or words left aside."""

    text: str
    reading: KnownName | None = None
    is_aside: bool = False


def parse_names(text: str, vocabulary: Vocabulary) -> ParsedNames:
    """Find the names of the vocabulary in a text; the longest match wins."""
    parsed = ParsedNames()
    for part in split_parts(clean(text)):
        for found in _Splitter(part, vocabulary).split():
            if found.is_aside:
                _append_once(parsed.left_aside, found.text)
            elif found.reading is None:
                _append_once(parsed.unknown, found.text)
            else:
                parsed.readings[found.text] = found.reading
                for slug in found.reading.slugs:
                    _append_once(parsed.names_by_term.setdefault(slug, []), found.text)
                for medicine in found.reading.missing:
                    _append_once(parsed.missing.setdefault(medicine, []), found.text)
                for medicine in found.reading.partial:
                    _append_once(parsed.partial.setdefault(medicine, []), found.text)
    by_spelling = {" ".join(name): reading for name, reading in vocabulary.items()}
    for name in parsed.unknown[:_MAX_GUESSED_NAMES]:
        folded = " ".join(token.text for token in split_tokens(name))
        if guesses := _distinct(guess_names(folded, by_spelling), by_spelling):
            parsed.guesses[name] = guesses
    return parsed


def _distinct(guesses: Sequence[str], known: Mapping[str, KnownName]) -> list[str]:
    """The guesses without those that stand for the same medicine, or for a kind with nothing more."""
    distinct: dict[tuple[str, ...], str] = {}
    slugs: list[set[str]] = []
    for guess in guesses:
        reading = known[guess]
        if reading.kind is not NameKind.CLASS or set(reading.slugs) not in slugs:
            distinct.setdefault(reading.medicines.names or (guess,), guess)
            slugs.append(set(reading.slugs))
    return list(distinct.values())


def _append_once(texts: list[str], text: str) -> None:
    if text not in texts:
        texts.append(text)


class _Splitter:
    """Splits a part of the text into the stretches of it, as typed."""

    def __init__(self, part: str, vocabulary: Vocabulary) -> None:
        self.part = part
        self.vocabulary = vocabulary
        self.tokens = split_tokens(part)
        self.unknown: list[Token] = []
        self.aside: list[Token] = []
        self.behind: KnownName | None = None
        """The name that the next token follows, if it may be a salt or `Plus`."""

    def split(self) -> list[_Found]:
        """All stretches, in order; a medicine that is called by its form alone is an unknown name."""
        found: list[_Found] = []
        index = 0
        while index < len(self.tokens):
            index = self._step(index, found)
        words = [token.word for token in self.tokens if token.word]
        if not found and not self.unknown and label_words.is_form_without_amount(words):
            return [_Found(self._typed(self.tokens))]
        return [*found, *self._flush()]

    def _step(self, index: int, found: list[_Found]) -> int:
        """Read one name or word, and return where the next begins."""
        size, reading = _longest_name(self.tokens, index, self.vocabulary)
        if reading:
            end = index + size
            found += [*self._flush(), _Found(self._typed(self.tokens[index:end]), reading)]
            self.behind = reading
            return end
        end = _end_of_fragment(self.tokens, index, self.vocabulary)
        fragment = self.tokens[index:end]
        if self._is_second_medicine(index):
            found += [*self._flush(), _Found(self._typed(self.tokens[index - 1 : end]))]
        elif self._is_filler(index, end):
            found += self._flush() if self.unknown else []
            self.aside += fragment
            if fragment[0].text in label_words.SALTS:
                return end
        else:
            found += self._flush() if self.aside else []
            self.unknown += fragment
        self.behind = None
        return end

    def _typed(self, tokens: Sequence[Token]) -> str:
        return " ".join(self.part[tokens[0].start : tokens[-1].end].split())

    def _flush(self) -> list[_Found]:
        found = [_Found(self._typed(self.unknown))] if self.unknown else []
        if any(token.text not in label_words.JOINING_WORDS for token in self.aside):
            found.append(_Found(self._typed(self.aside), is_aside=True))
        self.unknown, self.aside = [], []
        return found

    def _is_filler(self, index: int, end: int) -> bool:
        token = self.tokens[index]
        if index and len(token.text) == 1 and self.tokens[index - 1].text == "vitamin":
            return False
        if self.behind and token.text in label_words.SALTS:
            return True
        if token.word and end == token.word_end:
            return label_words.is_direction(token.word)
        return all(label_words.is_direction(each.text) for each in self.tokens[index:end])

    def _is_second_medicine(self, index: int) -> bool:
        """Whether `Plus` behind a brand names a second medicine, and does not join two names."""
        is_joining = index + 1 < len(self.tokens) and bool(
            _longest_name(self.tokens, index + 1, self.vocabulary)[0]
        )
        return (
            self.behind is not None
            and self.behind.kind is NameKind.BRAND
            and self.tokens[index].text in label_words.SECOND_MEDICINE_WORDS
            and not is_joining
        )


def _longest_name(
    tokens: Sequence[Token], index: int, vocabulary: Vocabulary
) -> tuple[int, KnownName | None]:
    """How many tokens, from the index on, form a name of the vocabulary, and its reading; else 0."""
    texts = [token.text for token in tokens[index : index + _MAX_TOKENS_OF_A_NAME]]
    for size in range(len(texts), 0, -1):
        if reading := vocabulary.get(tuple(texts[:size])):
            return size, reading
    if tokens[index].word:
        size = tokens[index].word_end - index
        if reading := vocabulary.get(("".join(texts[:size]),)):
            return size, reading
    return 0, None


def _end_of_fragment(tokens: Sequence[Token], index: int, vocabulary: Vocabulary) -> int:
    """Where the rest of the word ends, or the next name inside it begins: `warfarin-digoxin`."""
    end = tokens[index].word_end
    names = (at for at in range(index + 1, end) if _longest_name(tokens, at, vocabulary)[0])
    return next(names, end)
