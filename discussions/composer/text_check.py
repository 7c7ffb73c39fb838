"""What in a comment wants care before it is public. Pure: no rows, no requests."""

from collections.abc import Sequence

from discussions.composer.danger_rule import find_danger
from discussions.composer.dose_rule import DoseRule
from discussions.composer.findings import Finding, FindingKind
from discussions.composer.known_names import MedicineNames, RemedyNames
from discussions.composer.selling_rule import find_selling
from discussions.composer.spoken_text import split_sentences
from discussions.composer.stop_rule import StopRule

_ORDER = list(FindingKind)


def check_text(
    text: str, remedies: Sequence[RemedyNames], medicines: MedicineNames
) -> list[Finding]:
    """Everything that the rules find, the most urgent kind first, then by place.

    The rules read English. They look at each sentence alone, in time that grows with the length.
    """
    sentences = split_sentences(text)
    findings = [
        *find_danger(sentences),
        *DoseRule(remedies, medicines).find(sentences),
        *StopRule(medicines, remedies).find(sentences),
        *find_selling(sentences),
    ]
    return sorted(findings, key=lambda found: (_ORDER.index(found.kind), found.start))


def kinds_of(findings: Sequence[Finding]) -> list[FindingKind]:
    """The kinds, each once, the most urgent first."""
    return sorted({found.kind for found in findings}, key=_ORDER.index)
