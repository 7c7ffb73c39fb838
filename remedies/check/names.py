"""Which kinds of medicine the names belong to that somebody typed. Pure, nothing is kept.

Every word that was typed is part of a name that we know, or says how much and how often, or is told
to be unknown: nothing is dropped without a word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from remedies_site.sorting import fold

_PIECE = re.compile(r"[^,;•\r\n]+")
_WORD = re.compile(r"[^\s+/&()]+")
_LONG = 8
"""Letters from which on two of them may be wrong."""
_SHORTEST_GUESS = 4
_MOST_GUESSES = 30
_AMOUNT = re.compile(r"x?\d[\d.]*(?:mg|g|mcg|μg|ug|iu|ml|x|%)?|%")
# Units, forms, and how often: what stands on a packet or a plan beside the name.
_HOW_WORDS = """
mg g mcg μg ug microgram micrograms gram grams iu ml unit units tablet tablets tab tabs capsule
capsules cap caps pill pills drop drops spray syrup cream gel injection injections patch
patches inhaler solution powder oral mr xl xr sr er cr la ec retard prolonged modified extended
slow release coated film once twice thrice one two three four time times daily day days week
weekly month monthly hour hours every each per morning evening night noon bedtime od bd bid tds
tid qds qid prn mane nocte before after meal meals food needed when as in at on the a an of for
my i take taking and with plus or x dose doses
"""
_HOW = frozenset(_HOW_WORDS.split())
_SALT_WORDS = """
sodium potassium hydrochloride hcl dihydrochloride hydrobromide sulfate sulphate maleate
besilate besylate mesilate mesylate hyclate monohydrate tartrate bitartrate succinate fumarate
hemifumarate phosphate acetate propionate dipropionate furoate valerate erbumine arginine
medoxomil cilexetil etexilate citrate bromide nitrate lactate
"""
_SALTS = frozenset(_SALT_WORDS.split())
"""Second halves of a medicine's name, where they are no names of their own."""

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
    """What became of the names that somebody typed."""

    found: dict[str, list[str]] = field(default_factory=dict)
    """A term's slug to the names under which it was typed."""
    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    guesses: dict[str, str] = field(default_factory=dict)
    """A name that we do not have to the one that may be meant: a question, never an answer."""

    @property
    def is_empty(self) -> bool:
        """Whether there was no name at all."""
        return not (self.known or self.unknown)


def match_names(text: str, terms: Iterable[Term]) -> ParsedNames:
    """Find the names of classes and of their members in what was typed, the longest first."""
    by_name = names_of(terms)
    typed = ParsedNames()
    for piece in _PIECE.findall(text):
        for name, slugs in _read(piece, by_name):
            listed = typed.known if slugs else typed.unknown
            if name not in listed:
                listed.append(name)
            for slug in slugs:
                names = typed.found.setdefault(slug, [])
                names.extend([name] if name not in names else [])
    spelled = [" ".join(name) for name in by_name]
    for name in typed.unknown[:_MOST_GUESSES]:
        if guess := _guess(" ".join(_words(name)), spelled):
            typed.guesses[name] = guess
    return typed


def mended(text: str, guesses: Mapping[str, str]) -> str:
    """What was typed with every guess in its place."""
    for name, guess in guesses.items():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", guess.replace("\\", r"\\"), text)
    return text


def names_of(terms: Iterable[Term]) -> dict[Name, list[str]]:
    """Every name, in words, to the slugs of the terms that have it; notes in brackets may go."""
    by_name: dict[Name, list[str]] = {}
    for term in terms:
        names = [term.name, term.name.partition(" (")[0], *term.members]
        for name in dict.fromkeys(_words(name) for name in names):
            by_name.setdefault(name, []).append(term.slug)
    return by_name


def terms_of(name: str, by_name: Mapping[Name, Sequence[str]]) -> frozenset[str]:
    """Slugs of the terms that have the whole name: a remedy is a substance too."""
    return frozenset(by_name.get(_words(name), ()))


def _words(name: str) -> Name:
    return tuple(_WORD.findall(fold(name)))


def _read(piece: str, by_name: Mapping[Name, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """The names of a piece as they were typed, each with its slugs; none where it is unknown."""
    places = list(_WORD.finditer(piece))
    words = [fold(place[0]) for place in places]
    longest = max(map(len, by_name), default=0)
    strange: list[int] = []
    at, behind_a_name = 0, False

    def typed(first: int, last: int) -> str:
        return " ".join(piece[places[first].start() : places[last].end()].split())

    while at < len(words):
        size = _longest_name(words[at : at + longest], by_name)
        is_salt = behind_a_name and not size and words[at] in _SALTS
        is_filler = is_salt or _says_how(words[at])
        is_filler = is_filler and words[at - 1 : at] != ["vitamin"]
        if strange and (size or is_filler):
            yield typed(strange[0], strange[-1]), []
            strange = []
        if size:
            yield typed(at, at + size - 1), by_name[tuple(words[at : at + size])]
            behind_a_name = True
        else:
            behind_a_name = is_salt
            strange += [] if is_filler else [at]
        at += max(size, 1)
    if strange:
        yield typed(strange[0], strange[-1]), []


def _longest_name(words: Sequence[str], by_name: Mapping[Name, object]) -> int:
    """How many of the words, from the first on, are a name that we know; 0 where none is."""
    sizes = range(len(words), 0, -1)
    return next((size for size in sizes if tuple(words[:size]) in by_name), 0)


def _says_how(word: str) -> bool:
    return word in _HOW or bool(_AMOUNT.fullmatch(word))


def _guess(name: str, spelled: Sequence[str]) -> str:
    """The name within one wrong letter, or two of a long one, or the only one that begins so."""
    if len(name) < _SHORTEST_GUESS:
        return ""
    alike = [one for one in spelled if one[:1] == name[:1]]
    wrong = 1 + (len(name) >= _LONG)
    best = process.extractOne(name, alike, scorer=Levenshtein.distance, score_cutoff=wrong)
    if best:
        return str(best[0])
    begun = [one for one in alike if one.startswith(name)]
    return begun[0] if len(begun) == 1 else ""
