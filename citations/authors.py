"""Who wrote a work: people and organisations, as the library keeps them, one on each line.

A person stands as family name and initials ("van der Berg JP", "King ML Jr"). An organisation
stands whole ("World Health Organization"). Where its last word would be taken for initials, it is
kept in braces, as in BibTeX: "{Food Standards Agency UK}". Readers never see the braces. The line
"et al." says that more people wrote it than are listed.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from remedies_site.patterns import lazy_pattern

ET_AL = "et al."

_SUFFIX = r"(?:Jr|Sr|II|III|IV|[2-9](?:nd|rd|th))\.?"
_PERSON = lazy_pattern(
    rf"(?P<family>\S(?:.*?[^,])??) (?P<given>[^\W\d_a-z]{{1,4}})(?: (?P<suffix>{_SUFFIX}))?"
)
_SUFFIX_WORD = lazy_pattern(rf"{_SUFFIX}|jr\.?|sr\.?")
_WORD = lazy_pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GIVEN_INITIALS = lazy_pattern(r"(?:[^\W\d_]\.?[ -]?){1,5}")
_FEW_INITIALS = lazy_pattern(r"[^\W\d_]\.?[ -]?(?:[^\W\d_]\.?)?")
_OTHERS = lazy_pattern(r"(?:and\s+)?(?:others|et[\s.]*al\.?)[.,;\s]*", re.I)
_BODIES = lazy_pattern(
    r"\b(?:academy|administration|agency|alliance|association|authority|board|bureau|cent(?:er|re)|"
    r"clinic|company|corporation|laborator(?:y|ies)|trust|collaborati(?:on|ve)|college|commission|committee|consortium|council|department|"
    r"federation|foundation|group|hospital|institut(?:e|es|ion|o|ut)|investigators|ministry|"
    r"network|office|organi[sz]ation|panel|programme?|project|service|society|task force|team|"
    r"trialists|union|universit(?:y|ät|é|à)|working party)\b",
    re.I,
)


_BETWEEN_WORDS = lazy_pattern(r" (?:of|for|the|and|on|in|&) ")


class Author(NamedTuple):
    """A person with initials, or an organisation, which has its name in `family` alone."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def is_person(self) -> bool:
        """Whether the name has parts."""
        return bool(self.given)

    @property
    def is_et_al(self) -> bool:
        """Whether this stands for the authors that are not listed."""
        return self.family == ET_AL and not self.given


def parse_line(line: str) -> Author:
    """A line of the library as an author."""
    name = line.strip()
    if is_others(name):
        return Author(ET_AL)
    if name.startswith("{") and name.endswith("}"):
        return Author(name[1:-1].strip())
    if match := _initialled(name):
        return Author(match["family"], match["given"], match["suffix"] or "")
    return Author(name)


def format_line(author: Author) -> str:
    """The author as a line of the library; `parse_line` gives the same author back."""
    if author.is_person:
        return " ".join(part for part in author if part)
    if not author.is_et_al and (_initialled(author.family) or is_others(author.family)):
        return f"{{{author.family}}}"
    return author.family


def display_name(line: str) -> str:
    """A line of the library as readers see it."""
    author = parse_line(line)
    return author.family if line.strip().startswith("{") else line.strip()


def person(family: str, given: str, suffix: str = "") -> Author:
    """Family and given names as a person: “Müller”, “Jörg Anton” has the initials “JA”."""
    family, given = _one_line(family), _one_line(given)
    if _SUFFIX_WORD.fullmatch(given):
        given, suffix = "", suffix or given
    initials = _initials(given)
    if not initials:
        return Author(_one_line(f"{family} {suffix}"))
    return Author(family, initials, suffix.strip(" ,."))


def organisation(name: str) -> Author:
    """A body under its whole name."""
    return Author(_one_line(name))


def read_name(name: str) -> Author | None:
    """A name as files write it: “Müller, Jörg A.”, “King, M. L., Jr”, “Ohm CD”, “Ministry of Health”.

    A comma parts a family name from given names, unless the name says that it is a body's. Without
    a comma the name is taken whole, but for initials at its end. None where nothing is left.
    """
    name = _one_line(name)
    if name.startswith("{") and name.endswith("}"):
        return organisation(name[1:-1]) if name.strip("{} ,.;") else None
    name = name.strip(" ;")
    if not name.strip(" ,.;{}"):
        return None
    if is_others(name):
        return Author(ET_AL)
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 1:
        return _without_comma(name)
    family, *rest = parts
    given = [part for part in rest if part]
    body = looks_like_organisation(name) and not (given and _FEW_INITIALS.fullmatch(given[0]))
    if not parts[-1] and (body or not (given and _GIVEN_INITIALS.fullmatch(given[-1]))):
        return organisation(name.rstrip(" ,"))  # a comma at its end is how EndNote marks a body
    if not given:
        return organisation(family)
    if body:
        return organisation(name)
    if len(given) == 2 and _SUFFIX_WORD.fullmatch(given[0]):
        given.reverse()
    if len(given) > 2 or (len(given) == 2 and not _SUFFIX_WORD.fullmatch(given[1])):
        return organisation(name)
    return person(family, given[0], given[1] if len(given) == 2 else "")


def lines(authors: Iterable[Author | None]) -> list[str]:
    """Authors as lines of the library, those without a name left out."""
    return [line for author in authors if author and (line := format_line(author))]


def is_others(name: str) -> bool:
    """Whether the words stand for authors that are not listed."""
    return bool(_OTHERS.fullmatch(name))


def looks_like_organisation(name: str) -> bool:
    """Whether a name holds a word that bodies have in theirs: agency, institute, group …"""
    return bool(_BODIES.search(name))


def _without_comma(name: str) -> Author:
    if looks_like_organisation(name) or _BETWEEN_WORDS.search(name):
        return organisation(name)
    if match := _initialled(name.replace(".", "")):
        return Author(match["family"], match["given"], match["suffix"] or "")
    return organisation(name)


def _initialled(name: str) -> re.Match[str] | None:
    match = _PERSON.fullmatch(name)
    return match if match and match["given"] == match["given"].upper() else None


def _initials(given: str) -> str:
    compact = given.replace(".", "").replace(" ", "").replace("-", "")
    if compact.isalpha() and len(compact) <= 4 and compact == compact.upper() != compact.lower():
        return compact
    return "".join(word[0].upper()[:1] for word in _WORD.findall(given))


def _one_line(text: str) -> str:
    return " ".join(text.split())
