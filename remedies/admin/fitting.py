"""Which fields of an entry's rows fit the kind of the remedy, and the kind of the study."""

from citations.choices import StudyType
from publishing.editor.fits import FitRule, Fits
from remedies.choices import Basis, EvidenceStatus, Measure, RemedyKind, RiskOfBias, Statement
from remedies.grading.scale import REVIEWS
from remedies.models import RemedyConditionEntry

MINERAL = FitRule("remedy", (RemedyKind.MINERAL,), column="kind", is_of_subject=True)
_WEIGHED = FitRule("basis", (Basis.SALT,))
_RATED = FitRule("citation", (*sorted(REVIEWS), StudyType.GUIDELINE), column="study_type")
_POOLED = FitRule("citation", tuple(sorted(REVIEWS)), column="study_type")
_STUDY = FitRule(
    "citation",
    tuple(kind for kind in StudyType if kind not in {*REVIEWS, StudyType.GUIDELINE}),
    column="study_type",
)
_MEASURED = FitRule("measure", tuple(Measure))
_JUDGED = FitRule(
    "risk_of_bias", tuple(risk for risk in RiskOfBias if risk is not RiskOfBias.NOT_ASSESSED)
)

DOSE_FITS: Fits = {
    "compound": (MINERAL, _WEIGHED),
    "elemental_mg": (MINERAL, _WEIGHED),
    "elemental_mg_max": (MINERAL, _WEIGHED),
}
EVIDENCE_FITS: Fits = {
    "superseded_by": (FitRule("status", (EvidenceStatus.SUPERSEDED,)),),
    "trials": (_POOLED,),
    "rating": (_RATED,),
    "reviews": (_STUDY,),
    "effect_value": (_MEASURED,),
    "effect_low": (_MEASURED,),
    "effect_high": (_MEASURED,),
    "better": (_MEASURED,),
    "direction_reason": (_MEASURED,),
    "bias_source": (_JUDGED,),
    "bias_words": (_JUDGED,),
}
GUIDELINE_FITS: Fits = {
    "strength": (FitRule("statement", (Statement.FOR, Statement.AGAINST)),),
}


def is_no_mineral(entry: RemedyConditionEntry) -> bool:
    """Whether the entry's remedy is none whose doses are counted as an element."""
    return entry.remedy.kind != RemedyKind.MINERAL
