"""References as other programs read them. Pure functions over works."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from citations.formats import bibtex, csl, plain, ris
from citations.formats.works import Work


class ExportFormat(NamedTuple):
    """How to write works, and what the file is called on its way."""

    write: Callable[[Iterable[Work]], str]
    media_type: str


FORMATS = {
    "bib": ExportFormat(bibtex.write, "application/x-bibtex"),
    "ris": ExportFormat(ris.write, "application/x-research-info-systems"),
    "json": ExportFormat(csl.write, "application/vnd.citationstyles.csl+json"),
    "txt": ExportFormat(plain.write, "text/plain"),
}
"""By the ending of the file."""
