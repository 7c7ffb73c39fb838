"""Remedies and entries with their rows and revisions; members' votes and experience reports."""

from remedies.models.circumstance import Circumstance, CircumstanceRevision
from remedies.models.entry import EntryRevision, RemedyConditionEntry
from remedies.models.evidence import EntryJudgement, EvidenceItem
from remedies.models.experience import ExperienceReport, ReportedSideEffect
from remedies.models.guidance import Guideline, NextStep, SmallestDifference
from remedies.models.lint_report import LintReport
from remedies.models.regimen import DoseRegimen
from remedies.models.remedy import (
    IntakeGap,
    IntakeLimit,
    Interaction,
    Precaution,
    Product,
    Remedy,
    RemedyRevision,
)
from remedies.models.uploaded_pack import UploadedPack
from remedies.models.vote import EntryVote

__all__ = [
    "Circumstance",
    "CircumstanceRevision",
    "DoseRegimen",
    "EntryJudgement",
    "EntryRevision",
    "EntryVote",
    "EvidenceItem",
    "ExperienceReport",
    "Guideline",
    "IntakeGap",
    "IntakeLimit",
    "Interaction",
    "LintReport",
    "NextStep",
    "Precaution",
    "Product",
    "Remedy",
    "RemedyConditionEntry",
    "RemedyRevision",
    "ReportedSideEffect",
    "SmallestDifference",
    "UploadedPack",
]
