"""The documents of a remedy, an entry and a circumstance: what content files and revisions hold."""

from remedies.schema.circumstance import MEMBER_KINDS, CircumstanceDocument
from remedies.schema.entry import ENTRY_TEXTS, RATIONALE_TEXTS, EntryDocument, Rationale
from remedies.schema.evidence import (
    EvidenceRow,
    GuidelineRow,
    JudgementRow,
    NextStepRow,
    RegimenRow,
    SearchRecord,
    SmallestDifferenceRow,
)
from remedies.schema.remedy import (
    REMEDY_TEXTS,
    GapRow,
    InteractionRow,
    LimitRow,
    PrecautionRow,
    ProductRow,
    RemedyDocument,
)

__all__ = [
    "ENTRY_TEXTS",
    "MEMBER_KINDS",
    "RATIONALE_TEXTS",
    "REMEDY_TEXTS",
    "CircumstanceDocument",
    "EntryDocument",
    "EvidenceRow",
    "GapRow",
    "GuidelineRow",
    "InteractionRow",
    "JudgementRow",
    "LimitRow",
    "NextStepRow",
    "PrecautionRow",
    "ProductRow",
    "Rationale",
    "RegimenRow",
    "RemedyDocument",
    "SearchRecord",
    "SmallestDifferenceRow",
]
