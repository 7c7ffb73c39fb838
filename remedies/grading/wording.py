"""A grade in a reader's words: the effect, every reason for exclusion, the next trial."""

from django.utils.translation import gettext as _

from remedies.choices import Certainty, Direction, Effect
from remedies.grading.record import NextTrial
from remedies.grading.scale import (
    EvidenceTier,
    ExclusionReason,
)


def effect_label(effect: str, certainty: str) -> str:
    """The effect in words for a reader, hedged by the certainty (design, section 12)."""
    if effect == Effect.MIXED:
        return _("Mixed results")
    if Certainty(certainty).level <= Certainty.VERY_LOW.level or effect == Effect.UNKNOWN:
        return _("Not known")
    high, moderate, low = {
        Effect.HARM: (_("Harms"), _("Probably harms"), _("May harm")),
        Effect.BENEFIT: (_("Helps"), _("Probably helps"), _("May help")),
        Effect.CORRECTS: (
            _("Corrects a deficiency"),
            _("Probably corrects a deficiency"),
            _("May correct a deficiency"),
        ),
        Effect.CAUSES: (_("Causes it"), _("Probably causes it"), _("May cause it")),
        Effect.NONE: (
            _("Makes little or no difference"),
            _("Probably little or no difference"),
            _("May make little or no difference"),
        ),
    }[Effect(effect)]
    return {Certainty.HIGH: high, Certainty.MODERATE: moderate}.get(Certainty(certainty), low)


def pointer(effect: str, certainty: str) -> str:
    """Which way the little there is points, where nobody can tell; empty where the effect says it."""
    if certainty != Certainty.VERY_LOW:
        return ""
    return {
        Effect.BENEFIT: _("Too little to tell; what there is points to a benefit."),
        Effect.CORRECTS: _(
            "Too little to tell; what there is points to a benefit where it is lacking."
        ),
        Effect.HARM: _("Too little to tell; what there is points to harm."),
        Effect.CAUSES: _("Too little to tell; what there is points to its causing this."),
        Effect.NONE: _("Too little to tell; what there is shows no difference."),
    }.get(Effect(effect), "")


def exclusion_label(reason: ExclusionReason) -> str:
    """Why a work does not count."""
    return {
        ExclusionReason.CONTEXT: _(
            "It is told as background: other people, another question, or no result yet."
        ),
        ExclusionReason.RETRACTED: _("It was retracted."),
        ExclusionReason.ROUTE: _("The remedy was not taken by mouth."),
        ExclusionReason.NO_STUDY: _(
            "It is not a finished study in people: a register, a leaflet, laboratory work."
        ),
        ExclusionReason.SECOND_QUESTION: _(
            "It answers the second question of this page, which has a grade of its own."
        ),
        ExclusionReason.OTHER_OUTCOME: _(
            "It measured something else than the first question of this page."
        ),
        ExclusionReason.WEAKER_KIND: _("There are studies of a better kind, and they decide."),
        ExclusionReason.IN_REVIEW: _("It is part of a review that is counted already."),
        ExclusionReason.EXPANDED: _("Its studies are counted one by one."),
        ExclusionReason.BARE_REVIEW: _(
            "A review for which we have neither the number of people nor a rating."
        ),
        ExclusionReason.NOT_FINISHED: _("It has no result: it still runs, or it was withdrawn."),
        ExclusionReason.SUPERSEDED: _("A newer version has replaced it."),
        ExclusionReason.COMBINATION: _(
            "Not the same thing: the remedy was given together with something else."
        ),
        ExclusionReason.OTHER_PEOPLE: _(
            "Not the same thing: the people were others than those of this page."
        ),
        ExclusionReason.BESIDE: _(
            "It counts in our own rule, which stands beside the rating that we adopted."
        ),
    }[reason]


def tier_label(tier: EvidenceTier) -> str:
    """The name of a tier of evidence."""
    return {
        EvidenceTier.RANDOMISED: _("randomised trials, or reviews of them"),
        EvidenceTier.CONTROLLED: _("studies with a comparison group, not randomised"),
        EvidenceTier.UNCONTROLLED: _("studies without a comparison group"),
    }[tier]


def format_next_trial(trial: NextTrial) -> str:
    """The smallest trial that would raise the certainty."""
    direction = {
        Direction.BENEFIT: _("finds the remedy better"),
        Direction.NONE: _("finds no difference"),
        Direction.HARM: _("finds the remedy worse"),
    }.get(trial.direction, _("points the same way"))
    sentence = _(
        "One more randomised trial that %(direction)s would raise this to “%(certainty)s”, if it "
        "has at least %(people)s people and a low risk of bias."
    ) % {
        "direction": direction,
        "certainty": trial.certainty.label,
        "people": f"{trial.people:,}",
    }
    if trial.effect is not Effect.MIXED:
        return sentence
    return f"{sentence} {_('The results as a whole would still be mixed.')}"
