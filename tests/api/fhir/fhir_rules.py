"""The rules of FHIR R5 for what the bundles hold: elements, how often, types, and the codes of value sets.

Kept by hand from the StructureDefinitions and value sets of hl7.fhir.r5.core 5.0.0
(https://hl7.org/fhir/R5/evidence.html, citation.html, bundle.html), since no package that this project
installs carries them. An element that is not listed fails, and so does a code that its value set has not.
"""

import re
from collections.abc import Iterator
from typing import Any

ONE, MANY = 1, 2
Rules = dict[str, tuple[int, int, str]]
"""Element to how often it is there at least, whether it is one or many, and its type."""

TYPES: dict[str, Rules] = {
    "Bundle": {
        "resourceType": (1, ONE, "code"),
        "type": (1, ONE, "bundle-type"),
        "entry": (0, MANY, "Bundle.entry"),
    },
    "Bundle.entry": {"fullUrl": (0, ONE, "uri"), "resource": (0, ONE, "Resource")},
    "Evidence": {
        "resourceType": (1, ONE, "code"),
        "id": (0, ONE, "id"),
        "url": (0, ONE, "uri"),
        "version": (0, ONE, "string"),
        "title": (0, ONE, "string"),
        "status": (1, ONE, "publication-status"),
        "date": (0, ONE, "dateTime"),
        "description": (0, ONE, "string"),
        "note": (0, MANY, "Annotation"),
        "relatedArtifact": (0, MANY, "RelatedArtifact"),
        "variableDefinition": (1, MANY, "Evidence.variableDefinition"),
        "statistic": (0, MANY, "Evidence.statistic"),
        "certainty": (0, MANY, "Evidence.certainty"),
    },
    "Annotation": {"time": (0, ONE, "dateTime"), "text": (1, ONE, "markdown")},
    "Evidence.variableDefinition": {
        "description": (0, ONE, "string"),
        "variableRole": (1, ONE, "CodeableConcept:variable-role"),
    },
    "Evidence.statistic": {
        "description": (0, ONE, "string"),
        "statisticType": (0, ONE, "CodeableConcept:statistic-type"),
        "quantity": (0, ONE, "Quantity"),
        "sampleSize": (0, ONE, "Evidence.statistic.sampleSize"),
        "attributeEstimate": (0, MANY, "Evidence.statistic.attributeEstimate"),
    },
    "Evidence.statistic.sampleSize": {
        "numberOfStudies": (0, ONE, "unsignedInt"),
        "numberOfParticipants": (0, ONE, "unsignedInt"),
    },
    "Evidence.statistic.attributeEstimate": {
        "type": (0, ONE, "CodeableConcept:attribute-estimate-type"),
        "level": (0, ONE, "decimal"),
        "range": (0, ONE, "Range"),
    },
    "Evidence.certainty": {
        "description": (0, ONE, "string"),
        "type": (0, ONE, "CodeableConcept:certainty-type"),
        "rating": (0, ONE, "CodeableConcept:certainty-rating"),
        "subcomponent": (0, MANY, "Evidence.certainty"),
    },
    "Citation": {
        "resourceType": (1, ONE, "code"),
        "id": (0, ONE, "id"),
        "url": (0, ONE, "uri"),
        "status": (1, ONE, "publication-status"),
        "title": (0, ONE, "string"),
        "citedArtifact": (0, ONE, "Citation.citedArtifact"),
    },
    "Citation.citedArtifact": {
        "identifier": (0, MANY, "Identifier"),
        "relatedIdentifier": (0, MANY, "Identifier"),
        "dateAccessed": (0, ONE, "dateTime"),
        "currentState": (0, MANY, "CodeableConcept:cited-artifact-status-type"),
        "statusDate": (0, MANY, "Citation.citedArtifact.statusDate"),
        "title": (0, MANY, "Citation.citedArtifact.title"),
        "publicationForm": (0, MANY, "Citation.citedArtifact.publicationForm"),
        "webLocation": (0, MANY, "Citation.citedArtifact.webLocation"),
        "classification": (0, MANY, "Citation.citedArtifact.classification"),
        "contributorship": (0, ONE, "Citation.citedArtifact.contributorship"),
    },
    "Citation.citedArtifact.statusDate": {
        "activity": (1, ONE, "CodeableConcept:cited-artifact-status-type"),
        "period": (1, ONE, "Period"),
    },
    "Citation.citedArtifact.title": {"text": (1, ONE, "string")},
    "Citation.citedArtifact.publicationForm": {
        "publishedIn": (0, ONE, "Citation.citedArtifact.publicationForm.publishedIn"),
        "articleDate": (0, ONE, "dateTime"),
    },
    "Citation.citedArtifact.publicationForm.publishedIn": {"title": (0, ONE, "string")},
    "Citation.citedArtifact.webLocation": {"url": (0, ONE, "uri")},
    "Citation.citedArtifact.classification": {
        "type": (0, ONE, "CodeableConcept"),
        "classifier": (0, MANY, "CodeableConcept"),
    },
    "Citation.citedArtifact.contributorship": {
        "summary": (0, MANY, "Citation.citedArtifact.contributorship.summary")
    },
    "Citation.citedArtifact.contributorship.summary": {"value": (1, ONE, "string")},
    "RelatedArtifact": {
        "type": (1, ONE, "related-artifact-type"),
        "resourceReference": (0, ONE, "Reference"),
    },
    "Reference": {"reference": (0, ONE, "string")},
    "Identifier": {"system": (0, ONE, "uri"), "value": (0, ONE, "string")},
    "Quantity": {"value": (0, ONE, "decimal")},
    "Range": {"low": (0, ONE, "Quantity"), "high": (0, ONE, "Quantity")},
    "Period": {"start": (0, ONE, "dateTime"), "end": (0, ONE, "dateTime")},
    "CodeableConcept": {"coding": (0, MANY, "Coding"), "text": (0, ONE, "string")},
    "Coding": {
        "system": (0, ONE, "uri"),
        "code": (0, ONE, "code"),
        "display": (0, ONE, "string"),
    },
}
_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
FORMS = {
    "id": r"[A-Za-z0-9\-.]{1,64}",
    "uri": r"\S+",
    "code": r"[^\s]+( [^\s]+)*",
    "string": r"(?s).*\S.*",
    "markdown": r"(?s).*\S.*",
    "dateTime": _DAY + r"(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?)?)?",
}
CODES = {
    "bundle-type": {"collection", "searchset", "batch", "transaction", "document", "message"},
    "publication-status": {"draft", "active", "retired", "unknown"},
    "related-artifact-type": {"citation", "documentation", "justification", "derived-from"},
}
HL7 = "http://terminology.hl7.org/CodeSystem"
VALUE_SETS: dict[str, tuple[str, dict[str, str]]] = {
    "variable-role": (
        f"{HL7}/variable-role",
        dict.fromkeys(
            (
                *("population", "subpopulation", "exposure", "referenceExposure"),
                *("measuredVariable", "confounder"),
            ),
            "",
        ),
    ),
    "certainty-type": (
        "http://hl7.org/fhir/certainty-type",
        {
            "Overall": "Overall certainty",
            "RiskOfBias": "Risk of bias",
            "Inconsistency": "Inconsistency",
            "Indirectness": "Indirectness",
            "Imprecision": "Imprecision",
            "PublicationBias": "Publication bias",
            "DoseResponseGradient": "Dose response gradient",
            "PlausibleConfounding": "Plausible confounding",
            "LargeEffect": "Large effect",
        },
    ),
    "certainty-rating": (
        "http://hl7.org/fhir/certainty-rating",
        {
            "high": "High quality",
            "moderate": "Moderate quality",
            "low": "Low quality",
            "very-low": "Very low quality",
            "no-change": "no change to rating",
            "downcode1": "reduce rating: -1",
            "downcode2": "reduce rating: -2",
            "downcode3": "reduce rating: -3",
            "upcode1": "increase rating: +1",
            "upcode2": "increase rating: +2",
        },
    ),
    "statistic-type": (
        f"{HL7}/statistic-type",
        {
            "0000100": "Standardized Mean Difference",
            "0000424": "Risk Difference",
            "0000457": "Mean Difference",
            "C16932": "Odds Ratio",
            "C93150": "Hazard Ratio",
            "C93152": "Relative Risk",
            "rate-ratio": "Incidence Rate Ratio",
        },
    ),
    "attribute-estimate-type": (
        f"{HL7}/attribute-estimate-type",
        {"C53324": "Confidence interval"},
    ),
    "cited-artifact-status-type": (f"{HL7}/cited-artifact-status-type", {"retracted": ""}),
}
"""The system of each bound value set, and its codes with their displays (empty: not looked at)."""


def errors_in(resource: dict[str, Any]) -> list[str]:
    """What breaks the rules, as sentences with the path."""
    return list(_errors(resource, str(resource.get("resourceType")), "$"))


def _errors(value: Any, kind: str, path: str) -> Iterator[str]:
    kind, _colon, value_set = kind.partition(":")
    if kind == "Resource":
        kind = str(value.get("resourceType"))
    if kind in TYPES:
        yield from _object_errors(value, kind, path)
        if value_set:
            yield from _binding_errors(value, value_set, path)
    elif not _is_a(value, kind):
        yield f"{path}: {value!r} is no {kind}"


def _is_a(value: Any, kind: str) -> bool:
    """Whether a value is of a primitive type."""
    if kind in CODES:
        return value in CODES[kind]
    if kind == "unsignedInt":
        return type(value) is int and value >= 0
    if kind == "decimal":
        return type(value) in (int, float)
    return isinstance(value, str) and re.fullmatch(FORMS[kind], value) is not None


def _object_errors(value: Any, kind: str, path: str) -> Iterator[str]:
    if not isinstance(value, dict) or not value:
        yield f"{path}: an object that is not empty"
        return
    for name in value.keys() - TYPES[kind].keys():
        yield f"{path}.{name}: {kind} has no such element"
    for name, (least, most, element_type) in TYPES[kind].items():
        if name not in value:
            if least:
                yield f"{path}.{name}: is missing"
            continue
        element = value[name]
        if (most == MANY) != isinstance(element, list):
            yield f"{path}.{name}: one or many"
            continue
        if element == []:
            yield f"{path}.{name}: an empty list"
        parts = element if isinstance(element, list) else [element]
        for position, part in enumerate(parts):
            yield from _errors(part, element_type, f"{path}.{name}[{position}]")


def _binding_errors(concept: dict[str, Any], value_set: str, path: str) -> Iterator[str]:
    system, codes = VALUE_SETS[value_set]
    for coding in concept.get("coding", []):
        if coding.get("system") != system or coding.get("code") not in codes:
            yield f"{path}: {coding} is not in {value_set}"
        elif (display := codes[coding["code"]]) and coding.get("display") != display:
            yield f"{path}: {coding} is called {display!r}"
