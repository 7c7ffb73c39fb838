"""A grade in a reader's words: every step, every reason for exclusion, the next trial."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.choices import Certainty, Direction, Effect
from remedies.grading.record import NextTrial
from remedies.grading.rule import LedgerStep
from remedies.grading.scale import (
    FEW,
    MOST_BY_JUDGEMENT,
    SOME,
    SPLIT,
    START_LEVEL,
    UNEVEN,
    EvidenceTier,
    ExclusionReason,
    StepName,
)


@dataclass(frozen=True)
class LedgerLine:
    """One step in words: its name, what was looked at, how far it moved, where it stands."""

    name: str
    explanation: str
    change: str
    moved: bool
    certainty: Certainty


def ledger_line(step: LedgerStep) -> LedgerLine:
    """A step of the ledger in words for a reader."""
    return LedgerLine(
        step_label(step.name),
        _EXPLANATIONS[step.name](step.change, step.facts),
        format_change(step.change),
        step.change != 0,
        Certainty.at_level(step.level),
    )


def effect_label(effect: str, certainty: str) -> str:
    """The effect in words for a reader, hedged by the certainty (design, section 12)."""
    unsure = certainty in {Certainty.VERY_LOW, Certainty.NO_STUDIES}
    if effect == Effect.MIXED:
        return _("Mixed results")
    if effect == Effect.HARM:
        return _hedged(certainty, _("Harms"), _("Probably harms"), _("May harm"))
    if unsure or effect == Effect.UNKNOWN:
        return _("Not known")
    if effect == Effect.BENEFIT:
        return _hedged(certainty, _("Helps"), _("Probably helps"), _("May help"))
    return _hedged(
        certainty,
        _("Makes little or no difference"),
        _("Probably little or no difference"),
        _("May make little or no difference"),
    )


def _hedged(certainty: str, high: str, moderate: str, low: str) -> str:
    return {Certainty.HIGH: high, Certainty.MODERATE: moderate}.get(Certainty(certainty), low)


def step_label(name: StepName) -> str:
    """The heading of a step."""
    return {
        StepName.START: _("Start"),
        StepName.BIAS: _("Risk of bias"),
        StepName.INCONSISTENCY: _("Do the studies agree?"),
        StepName.INDIRECTNESS: _("Same people, form and outcome?"),
        StepName.IMPRECISION: _("Enough people?"),
        StepName.PUBLICATION_BIAS: _("Studies that were never published"),
        StepName.LARGE_EFFECT: _("A large effect"),
        StepName.DOSE_RESPONSE: _("More with a higher dose"),
        StepName.ONE_STUDY: _("Only one study"),
        StepName.REVIEW_RATING: _("A review's own rating"),
        StepName.OVERRIDE: _("Changed by our editors"),
        StepName.JUDGEMENT: _("Our editors' reading"),
        StepName.NO_STUDIES: _("No studies"),
    }[name]


def format_change(change: int) -> str:
    """“no change”, “2 steps down”, “1 step up”."""
    if change == 0:
        return _("no change")
    if change < 0:
        return ngettext("%(count)s step down", "%(count)s steps down", -change) % {"count": -change}
    return ngettext("%(count)s step up", "%(count)s steps up", change) % {"count": change}


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
        ExclusionReason.OTHER_OUTCOME: _(
            "It measured something else than the first question of this page."
        ),
        ExclusionReason.WEAKER_KIND: _("There are studies of a better kind, and they decide."),
        ExclusionReason.IN_REVIEW: _("It is part of a review that is counted already."),
        ExclusionReason.EXPANDED: _("Its studies are counted one by one."),
        ExclusionReason.BARE_REVIEW: _(
            "A review for which we have neither the number of people nor a rating."
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


def _start(_change: int, facts: dict[str, str]) -> str:
    tier = EvidenceTier(facts["kind"])
    return _(
        "The best studies that count are %(kind)s. For these the rule begins at “%(start)s”."
    ) % {
        "kind": tier_label(tier),
        "start": Certainty.at_level(START_LEVEL[tier]).label,
    }


def _bias(change: int, facts: dict[str, str]) -> str:
    if change <= -2:
        return _(
            "Of %(people)s people, %(high)s were in studies at high risk of bias. That is more "
            "than half."
        ) % {**facts}
    if change < 0:
        return _(
            "Of %(people)s people, %(not_low)s were in studies that are not known to be at low "
            "risk of bias. That is more than half."
        ) % {**facts}
    return _(
        "Of %(people)s people, %(not_low)s were in studies that are not known to be at low risk "
        "of bias. That is not more than half."
    ) % {**facts}


def _inconsistency(_change: int, facts: dict[str, str]) -> str:
    return _(
        "%(share)s %% of the weight of the studies points one way. Below %(split)s %% it is two "
        "steps down, below %(uneven)s %% one."
    ) % {"share": facts["share"], "split": int(SPLIT * 100), "uneven": int(UNEVEN * 100)}


def _indirectness(_change: int, facts: dict[str, str]) -> str:
    sentence = _(
        "%(share)s %% of the weight is of studies in other people, with another form or another "
        "measure. Above 50 %% it is one step down."
    ) % {"share": facts["share"]}
    return f"{sentence} {facts['reason']}" if "reason" in facts else sentence


def _imprecision(_change: int, facts: dict[str, str]) -> str:
    sentence = _(
        "%(people)s people were in trials that point one way. Below %(few)s it is two steps down, "
        "below %(some)s one."
    ) % {"people": f"{int(facts['people']):,}", "few": FEW, "some": SOME}
    unknown = int(facts.get("unknown", 0))
    if not unknown:
        return sentence
    missing = ngettext(
        "For %(count)s study the number of people is not known.",
        "For %(count)s studies the number of people is not known.",
        unknown,
    ) % {"count": unknown}
    return f"{sentence} {missing}"


def _reason(_change: int, facts: dict[str, str]) -> str:
    return facts["reason"]


def _one_study(_change: int, _facts: dict[str, str]) -> str:
    return _("One study alone is at most “%(most)s”, however good it is.") % {
        "most": Certainty.MODERATE.label
    }


def _review_rating(_change: int, facts: dict[str, str]) -> str:
    return _("%(work)s gives a lower rating of its own, and ours does not go above it.") % facts


def _judgement(_change: int, _facts: dict[str, str]) -> str:
    return _(
        "Only reviews or guidelines are on file, with neither a number of people nor a rating that "
        "we know. What our editors read in them stands, at most as “%(most)s”."
    ) % {"most": Certainty.at_level(MOST_BY_JUDGEMENT).label}


def _no_studies(_change: int, _facts: dict[str, str]) -> str:
    return _("No finished study in people, with the remedy taken by mouth, is on file.")


_EXPLANATIONS = {
    StepName.START: _start,
    StepName.BIAS: _bias,
    StepName.INCONSISTENCY: _inconsistency,
    StepName.INDIRECTNESS: _indirectness,
    StepName.IMPRECISION: _imprecision,
    StepName.PUBLICATION_BIAS: _reason,
    StepName.LARGE_EFFECT: _reason,
    StepName.DOSE_RESPONSE: _reason,
    StepName.ONE_STUDY: _one_study,
    StepName.REVIEW_RATING: _review_rating,
    StepName.OVERRIDE: _reason,
    StepName.JUDGEMENT: _judgement,
    StepName.NO_STUDIES: _no_studies,
}
