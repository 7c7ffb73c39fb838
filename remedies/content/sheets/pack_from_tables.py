"""From sheets to the files of a pack: documents that they name and do not hold are the published ones."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.utils.translation import gettext as _

from citations.schema import citation_keys
from remedies.content.archive import read_archive
from remedies.content.exporting import published_pack
from remedies.content.files import write_pack
from remedies.content.pack import Pack, RemedyFile
from remedies.content.sheets.columns import MAIN_SHEETS
from remedies.content.sheets.sheet_reading import InvalidSheets, SheetReader
from remedies.schema import EntryDocument
from remedies_site.documents import Document
from remedies_site.exceptions import InvalidInput

Key = tuple[str, ...]
Documents = dict[str, dict[Key, Any]]
"""By the name of their main sheet and their key."""


def pack_from_sheets(texts: Mapping[str, str]) -> Pack:
    """The pack that sheets make, by their names. Raises InvalidSheets."""
    published = documents_of(published_pack())
    reader = SheetReader(texts)
    reader.read()
    documents: Documents = {}
    if not reader.errors:
        for sheet in MAIN_SHEETS:
            documents[sheet.name] = dict(reader.documents(sheet, published[sheet.name]))
    if reader.errors:
        raise InvalidSheets(reader.errors)
    _complete(documents, published)
    return _pack_of(documents)


def documents_of(pack: Pack) -> Documents:
    """The documents of a pack by sheet and key."""
    return {
        "references": {(one.key,): one for one in pack.citations},
        "circumstances": {(one.slug,): one for one in pack.circumstances},
        "conditions": {(one.slug,): one for one in pack.conditions},
        "remedies": {(part.remedy.slug,): part.remedy for part in pack.remedies},
        "entries": {
            (one.remedy, one.condition): one for part in pack.remedies for one in part.entries
        },
    }


def _complete(documents: Documents, published: Documents) -> None:
    """Add the published documents that others name; circumstances all, since their order counts."""
    documents["circumstances"] = {**published["circumstances"], **documents["circumstances"]}
    for remedy, condition in documents["entries"]:
        _add("remedies", remedy, documents, published)
        _add("conditions", condition, documents, published)
    for document in [*_pages(documents)]:
        for leaf in document.leaves():
            if leaf.path[-1] == "matters_for":
                for slug in leaf.value:
                    _add("conditions", slug, documents, published)
    for document in [*_pages(documents)]:
        for key in citation_keys(document):
            _add("references", key, documents, published)


def _add(sheet: str, key: str, documents: Documents, published: Documents) -> None:
    if (key,) not in documents[sheet] and (key,) in published[sheet]:
        documents[sheet][(key,)] = published[sheet][(key,)]


def _pages(documents: Documents) -> Iterator[Document]:
    for sheet in ("conditions", "remedies", "entries"):
        yield from documents[sheet].values()


def _pack_of(documents: Documents) -> Pack:
    entries: dict[str, list[EntryDocument]] = {}
    for (remedy, _condition), entry in documents["entries"].items():
        entries.setdefault(remedy, []).append(entry)
    return Pack(
        citations=list(documents["references"].values()),
        circumstances=list(documents["circumstances"].values()),
        conditions=list(documents["conditions"].values()),
        remedies=[
            RemedyFile(remedy, entries.get(slug, []))
            for (slug,), remedy in documents["remedies"].items()
        ],
    )


def pack_files_of(file: IO[bytes]) -> dict[str, str]:
    """The YAML files that an uploaded archive of sheets makes. Raises InvalidInput."""
    try:
        texts = {
            path.rpartition("/")[2].lower().removesuffix(".csv"): content.decode("utf-8-sig")
            for path, content in read_archive(file, (".csv",)).items()
        }
    except UnicodeDecodeError as error:
        raise InvalidInput(
            _("The sheets are UTF-8; one of these is not. Save it as CSV UTF-8.")
        ) from error
    try:
        return write_pack(pack_from_sheets(texts))
    except InvalidSheets as invalid:
        raise InvalidInput("\n".join(str(error) for error in invalid.errors[:50])) from invalid
