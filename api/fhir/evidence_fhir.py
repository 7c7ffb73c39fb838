"""An entry, and each result that it rests on, as Evidence of FHIR R5."""

from collections.abc import Mapping

from api.fhir.codes import (
    CERTAINTY_TYPES,
    CHANGES,
    CONFIDENCE_INTERVAL,
    ESTIMATE_SYSTEM,
    RATING_SYSTEM,
    RATINGS,
    ROLE_SYSTEM,
    ROLES,
    STATISTIC_SYSTEM,
    STATISTICS,
    TYPE_SYSTEM,
    Json,
    concept,
)
from api.schema import EntryRecord
from citations.schema import citation_keys
from remedies.choices import Certainty
from remedies.grading.ledger import LedgerStep
from remedies.schema import EvidenceRow
from remedies_site.markup import plain_text

CONFIDENCE = 0.95
"""The level of the intervals: see `EvidenceRow`."""
References = Mapping[str, str]
"""The reference to the Citation of a work, by its key."""


def entry_evidence(record: EntryRecord, resource_id: str, references: References) -> Json:
    """The verdict of an entry with its certainty; each step of the grade that GRADE names is a part."""
    return {
        "resourceType": "Evidence",
        "id": resource_id,
        "url": record.url,
        "version": str(record.version),
        "title": f"{record.remedy_name} for {record.condition_name}",
        "status": "active",
        "date": record.published_at.isoformat(),
        "description": plain_text(record.document.verdict),
        **_notes(record),
        "relatedArtifact": [
            _cited(references[key]) for key in citation_keys(record.document) if key in references
        ],
        "variableDefinition": [
            _variable("population", record.condition_name),
            _variable("exposure", record.remedy_name),
        ],
        "certainty": [_certainty(record)],
    }


def result_evidence(
    record: EntryRecord, row: EvidenceRow, resource_id: str, references: References
) -> Json:
    """What one work found for one outcome."""
    variables = [
        _variable("population", row.population or record.condition_name),
        _variable("exposure", row.formulation or record.remedy_name),
        _variable("measuredVariable", row.outcome),
    ]
    if row.comparator is not None:
        variables.insert(2, _variable("referenceExposure", str(row.comparator.label)))
    resource: Json = {
        "resourceType": "Evidence",
        "id": resource_id,
        "title": f"{record.remedy_name} for {record.condition_name}: {row.outcome}",
        "status": "active",
        "date": record.published_at.isoformat(),
        "description": row.result,
    }
    if row.citation in references:
        resource["relatedArtifact"] = [_cited(references[row.citation])]
    resource["variableDefinition"] = variables
    if statistic := _statistic(row):
        resource["statistic"] = [statistic]
    if row.rating in RATINGS:
        resource["certainty"] = [_rated(row.rating)]
    return resource


def _notes(record: EntryRecord) -> Json:
    """The safety notices, where one stands: FHIR has no empty lists."""
    notes = [{"time": notice.set_at.isoformat(), "text": notice.text} for notice in record.notices]
    return {"note": notes} if notes else {}


def _cited(reference: str) -> Json:
    return {"type": "citation", "resourceReference": {"reference": reference}}


def _variable(role: str, description: str) -> Json:
    return {
        "description": description,
        "variableRole": concept(ROLE_SYSTEM, role, text=ROLES[role]),
    }


def _rated(certainty: Certainty) -> Json:
    """The overall certainty; only words where there is nothing to rate."""
    rated: Json = {
        "description": str(certainty.label),
        "type": concept(TYPE_SYSTEM, "Overall", "Overall certainty"),
    }
    if certainty in RATINGS:
        rated["rating"] = concept(RATING_SYSTEM, *RATINGS[certainty])
    return rated


def _certainty(record: EntryRecord) -> Json:
    rated = _rated(record.certainty)
    steps = record.grade.steps if record.grade else []
    if parts := [_step(step) for step in steps if step.name in CERTAINTY_TYPES]:
        rated["subcomponent"] = parts
    return rated


def _step(step: LedgerStep) -> Json:
    part: Json = {"type": concept(TYPE_SYSTEM, *CERTAINTY_TYPES[step.name])}
    if step.change in CHANGES:
        part["rating"] = concept(RATING_SYSTEM, *CHANGES[step.change])
    return part


def _statistic(row: EvidenceRow) -> Json:
    statistic: Json = {}
    if row.measure is not None and row.effect_value is not None:
        statistic["statisticType"] = concept(STATISTIC_SYSTEM, *STATISTICS[row.measure])
        statistic["quantity"] = {"value": float(row.effect_value)}
        if row.scale:
            statistic["description"] = row.scale
    size = {"numberOfParticipants": row.people, "numberOfStudies": row.trials}
    if known := {name: number for name, number in size.items() if number is not None}:
        statistic["sampleSize"] = known
    if row.effect_low is not None and row.effect_high is not None:
        statistic["attributeEstimate"] = [
            {
                "type": concept(ESTIMATE_SYSTEM, *CONFIDENCE_INTERVAL),
                "level": CONFIDENCE,
                "range": {
                    "low": {"value": float(row.effect_low)},
                    "high": {"value": float(row.effect_high)},
                },
            }
        ]
    return statistic
