"""A work as a Citation of FHIR R5."""

from typing import Any

from api.fhir.codes import RETRACTED, STATUS_SYSTEM, Json, concept
from api.schema import CitationRecord
from citations.authors import display_name
from citations.schema import CitationDocument

IDENTIFIER_SYSTEMS = {
    "doi": "https://doi.org",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc",
}
REGISTER = "https://clinicaltrials.gov"


def citation_resource(record: CitationRecord, resource_id: str) -> Json:
    """The Citation of a work; empty elements are left out."""
    work = record.document
    return {
        "resourceType": "Citation",
        "id": resource_id,
        "url": record.url,
        "status": "active",
        "title": work.title,
        "citedArtifact": _without_empty(
            {
                "identifier": _identifiers(work),
                "relatedIdentifier": [{"system": REGISTER, "value": work.nct}] if work.nct else [],
                "dateAccessed": work.accessed_on and work.accessed_on.isoformat(),
                **_retraction(work),
                "title": [{"text": work.title}],
                "publicationForm": _form(work),
                "webLocation": [{"url": work.url}] if work.url else [],
                "classification": [
                    {
                        "type": {"text": "kind of study"},
                        "classifier": [{"text": str(work.study_type.label)}],
                    }
                ],
                "contributorship": _authors(work),
            }
        ),
    }


def _identifiers(work: CitationDocument) -> list[Json]:
    return [
        {"system": system, "value": value}
        for name, system in IDENTIFIER_SYSTEMS.items()
        if (value := getattr(work, name))
    ]


def _form(work: CitationDocument) -> list[Json]:
    form = _without_empty(
        {
            "publishedIn": {"title": work.container} if work.container else None,
            "articleDate": str(work.year) if work.year else None,
        }
    )
    return [form] if form else []


def _authors(work: CitationDocument) -> Json | None:
    if not work.authors:
        return None
    return {"summary": [{"value": ", ".join(display_name(line) for line in work.authors)}]}


def _retraction(work: CitationDocument) -> Json:
    if work.retracted_on is None:
        return {}
    status = concept(STATUS_SYSTEM, RETRACTED)
    return {
        "currentState": [status],
        "statusDate": [{"activity": status, "period": {"start": work.retracted_on.isoformat()}}],
    }


def _without_empty(values: dict[str, Any]) -> Json:
    return {name: value for name, value in values.items() if value}
