"""References as other programs read them. Pure functions over works."""

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from citations.formats.works import Work


class ExportFormat(NamedTuple):
    """How to write works, and what the file is called on its way."""

    module: str
    media_type: str

    def write(self, works: Iterable[Work]) -> str:
        """The text of a file. The module is loaded for the first one: its libraries are large."""
        return str(import_module(f"citations.formats.{self.module}").write(works))


FORMATS = {
    "bib": ExportFormat("bibtex", "application/x-bibtex"),
    "ris": ExportFormat("ris", "application/x-research-info-systems"),
    "json": ExportFormat("csl", "application/vnd.citationstyles.csl+json"),
    "txt": ExportFormat("plain", "text/plain"),
}
"""By the ending of the file."""
