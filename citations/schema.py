"""The document of a citation, and which citations a document of any kind names."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from citations.identifiers import DOI_PATTERN
from citations.marks import keys_in
from citations.vocabulary import RegistryStatus, StudyType
from remedies_site.documents import Count, Document, FilledLine, Line, at_most, field_path
from remedies_site.markup import KEY

Key = Annotated[str, Field(pattern=rf"^{KEY}$", max_length=80)]


class CitationDocument(Document):
    """One work, as it stands in fixtures/citations.yaml."""

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
        told = self.registry_status is not None or self.completion_due is not None
        if told and self.study_type is not StudyType.REGISTRY_ENTRY:
            raise ValueError("only a registry entry has registry_status and completion_due")
        return self


def cited_keys(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every citation a canonical document names, as (field path, key): in rows and in marks."""
    yield from _cited(document, ())


def citation_keys(document: dict[str, Any]) -> list[str]:
    """The keys of every work a canonical document names, each once, in alphabetical order."""
    return sorted({key for _field, key in cited_keys(document)})


def _cited(value: Any, path: tuple[int | str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "citation":
                yield field_path((*path, name)), part
            elif name in {"citations", "reviews"}:
                yield from ((field_path((*path, name)), key) for key in part)
            else:
                yield from _cited(part, (*path, name))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from _cited(part, (*path, position))
    elif isinstance(value, str):
        yield from ((field_path(path), key) for key in keys_in(value))
