"""References from other programs: RIS, BibTeX, NBIB, and lookups by DOI or PMID."""

from collections.abc import Callable

from citations.importing import bibtex, nbib, ris
from citations.importing.works import Found

READERS: dict[str, Callable[[str], list[Found]]] = {
    "ris": ris.read,
    "bib": bibtex.read,
    "nbib": nbib.read,
}
"""By the ending of a file."""


def guess(text: str) -> str:
    """Which of the formats a text is in, by its first sign; empty where none of them."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("@"):
        return "bib"
    if start.startswith("PMID-"):
        return "nbib"
    return "ris" if start.startswith("TY  -") else ""
