"""The tables of remedies: what editors work on, and what was published of it."""

from remedies.models.circumstance import Circumstance
from remedies.models.entry import DoseRegimen, EntryJudgement, EvidenceItem, RemedyConditionEntry
from remedies.models.experience import ExperienceReport, ReportedSideEffect
from remedies.models.remedy import IntakeLimit, Interaction, Precaution, Product, Remedy
from remedies.models.revision import EntryRevision, RemedyRevision
from remedies.models.vote import EntryVote

__all__ = [
    "Circumstance",
    "DoseRegimen",
    "EntryJudgement",
    "EntryRevision",
    "EntryVote",
    "EvidenceItem",
    "ExperienceReport",
    "IntakeLimit",
    "Interaction",
    "Precaution",
    "Product",
    "Remedy",
    "RemedyConditionEntry",
    "RemedyRevision",
    "ReportedSideEffect",
]
