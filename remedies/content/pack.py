"""The content pack as files: read it, check it whole, write it. No database here."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import ValidationError

from citations.schema import CitationDocument, cited_keys
from conditions.schema import ConditionDocument
from remedies.content import yaml_format
from remedies.grading.inputs import WorkFacts
from remedies.grading.record import grade_entry
from remedies.grading.verdicts import verdict_errors
from remedies.schema import (
    CircumstanceDocument,
    EntryDocument,
    InteractionRow,
    PrecautionRow,
    RemedyDocument,
)
from remedies_site.documents import Document, validation_errors

CITATIONS = "citations.yaml"
CIRCUMSTANCES = "circumstances.yaml"
CONDITIONS = "conditions.yaml"
REMEDIES = "remedies"
IDENTIFIERS = ("doi", "pmid", "pmcid")
"""Each names one work, so no two works may share one."""


class Problem(NamedTuple):
    """One thing wrong with a pack, and where."""

    file: str
    entry: str
    field: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry or '(file)'}: {self.field or '(whole)'}: {self.sentence}"


class PackRefused(Exception):
    """A pack with problems; nothing of it was loaded."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep every problem, so that all are mended in one go."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass
class RemedyFile:
    """A remedy with its entries, as they stand in one file."""

    remedy: RemedyDocument
    entries: list[EntryDocument]


@dataclass
class Pack:
    """Everything that `fixtures/` holds."""

    citations: list[CitationDocument] = field(default_factory=list)
    circumstances: list[CircumstanceDocument] = field(default_factory=list)
    conditions: list[ConditionDocument] = field(default_factory=list)
    remedies: list[RemedyFile] = field(default_factory=list)


def write_pack(pack: Pack) -> dict[str, str]:
    """The canonical text of every file, by its path inside the pack."""
    files: dict[str, dict[str, Any]] = {
        CITATIONS: {"citations": [work.with_dates() for work in pack.citations]},
        CIRCUMSTANCES: {"circumstances": [term.with_dates() for term in pack.circumstances]},
        CONDITIONS: {"conditions": [condition.with_dates() for condition in pack.conditions]},
    }
    for part in pack.remedies:
        files[f"{REMEDIES}/{part.remedy.slug}.yaml"] = {
            "remedy": part.remedy.with_dates(),
            "entries": [entry.with_dates() for entry in part.entries],
        }
    return {path: yaml_format.write(content) for path, content in files.items()}


def read_pack(folder: Path) -> Pack:
    """Read and check a whole pack. Raises PackRefused naming file, entry and field of each fault."""
    reader = _Reader(folder)
    pack = Pack(
        citations=reader.documents(CITATIONS, "citations", CitationDocument, "key"),
        circumstances=reader.documents(
            CIRCUMSTANCES, "circumstances", CircumstanceDocument, "slug"
        ),
        conditions=reader.documents(CONDITIONS, "conditions", ConditionDocument, "slug"),
    )
    remedy_files = sorted((folder / REMEDIES).glob("*.yaml"))
    for path in sorted((folder / REMEDIES).glob("*.yml")):
        reader.problems.append(Problem(f"{REMEDIES}/{path.name}", "", "", "must end in .yaml"))
    for path in remedy_files:
        part = reader.remedy_file(f"{REMEDIES}/{path.name}")
        if part is not None:
            pack.remedies.append(part)
    if not remedy_files:
        reader.problems.append(Problem(REMEDIES, "", "", "holds no remedy files"))
    if not reader.problems:
        reader.problems.extend(_across(pack))
    if reader.problems:
        raise PackRefused(reader.problems)
    return pack


D = TypeVar("D", bound=Document)


class _Reader:
    """Reads files and gathers problems instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def mapping(self, file: str, *parts: str) -> dict[str, Any]:
        """The file's content, with just these parts; {} when it cannot be used."""
        try:
            content = yaml_format.read((self.folder / file).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(file, "", "", f"cannot be read: {error}"))
            return {}
        except yaml.YAMLError as error:
            sentence = "is not YAML: " + " ".join(str(error).split())
            self.problems.append(Problem(file, "", "", sentence))
            return {}
        if not isinstance(content, dict) or set(content) != set(parts):
            sentence = f"must hold {' and '.join(parts)}, and nothing else"
            self.problems.append(Problem(file, "", "", sentence))
            return {}
        return content

    def documents(self, file: str, part: str, model: type[D], name: str) -> list[D]:
        """The checked documents of a list; their names must be unique in the file."""
        return self._checked(file, self.mapping(file, part).get(part, []), part, model, name)

    def remedy_file(self, file: str) -> RemedyFile | None:
        """A remedy with its entries; None where the remedy itself is at fault."""
        content = self.mapping(file, "remedy", "entries")
        if not content:
            return None
        remedy = self._one(file, "remedy", content["remedy"], RemedyDocument)
        if remedy and file != f"{REMEDIES}/{remedy.slug}.yaml":
            self.problems.append(Problem(file, "remedy", "slug", "must be the name of its file"))
        entries = self._checked(file, content["entries"], "entries", EntryDocument, "condition")
        return RemedyFile(remedy, entries) if remedy else None

    def _checked(self, file: str, listed: Any, part: str, model: type[D], name: str) -> list[D]:
        if not isinstance(listed, list):
            self.problems.append(Problem(file, "", part, "must be a list"))
            return []
        documents: list[D] = []
        seen: set[str] = set()
        for position, raw in enumerate(listed, start=1):
            called = raw.get(name) if isinstance(raw, dict) else None
            label = str(called or f"{part}[{position}]")
            if label in seen:
                self.problems.append(Problem(file, label, name, "stands in this file twice"))
            seen.add(label)
            document = self._one(file, label, raw, model)
            if document is not None:
                documents.append(document)
        return documents

    def _one(self, file: str, label: str, raw: Any, model: type[D]) -> D | None:
        try:
            document = model.model_validate(raw)
        except ValidationError as error:
            self.problems.extend(Problem(file, label, *fault) for fault in validation_errors(error))
            return None
        self.problems.extend(Problem(file, label, *fault) for fault in document.publish_errors())
        return document


def _across(pack: Pack) -> Iterator[Problem]:
    """What only shows when the files are held together: a pack stands on its own."""
    yield from _shared_identifiers(pack.citations)
    works = {work.key for work in pack.citations}
    conditions = {condition.slug for condition in pack.conditions}
    terms = {term.slug for term in pack.circumstances}
    for condition in pack.conditions:
        yield from _uncited(CONDITIONS, condition.slug, condition, works)
    for part in pack.remedies:
        file = f"{REMEDIES}/{part.remedy.slug}.yaml"
        yield from _uncited(file, "remedy", part.remedy, works)
        yield from _unlisted(file, "remedy", "interactions", part.remedy.interactions, terms)
        yield from _unlisted(file, "remedy", "precautions", part.remedy.precautions, terms)
        for entry in part.entries:
            if entry.remedy != part.remedy.slug:
                yield Problem(file, entry.condition, "remedy", f"must be {part.remedy.slug!r}")
            if entry.condition not in conditions:
                sentence = f"no condition of this pack is called {entry.condition!r}"
                yield Problem(file, entry.condition, "condition", sentence)
            yield from _unlisted(file, entry.condition, "precautions", entry.precautions, terms)
            strangers = list(_uncited(file, entry.condition, entry, works))
            yield from strangers or _misjudged(file, entry, pack)


def _unlisted(
    file: str,
    label: str,
    field: str,
    rows: Sequence[InteractionRow | PrecautionRow],
    terms: Container[str],
) -> Iterator[Problem]:
    """Circumstances that rows name and the vocabulary does not have."""
    for position, row in enumerate(rows, start=1):
        for slug in row.applies_to:
            if slug not in terms:
                place = f"{field}[{position}].applies_to"
                yield Problem(file, label, place, f"{CIRCUMSTANCES} has no {slug!r}")


def _misjudged(file: str, entry: EntryDocument, pack: Pack) -> Iterator[Problem]:
    """What in a verdict does not fit the grade that the pack's own works give."""
    cited = {row.citation for row in entry.evidence_items}
    works = {
        work.key: WorkFacts(work.study_type, work.retracted_on is not None)
        for work in pack.citations
        if work.key in cited
    }
    grade = grade_entry(entry, works)
    for said in verdict_errors(entry.verdict, grade.certainty, grade.effect):
        yield Problem(file, entry.condition, "verdict", said)


def _shared_identifiers(works: Iterable[CitationDocument]) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for work in works:
        for name in IDENTIFIERS:
            value = getattr(work, name)
            owner = first.setdefault((name, value), work.key) if value else work.key
            if owner != work.key:
                yield Problem(CITATIONS, work.key, name, f"{owner!r} has {value!r} already")


def _uncited(file: str, label: str, document: Document, works: Iterable[str]) -> Iterator[Problem]:
    for place, key in cited_keys(document):
        if key not in works:
            yield Problem(file, label, place, f"{CITATIONS} has no {key!r}")
