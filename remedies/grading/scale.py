"""The scale of the grading rule: its version, thresholds and weights, tiers of evidence, and enums.

Thresholds are conventions; the page about grading prints them from here.
"""

from enum import StrEnum
from fractions import Fraction

from citations.choices import StudyType
from remedies.choices import Direction, Effect, EntryUse, RiskOfBias, Route, Size

VERSION = "2"
"""Stored with every grade. Change the rule, change this, and run `manage.py regrade`."""

MOST_PEOPLE_WEIGHED = 1000
"""A study of more people weighs no more than one of this many."""
FEW, SOME = 100, 400
"""People in randomised trials that point one way: below the first two steps down, below the second one.

Where an interval decides, fewer people than the first are one step down all the same: an effect found
in so few is seldom as large as it looks (the optimal information size of GRADE, Guyatt et al., J Clin
Epidemiol 2011;64:1283).
"""
RATIO_THAT_MATTERS = Fraction(1, 4)
"""How far a ratio is from one before it matters, where no source says: GRADE's default (as above)."""
NEAR = Fraction(1, 10)
"""A figure within this share of a boundary is called close to it."""
NEWER_SHARE = Fraction(1, 4)
"""A newer trial against an adopted rating counts from this share of the people behind the rating."""
SPLIT, UNEVEN = Fraction(60, 100), Fraction(75, 100)
"""Share of the weight that points one way: below the first two steps down, below the second one."""
HALF = Fraction(1, 2)
MOST_FOR_ONE_STUDY = 3
"""The highest level that a single study reaches."""
MOST_BY_JUDGEMENT = 3
"""The highest level that the editors' reading of reviews reaches."""
BIAS_WEIGHT = {
    RiskOfBias.LOW: Fraction(1),
    RiskOfBias.SOME: Fraction(3, 4),
    RiskOfBias.HIGH: HALF,
    RiskOfBias.NOT_ASSESSED: Fraction(3, 4),
}
COUNTED_ROUTES = frozenset({Route.ORAL, Route.DIET})
"""By mouth, as the remedies of this site are taken; every other route is context."""


class EvidenceTier(StrEnum):
    """Kinds of evidence, best first; a grade rests on the best tier there is."""

    RANDOMISED = "randomised"
    CONTROLLED = "controlled"
    UNCONTROLLED = "uncontrolled"


START_LEVEL = {
    EvidenceTier.RANDOMISED: 4,
    EvidenceTier.CONTROLLED: 2,
    EvidenceTier.UNCONTROLLED: 1,
}

TIER_OF = {
    StudyType.RANDOMISED_TRIAL: EvidenceTier.RANDOMISED,
    StudyType.CROSSOVER_TRIAL: EvidenceTier.RANDOMISED,
    StudyType.COHORT: EvidenceTier.CONTROLLED,
    StudyType.CASE_CONTROL: EvidenceTier.CONTROLLED,
    StudyType.OPEN_LABEL_TRIAL: EvidenceTier.UNCONTROLLED,
    StudyType.CROSS_SECTIONAL: EvidenceTier.UNCONTROLLED,
    StudyType.CASE_SERIES: EvidenceTier.UNCONTROLLED,
    StudyType.CASE_REPORT: EvidenceTier.UNCONTROLLED,
}
REVIEWS = frozenset({StudyType.META_ANALYSIS, StudyType.SYSTEMATIC_REVIEW})
"""They count the people of other studies; each is taken as one body of randomised trials."""
OVERVIEWS = frozenset({StudyType.NARRATIVE_REVIEW, StudyType.GUIDELINE})
"""They describe studies in people without counting them: an editors' reading can rest on them."""
NO_STUDY_IN_PEOPLE = frozenset(
    {
        StudyType.REGISTRY_ENTRY,
        StudyType.LABORATORY_STUDY,
        StudyType.REFERENCE_WORK,
        StudyType.REGULATORY,
        StudyType.PRODUCT_INFORMATION,
        StudyType.PRODUCT_ANALYSIS,
    }
)
"""No finished studies in people. Every study type is in one of these four groups."""

EFFECTS = {
    Direction.BENEFIT: Effect.BENEFIT,
    Direction.NONE: Effect.NONE,
    Direction.HARM: Effect.HARM,
    Direction.MIXED: Effect.MIXED,
    Direction.UNCLEAR: Effect.UNKNOWN,
}
EFFECT_OF_USE = {
    (EntryUse.DEFICIENCY, Effect.BENEFIT): Effect.CORRECTS,
    (EntryUse.SIDE_EFFECT, Effect.HARM): Effect.CAUSES,
}
"""The effects that have a word of their own, by what the condition is to the remedy."""
OPPOSED = frozenset(
    {
        frozenset({Direction.BENEFIT, Direction.NONE}),
        frozenset({Direction.BENEFIT, Direction.HARM}),
        frozenset({Direction.NONE, Direction.HARM}),
    }
)
"""Directions that contradict each other; unclear and mixed contradict none."""
LEAST_HOPEFUL_FIRST = (
    Direction.HARM,
    Direction.NONE,
    Direction.UNCLEAR,
    Direction.MIXED,
    Direction.BENEFIT,
)
"""Where two directions weigh the same, the one that promises less wins."""
REPORTED_SIZES = (Size.TRIVIAL, Size.SMALL, Size.MODERATE, Size.LARGE)


class ExclusionReason(StrEnum):
    """Why a work does not count towards the grade."""

    CONTEXT = "context"
    RETRACTED = "retracted"
    ROUTE = "route"
    NO_STUDY = "no_study"
    SECOND_QUESTION = "second_question"
    OTHER_OUTCOME = "other_outcome"
    WEAKER_KIND = "weaker_kind"
    IN_REVIEW = "in_review"
    EXPANDED = "expanded"
    BARE_REVIEW = "bare_review"
    NOT_FINISHED = "not_finished"
    SUPERSEDED = "superseded"
    COMBINATION = "combination"
    OTHER_PEOPLE = "other_people"
    BESIDE = "beside"


class StepName(StrEnum):
    """What a line of the ledger is about, in the order of the rule."""

    ADOPTED = "adopted"
    NEWER_TRIAL = "newer_trial"
    START = "start"
    NOT_THE_SAME = "not_the_same"
    BIAS = "bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication_bias"
    LARGE_EFFECT = "large_effect"
    DOSE_RESPONSE = "dose_response"
    UNREAD = "unread"
    ONE_STUDY = "one_study"
    REVIEW_RATING = "review_rating"
    OVERRIDE = "override"
    JUDGEMENT = "judgement"
    NO_STUDIES = "no_studies"
