"""References as other programs read them. Pure functions over works."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from citations.formats import bibtex, csl, plain, ris
from citations.formats.works import Work


class Format(NamedTuple):
    """How to write works, and what the file is called on its way."""

    write: Callable[[Iterable[Work]], str]
    media_type: str


FORMATS = {
    "bib": Format(bibtex.write, "application/x-bibtex"),
    "ris": Format(ris.write, "application/x-research-info-systems"),
    "json": Format(csl.write, "application/vnd.citationstyles.csl+json"),
    "txt": Format(plain.write, "text/plain"),
}
"""By the ending of the file."""
