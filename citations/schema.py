"""The document of a citation, and the citations of any document."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import Field, model_validator

from citations.choices import RegistryStatus, StudyType
from citations.identifiers import DOI_PATTERN
from citations.marks import keys_in, replace_in_marks
from remedies_site.documents import (
    Count,
    Document,
    FilledLine,
    Keys,
    Line,
    RefersTo,
    at_most,
    field_path,
)
from remedies_site.markup import KEY

DocumentT = TypeVar("DocumentT", bound=Document)


class Cites(RefersTo):
    """Marks a field that holds keys of citations."""


CitationKey = Annotated[FilledLine, Cites("key")]
CitationKeys = Annotated[Keys, Cites("key")]
Key = Annotated[str, Field(pattern=rf"^{KEY}$", max_length=80)]


class CitationDocument(Document):
    """A work, as in fixtures/citations.yaml."""

    key: Key
    title: FilledLine
    authors: list[FilledLine] = []
    container: Annotated[Line, at_most(300)] = ""
    publisher: Annotated[Line, at_most(200)] = ""
    year: Annotated[int, Field(ge=1600, le=2100)] | None = None
    doi: Annotated[Line, at_most(200), Field(pattern=rf"^({DOI_PATTERN})?$")] = ""
    pmid: Annotated[Line, Field(pattern=r"^([1-9]\d{0,8})?$")] = ""
    pmcid: Annotated[Line, Field(pattern=r"^(PMC\d{1,9})?$")] = ""
    nct: Annotated[Line, Field(pattern=r"^(NCT\d{8})?$")] = ""
    url: Annotated[Line, at_most(500), Field(pattern=r"^(https?://\S+)?$")] = ""
    accessed_on: date | None = None
    study_type: StudyType
    sample_size: Count | None = None
    funding: Annotated[Line, at_most(300)] = ""
    registry_status: RegistryStatus | None = None
    completion_due: date | None = None
    retracted_on: date | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> "CitationDocument":
        if not (self.doi or self.pmid or self.pmcid or self.nct or self.url):
            raise ValueError("needs a way to find the work: doi, pmid, pmcid, nct or url")
        return self

    @model_validator(mode="after")
    def _status_of_a_register(self) -> "CitationDocument":
        has_status = self.registry_status is not None or self.completion_due is not None
        if has_status and self.study_type is not StudyType.REGISTRY_ENTRY:
            raise ValueError("only a registry entry has registry_status and completion_due")
        return self


def cited_keys(document: Document) -> Iterator[tuple[str, str]]:
    """The citations in the fields and marks of a document, as (field path, key)."""
    for leaf in document.leaves():
        path = field_path(leaf.path)
        if leaf.marker(Cites):
            keys = [leaf.value] if isinstance(leaf.value, str) else leaf.value
            yield from ((path, key) for key in keys if key)
        elif isinstance(leaf.value, str):
            yield from ((path, key) for key in keys_in(leaf.value))


def citation_keys(document: Document) -> list[str]:
    """The keys of all works that a document cites, sorted, without repetitions."""
    return sorted({key for _field, key in cited_keys(document)})


def replace_citations(document: DocumentT, keys: Mapping[str, str]) -> DocumentT:
    """The document with other keys in its fields and marks; the same object where it cites none of them.

    A row or a mark that then names a work twice names it once.
    """
    if not keys.keys() & set(citation_keys(document)):
        return document
    values = document.model_dump(exclude_defaults=True)
    for leaf in document.leaves():
        new: object
        if leaf.marker(Cites):
            new = _replaced(leaf.value, keys)
        elif isinstance(leaf.value, str):
            new = replace_in_marks(leaf.value, keys)
        else:
            continue
        if new != leaf.value:
            *way, name = leaf.path
            target: Any = values
            for part in way:
                target = target[part]
            target[name] = new
    return type(document).model_validate(values)


def _replaced(value: str | list[str], keys: Mapping[str, str]) -> str | list[str]:
    if isinstance(value, str):
        return keys.get(value, value)
    return sorted({keys.get(key, key) for key in value})
