"""The content pack as files: read and check it whole, or write it. No database here."""

from collections.abc import Callable
from pathlib import Path

from citations.schema import CitationDocument
from conditions.schema import ConditionDocument
from remedies.content.pack import (
    CIRCUMSTANCES,
    CITATIONS,
    CONDITIONS,
    REMEDIES,
    Pack,
    RemedyFile,
    consistency_errors,
)
from remedies.schema import CircumstanceDocument, EntryDocument, RemedyDocument
from remedies_site import yaml_format
from remedies_site.pack_reader import InvalidPack, PackReader


def read_pack(
    folder: Path, report: Callable[[], None] = lambda: None, *, partial: bool = False
) -> Pack:
    """Read and check a whole pack; `report` is called after each file of a remedy.

    Only a `partial` pack may be one without remedies.
    Raises: InvalidPack, naming file, document and field of every error.
    """
    reader = PackReader(folder)
    pack = Pack(
        citations=reader.read_documents(CITATIONS, "citations", CitationDocument, "key"),
        circumstances=reader.read_documents(
            CIRCUMSTANCES, "circumstances", CircumstanceDocument, "slug"
        ),
        conditions=reader.read_documents(CONDITIONS, "conditions", ConditionDocument, "slug"),
    )
    paths = sorted((folder / REMEDIES).glob("*.yaml"))
    for path in sorted((folder / REMEDIES).glob("*.yml")):
        reader.add_error(f"{REMEDIES}/{path.name}", "", "", "must end in .yaml")
    for path in paths:
        part = _read_remedy_file(reader, f"{REMEDIES}/{path.name}")
        if part is not None:
            pack.remedies.append(part)
        report()
    if not paths and not partial:
        reader.add_error(REMEDIES, "", "", "holds no remedy files")
    if errors := reader.errors or list(consistency_errors(pack)):
        raise InvalidPack(errors)
    return pack


def _read_remedy_file(reader: PackReader, file: str) -> RemedyFile | None:
    """A remedy with its entries; None where the remedy itself is invalid."""
    content = reader.read_mapping(file, "remedy", "entries")
    if not content:
        return None
    remedy = reader.validate(file, "remedy", content["remedy"], RemedyDocument)
    if remedy and file != f"{REMEDIES}/{remedy.slug}.yaml":
        reader.add_error(file, "remedy", "slug", "must be the name of its file")
    entries = reader.validate_list(file, "entries", content["entries"], EntryDocument, "condition")
    return RemedyFile(remedy, entries) if remedy else None


def write_pack(pack: Pack) -> dict[str, str]:
    """The canonical text of every file, by its path inside the pack."""
    files: dict[str, dict[str, object]] = {
        CITATIONS: {"citations": [work.with_dates() for work in pack.citations]},
        CIRCUMSTANCES: {"circumstances": [term.with_dates() for term in pack.circumstances]},
        CONDITIONS: {"conditions": [condition.with_dates() for condition in pack.conditions]},
    }
    for part in pack.remedies:
        files[part.path] = {
            "remedy": part.remedy.with_dates(),
            "entries": [entry.with_dates() for entry in part.entries],
        }
    return {path: yaml_format.write(content) for path, content in files.items()}
