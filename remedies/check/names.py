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
_WORD = re.compile(r"[^\s+/&()]+")
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


@dataclass(frozen=True, repr=False)
class ParsedNames:
    """The names in a text, as they were typed, each once and in the order of the text."""

    names_by_term: dict[str, list[str]] = field(default_factory=dict)
    """A term's slug to the names in the text that belong to it."""
    recognised: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    guesses: dict[str, str] = field(default_factory=dict)
    """An unknown name to the one that may be meant: shown as a question, never used as an answer."""

    @property
    def is_empty(self) -> bool:
        """Whether the text holds no name at all."""
        return not (self.recognised or self.unknown)


def parse_names(text: str, terms: Iterable[Term]) -> ParsedNames:
    """Find the names of terms and of their members in a text; the longest match wins."""
    slugs_by_name = index_names(terms)
    parsed = ParsedNames()
    for part in _PART.findall(text):
        for name, slugs in _split_names(part, slugs_by_name):
            listed = parsed.recognised if slugs else parsed.unknown
            if name not in listed:
                listed.append(name)
            for slug in slugs:
                names = parsed.names_by_term.setdefault(slug, [])
                names.extend([name] if name not in names else [])
    spellings = [" ".join(name) for name in slugs_by_name]
    for name in parsed.unknown[:_MAX_GUESSES]:
        if guess := _guess(" ".join(_words(name)), spellings):
            parsed.guesses[name] = guess
    return parsed


def correct_spelling(text: str, guesses: Mapping[str, str]) -> str:
    """The text with every guess in the place of the name it is for."""
    for name, guess in guesses.items():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", guess.replace("\\", r"\\"), text)
    return text


def index_names(terms: Iterable[Term]) -> dict[Name, list[str]]:
    """Every name, as folded words, to the slugs of the terms that have it.

    A term's name counts with and without the note in brackets behind it.
    """
    slugs_by_name: dict[Name, list[str]] = {}
    for term in terms:
        names = [term.name, term.name.partition(" (")[0], *term.members]
        for name in dict.fromkeys(_words(name) for name in names):
            slugs_by_name.setdefault(name, []).append(term.slug)
    return slugs_by_name


def slugs_of(name: str, slugs_by_name: Mapping[Name, Sequence[str]]) -> frozenset[str]:
    """Slugs of the terms that have exactly this name: a remedy is a substance too."""
    return frozenset(slugs_by_name.get(_words(name), ()))


def _words(name: str) -> Name:
    return tuple(_WORD.findall(fold(name)))


def _split_names(
    part: str, slugs_by_name: Mapping[Name, list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """The names of a part of the text as typed, each with its slugs; no slugs where it is unknown."""
    matches = list(_WORD.finditer(part))
    words = [fold(match[0]) for match in matches]
    longest = max(map(len, slugs_by_name), default=0)
    unknown: list[int] = []
    index, follows_name = 0, False

    def typed(first: int, last: int) -> str:
        return " ".join(part[matches[first].start() : matches[last].end()].split())

    while index < len(words):
        size = _longest_name(words[index : index + longest], slugs_by_name)
        is_salt = follows_name and not size and words[index] in SALTS
        is_filler = is_salt or _is_dose_word(words[index])
        is_filler = is_filler and words[index - 1 : index] != ["vitamin"]
        if unknown and (size or is_filler):
            yield typed(unknown[0], unknown[-1]), []
            unknown = []
        if size:
            name = tuple(words[index : index + size])
            yield typed(index, index + size - 1), slugs_by_name[name]
            follows_name = True
        else:
            follows_name = is_salt
            unknown += [] if is_filler else [index]
        index += max(size, 1)
    if unknown:
        yield typed(unknown[0], unknown[-1]), []


def _longest_name(words: Sequence[str], slugs_by_name: Mapping[Name, object]) -> int:
    """How many of the words, from the first on, form a recognised name; 0 where none do."""
    sizes = range(len(words), 0, -1)
    return next((size for size in sizes if tuple(words[:size]) in slugs_by_name), 0)


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
