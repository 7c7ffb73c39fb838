"""A bundle for each remedy: the Evidence of its entries, and every Citation that it refers to."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.conf import settings

from api.fhir.citations_fhir import citation_resource
from api.fhir.codes import Json
from api.fhir.evidence_fhir import entry_evidence, result_evidence
from api.open_records import citation_record
from api.schema import EntryRecord
from citations.schema import CitationDocument, citation_keys
from remedies.content.pack import Pack


def fhir_files(pack: Pack, entries: Sequence[EntryRecord]) -> Iterator[tuple[str, str]]:
    """The slug of each remedy that has entries, and its bundle."""
    works = {work.key: work for work in pack.citations}
    for remedy, records in groupby(entries, key=lambda entry: entry.remedy):
        bundle = remedy_bundle(list(records), works)
        yield remedy, json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"


def remedy_bundle(records: Sequence[EntryRecord], works: dict[str, CitationDocument]) -> Json:
    """The entries of one remedy, their results and the works that they cite, as a collection."""
    keys = sorted({key for record in records for key in citation_keys(record.document)})
    cited = [works[key] for key in keys if key in works]
    references = {work.key: _full_url("Citation", work.key) for work in cited}
    resources: list[tuple[str, Json]] = []
    for record in records:
        place = f"{record.remedy}/{record.condition}"
        evidence = entry_evidence(record, _id("entry", place), references)
        resources.append((_full_url("Evidence", place), evidence))
        for position, row in enumerate(record.document.evidence_items, start=1):
            name = f"{place}#{position}"
            result = result_evidence(record, row, _id("result", name), references)
            resources.append((_full_url("Evidence", name), result))
    for work in cited:
        citation = citation_resource(citation_record(work), _id("work", work.key))
        resources.append((references[work.key], citation))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in resources],
    }


def _id(kind: str, name: str) -> str:
    """An id of FHIR: at most 64 letters, digits, hyphens and points; the same each time."""
    return f"{kind}-{hashlib.sha256(name.encode()).hexdigest()[:40]}"


def _full_url(resource_type: str, name: str) -> str:
    """The same each time for one resource of this site."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.SITE_URL}/{resource_type}/{name}").urn
