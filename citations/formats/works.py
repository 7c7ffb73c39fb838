"""A work as the formats see it: its names split, its kind in the words of each format."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

_INITIALS = re.compile(r"(?P<family>\S.*) (?P<given>[A-Z]{1,4})")


class Work(Protocol):
    """What a format needs to know of a work; a Citation is one."""

    key: str
    title: str
    container: str
    publisher: str
    year: int | None
    doi: str
    pmid: str
    pmcid: str
    nct: str
    accessed_on: date | None

    @property
    def author_list(self) -> list[str]: ...

    @property
    def link(self) -> str: ...


class Name(NamedTuple):
    """A person, or a body, which has no given name."""

    family: str
    given: str


def names(authors: Iterable[str]) -> list[Name]:
    """“Jadidi A” as a person; what does not end in initials as a body."""
    return [
        Name(found["family"], found["given"])
        if (found := _INITIALS.fullmatch(author))
        else Name(author, "")
        for author in authors
        if author.strip(" .") != "et al"
    ]
