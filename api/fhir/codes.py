"""The codes of FHIR R5 that the site's own choices have a counterpart for; others stay words.

From the value sets that R5 (5.0.0) binds: certainty-rating (the words of GRADE), certainty-type,
variable-role, statistic-type, attribute-estimate-type and cited-artifact-status-type. No code is made up:
what none of them has is given as text alone.
"""

from remedies.choices import Certainty, Measure
from remedies.grading.scale import StepName

FHIR = "http://hl7.org/fhir"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
RATING_SYSTEM = f"{FHIR}/certainty-rating"
TYPE_SYSTEM = f"{FHIR}/certainty-type"
ROLE_SYSTEM = f"{TERMINOLOGY}/variable-role"
STATISTIC_SYSTEM = f"{TERMINOLOGY}/statistic-type"
ESTIMATE_SYSTEM = f"{TERMINOLOGY}/attribute-estimate-type"
STATUS_SYSTEM = f"{TERMINOLOGY}/cited-artifact-status-type"

Json = dict[str, object]

RATINGS = {
    Certainty.HIGH: ("high", "High quality"),
    Certainty.MODERATE: ("moderate", "Moderate quality"),
    Certainty.LOW: ("low", "Low quality"),
    Certainty.VERY_LOW: ("very-low", "Very low quality"),
}
"""The other certainties say that there is no evidence to rate: no code is for that."""

CERTAINTY_TYPES = {
    StepName.BIAS: ("RiskOfBias", "Risk of bias"),
    StepName.INCONSISTENCY: ("Inconsistency", "Inconsistency"),
    StepName.INDIRECTNESS: ("Indirectness", "Indirectness"),
    StepName.IMPRECISION: ("Imprecision", "Imprecision"),
    StepName.PUBLICATION_BIAS: ("PublicationBias", "Publication bias"),
    StepName.LARGE_EFFECT: ("LargeEffect", "Large effect"),
    StepName.DOSE_RESPONSE: ("DoseResponseGradient", "Dose response gradient"),
}
"""The steps of the ledger that GRADE has a domain for."""

CHANGES = {
    -3: ("downcode3", "reduce rating: -3"),
    -2: ("downcode2", "reduce rating: -2"),
    -1: ("downcode1", "reduce rating: -1"),
    0: ("no-change", "no change to rating"),
    1: ("upcode1", "increase rating: +1"),
    2: ("upcode2", "increase rating: +2"),
}
"""How far a step moved the level."""

STATISTICS = {
    Measure.MD: ("0000457", "Mean Difference"),
    Measure.SMD: ("0000100", "Standardized Mean Difference"),
    Measure.RR: ("C93152", "Relative Risk"),
    Measure.OR: ("C16932", "Odds Ratio"),
    Measure.HR: ("C93150", "Hazard Ratio"),
    Measure.IRR: ("rate-ratio", "Incidence Rate Ratio"),
    Measure.RD: ("0000424", "Risk Difference"),
}
ROLES = {
    "population": "population",
    "exposure": "exposure",
    "referenceExposure": "reference exposure",
    "measuredVariable": "measured variable",
}
CONFIDENCE_INTERVAL = ("C53324", "Confidence interval")
RETRACTED = "retracted"


def concept(system: str, code: str, display: str = "", text: str = "") -> Json:
    """A CodeableConcept with one code."""
    coding = {"system": system, "code": code}
    if display:
        coding["display"] = display
    return {"coding": [coding], "text": text} if text else {"coding": [coding]}
