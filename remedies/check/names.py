"""Parse the names of medicines that a person typed into the vocabulary's terms. Pure functions.

Every word of the text is part of a recognised name, or a word of amount and frequency, or part of
a name that is reported as unknown: nothing is dropped silently.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from remedies_site.sorting import fold

_PART = re.compile(r"[^,;•\r\n]+")
_EDGE = r"\s+/&()®™:\"“”„«»!?\[\]{}<>=*_|"
_INNER = r".'’‘`´-"
# Stops, apostrophes and hyphens belong to a word only inside it: `5.5`, `john's`, `l-thyroxine`.
_WORD = re.compile(
    rf"(?:[^{_EDGE}{_INNER}]|(?<=[^{_EDGE}{_INNER}])[{_INNER}](?=[^{_EDGE}{_INNER}]))+"
)
_APOSTROPHES = re.compile(r"['’‘`´]")
_NOTE = re.compile(r" \(|, (?:now|or|not|such) ")
_LONG_NAME = 8
"""Letters from which on a name may differ from the right spelling by two instead of one."""
_MIN_LETTERS_TO_GUESS = 4
_MAX_GUESSES = 30
_AMOUNT = re.compile(r"x?\d[\d.]*(?:mg|g|mcg|μg|ug|iu|ml|x|%)?|%")
# Units, forms, and frequency: what stands on a packet or a plan beside the name.
_DOSE_WORDS = """
mg g mcg μg ug microgram micrograms gram grams iu ml unit units tablet tablets tab tabs capsule
capsules cap caps pill pills drop drops spray syrup cream gel injection injections patch
patches inhaler solution powder oral mr xl xr sr er cr la ec retard prolonged modified extended
slow release coated film once twice thrice one two three four time times daily day days week
weekly month monthly hour hours every each per morning evening night noon bedtime od bd bid tds
tid qds qid prn mane nocte before after meal meals food needed when as in at on the a an of for
my i take taking and with plus or x dose doses
"""
DOSE_WORDS = frozenset(_DOSE_WORDS.split())
_FORMS = frozenset(
    [
        "pill",
        "pills",
        "inhaler",
        "injection",
        "injections",
        "cream",
        "spray",
        "syrup",
        "drops",
        "patch",
        "patches",
        "gel",
        "powder",
    ]
)
"""Words that people use alone for a medicine without saying which: `my inhaler`."""
_COUNTS = frozenset(["one", "two", "three", "four", "once", "twice", "thrice", "half", "x"])
_SALT_WORDS = """
sodium potassium hydrochloride hcl dihydrochloride hydrobromide sulfate sulphate maleate
besilate besylate mesilate mesylate hyclate monohydrate tartrate bitartrate succinate fumarate
hemifumarate phosphate acetate propionate dipropionate furoate valerate erbumine arginine
medoxomil cilexetil etexilate citrate bromide nitrate lactate
"""
SALTS = frozenset(_SALT_WORDS.split())
"""Second parts of a medicine's name, where they are no names of their own."""

Name = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A medicine class or a situation, with the names that belong to it."""

    slug: str
    kind: str
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpokenNames:
    """Names beside those of the vocabulary; where the vocabulary has a name itself, it holds."""

    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What people call a kind of medicine, to the slugs of the terms."""
    brands: Mapping[str, str] = field(default_factory=dict)
    """A brand to the generic name of its medicine."""


@dataclass(frozen=True, repr=False)
class ParsedNames:
    """The names in a text, as they were typed, each once and in the order of the text."""

    names_by_term: dict[str, list[str]] = field(default_factory=dict)
    """A term's slug to the names in the text that belong to it."""
    recognised: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    brands: dict[str, str] = field(default_factory=dict)
    """A recognised name that is a brand, to the name of its medicine."""
    classes: dict[str, list[str]] = field(default_factory=dict)
    """A recognised name for a kind of medicine, to the names of the terms it was taken for."""
    guesses: dict[str, str] = field(default_factory=dict)
    """An unknown name to the one that may be meant: shown as a question, never used as an answer."""

    @property
    def is_empty(self) -> bool:
        """Whether the text holds no name at all."""
        return not (self.recognised or self.unknown)


def parse_names(text: str, terms: Iterable[Term], spoken: SpokenNames | None = None) -> ParsedNames:
    """Find the names of terms and of their members in a text, and spoken names; the longest match wins."""
    terms = list(terms)
    own_names = index_names(terms)
    brands, classes = _index_spoken(spoken or SpokenNames(), own_names, terms)
    slugs_by_name = (
        own_names | classes | {name: slugs for name, (_generic, slugs) in brands.items()}
    )
    term_names = {term.slug: term.name for term in terms}
    parsed = ParsedNames()
    for part in _PART.findall(text):
        for name, slugs in _split_names(part, slugs_by_name):
            listed = parsed.recognised if slugs else parsed.unknown
            if name not in listed:
                listed.append(name)
            for slug in slugs:
                names = parsed.names_by_term.setdefault(slug, [])
                names.extend([name] if name not in names else [])
            if (words := _words(name)) in brands:
                parsed.brands[name] = brands[words][0]
            elif words in classes:
                parsed.classes[name] = [term_names[slug] for slug in slugs]
    spellings = [" ".join(name) for name in slugs_by_name]
    for name in parsed.unknown[:_MAX_GUESSES]:
        if guess := _guess(" ".join(_words(name)), spellings):
            parsed.guesses[name] = guess
    return parsed


def _index_spoken(
    spoken: SpokenNames, own_names: Mapping[Name, list[str]], terms: Iterable[Term]
) -> tuple[dict[Name, tuple[str, list[str]]], dict[Name, list[str]]]:
    """Brands with medicine and slugs, and names of classes with slugs, where the terms have them."""
    slugs = {term.slug for term in terms}
    classes: dict[Name, list[str]] = {}
    for name, of_class in spoken.classes.items():
        if (words := _words(name)) not in own_names and (
            present := [s for s in of_class if s in slugs]
        ):
            classes[words] = present
    brands: dict[Name, tuple[str, list[str]]] = {}
    for brand, medicine in spoken.brands.items():
        of_medicine = own_names.get(_words(medicine)) or classes.get(_words(medicine))
        if of_medicine and _words(brand) not in own_names:
            brands[_words(brand)] = (medicine, of_medicine)
    return brands, classes


def correct_spelling(text: str, guesses: Mapping[str, str]) -> str:
    """The text with every guess in the place of the name it is for."""
    for name, guess in guesses.items():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", guess.replace("\\", r"\\"), text)
    return text


def index_names(terms: Iterable[Term]) -> dict[Name, list[str]]:
    """Every name, as folded words, to the slugs of the terms that have it.

    A term's name counts with and without the note behind it, in brackets or after a comma.
    """
    slugs_by_name: dict[Name, list[str]] = {}
    for term in terms:
        names = [term.name, _NOTE.split(term.name, maxsplit=1)[0], *term.members]
        for name in dict.fromkeys(_words(name) for name in names):
            slugs_by_name.setdefault(name, []).append(term.slug)
    return slugs_by_name


def slugs_of(name: str, slugs_by_name: Mapping[Name, Sequence[str]]) -> frozenset[str]:
    """Slugs of the terms that have exactly this name: a remedy is a substance too."""
    return frozenset(slugs_by_name.get(_words(name), ()))


def _words(name: str) -> Name:
    """The words of a name without apostrophes, split at hyphens: `st johns wort` for St John's-wort."""
    return tuple(part for word in _WORD.findall(name) for part in _word_parts(word))


def _word_parts(word: str) -> list[str]:
    return _APOSTROPHES.sub("", fold(word)).replace("-", " ").split()


def _split_names(
    part: str, slugs_by_name: Mapping[Name, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """The names of a part of the text as typed, each with its slugs; no slugs where it is unknown."""
    matches = list(_WORD.finditer(part))
    words = [fold(match[0]) for match in matches]
    longest = max(map(len, slugs_by_name), default=0)
    unknown: list[int] = []
    index, follows_name, is_nameless = 0, False, True

    def typed(first: int, last: int) -> str:
        return " ".join(part[matches[first].start() : matches[last].end()].split())

    while index < len(words):
        size, slugs = _longest_name(words[index : index + longest], slugs_by_name)
        is_salt = follows_name and not size and words[index] in SALTS
        is_filler = is_salt or _is_dose_word(words[index])
        is_filler = is_filler and words[index - 1 : index] != ["vitamin"]
        is_nameless = is_nameless and is_filler and not size
        if unknown and (size or is_filler):
            yield typed(unknown[0], unknown[-1]), []
            unknown = []
        if size:
            yield typed(index, index + size - 1), slugs
            follows_name = True
        else:
            follows_name = is_salt
            unknown += [] if is_filler else [index]
        index += max(size, 1)
    if unknown:
        yield typed(unknown[0], unknown[-1]), []
    elif is_nameless and _is_medicine_without_name(words):
        yield typed(0, len(words) - 1), []


def _is_medicine_without_name(words: Sequence[str]) -> bool:
    """Whether words of amount and form say the form of a medicine and not how much: `my inhaler`."""
    return any(word in _FORMS for word in words) and not any(
        _AMOUNT.fullmatch(word) or word in _COUNTS for word in words
    )


def _longest_name(
    words: Sequence[str], slugs_by_name: Mapping[Name, list[str]]
) -> tuple[int, list[str]]:
    """How many of the words, from the first on, form a recognised name, and its slugs; else 0."""
    for size in range(len(words), 0, -1):
        name = tuple(part for word in words[:size] for part in _word_parts(word))
        if slugs := slugs_by_name.get(name):
            return size, slugs
    return 0, []


def _is_dose_word(word: str) -> bool:
    return word in DOSE_WORDS or bool(_AMOUNT.fullmatch(word))


def _guess(name: str, spellings: Sequence[str]) -> str:
    """The nearest spelling with the same first letter, else the only one that begins so, else "".

    Nearest by Levenshtein distance: at most 1, or 2 for a long name.
    """
    if len(name) < _MIN_LETTERS_TO_GUESS:
        return ""
    candidates = [spelling for spelling in spellings if spelling[:1] == name[:1]]
    cutoff = 1 + (len(name) >= _LONG_NAME)
    best = process.extractOne(name, candidates, scorer=Levenshtein.distance, score_cutoff=cutoff)
    if best:
        return str(best[0])
    completions = [spelling for spelling in candidates if spelling.startswith(name)]
    return completions[0] if len(completions) == 1 else ""
