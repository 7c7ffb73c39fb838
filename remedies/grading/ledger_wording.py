"""The ledger of a grade in a reader's words: every step with what was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remedies.choices import Certainty
from remedies.grading.ledger import LedgerStep
from remedies.grading.precision import Held
from remedies.grading.scale import (
    FEW,
    MOST_BY_JUDGEMENT,
    SOME,
    SPLIT,
    START_LEVEL,
    UNEVEN,
    EvidenceTier,
    StepName,
)
from remedies.grading.wording import tier_label


@dataclass(frozen=True)
class LedgerLine:
    """One step in words: its name, what was looked at, how far it moved, where it stands."""

    name: str
    explanation: str
    change: str
    moved: bool
    certainty: Certainty


def ledger_line(step: LedgerStep, names: Mapping[str, str] | None = None) -> LedgerLine:
    """A step of the ledger in words for a reader; `names` are short names of works by their keys."""
    return LedgerLine(
        step_label(step.name),
        _explanation(step, names or {}),
        format_change(step.change),
        step.change != 0,
        Certainty.at_level(step.level),
    )


def _explanation(step: LedgerStep, names: Mapping[str, str]) -> str:
    facts = dict(step.facts)
    if "work" in facts:
        facts["work"] = names.get(facts["work"], facts["work"])
    if step.name is StepName.NEWER_TRIAL:
        facts["works"] = "; ".join(names.get(key, key) for key in facts["works"].split(", "))
    text = _EXPLANATIONS[step.name](step.change, facts)
    return f"{text} {_('This is close to the boundary.')}" if "near" in step.facts else text


def step_label(name: StepName) -> str:
    """The heading of a step."""
    return {
        StepName.ADOPTED: _("Adopted rating"),
        StepName.NEWER_TRIAL: _("A newer trial points another way"),
        StepName.START: _("Start"),
        StepName.NOT_THE_SAME: _("Not the same thing"),
        StepName.BIAS: _("Risk of bias"),
        StepName.INCONSISTENCY: _("Do the studies agree?"),
        StepName.INDIRECTNESS: _("Same people, form and outcome?"),
        StepName.IMPRECISION: _("Enough people?"),
        StepName.PUBLICATION_BIAS: _("Studies that were never published"),
        StepName.LARGE_EFFECT: _("A large effect"),
        StepName.DOSE_RESPONSE: _("More with a higher dose"),
        StepName.UNREAD: _("What we have not read"),
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


def _adopted(_change: int, facts: dict[str, str]) -> str:
    return _("It is the rating by GRADE that this work gives itself: %(work)s.") % facts


def _newer_trial(_change: int, facts: dict[str, str]) -> str:
    return _(
        "Newer trials with at least a quarter of its people, or of at least %(few)s people where "
        "it gives no number, point another way: %(works)s."
    ) % {**facts, "few": FEW}


def _not_the_same(_change: int, _facts: dict[str, str]) -> str:
    return _(
        "No study gave the remedy alone to the people of this page. What is close to that counts "
        "instead, one step lower."
    )


def _unread(_change: int, facts: dict[str, str]) -> str:
    works = int(facts["works"])
    return (
        ngettext(
            "We know of %(works)s study of this question that we have not read.",
            "We know of %(works)s studies of this question that we have not read.",
            works,
        )
        % facts
    )


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
        sentence = _(
            "Of %(people)s people, %(high)s were in studies at high risk of bias. That is more "
            "than half."
        )
    elif change < 0:
        sentence = _(
            "Of %(people)s people, %(not_low)s were in studies that are not known to be at low "
            "risk of bias. That is more than half."
        )
    else:
        sentence = _(
            "Of %(people)s people, %(not_low)s were in studies that are not known to be at low "
            "risk of bias. That is not more than half."
        )
    not_stated = int(facts.get("not_stated", 0))
    if not not_stated:
        return sentence % facts
    added = ngettext(
        "For %(count)s of them it is not stated, which counts as some risk.",
        "For %(count)s of them it is not stated, which counts as some risk.",
        not_stated,
    ) % {"count": not_stated}
    return f"{sentence % facts} {added}"


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


def _imprecision(change: int, facts: dict[str, str]) -> str:
    return _by_interval(change, facts) if "held" in facts else _by_people(facts)


def _by_interval(change: int, facts: dict[str, str]) -> str:
    held = [Held(word) for word in facts["held"].split()]
    interval = _("The interval of %(work)s runs from %(low)s to %(high)s.") % facts
    if not held and change:
        few = _(
            "It holds nothing that it should not, but only %(people)s people point this way, and "
            "fewer than %(few)s are one step down."
        )
        return f"{interval} {few % {**facts, 'few': FEW}}"
    if not held:
        return f"{interval} {_('That is narrow enough.')}"
    words = {
        Held.NO_EFFECT: _("no effect at all"),
        Held.SMALLEST: _("the smallest difference that matters"),
        Held.A_BENEFIT: _("a benefit that would matter"),
        Held.A_HARM: _("a harm that would matter"),
    }
    holds = _("It still holds %(what)s.") % {"what": _(" and ").join(words[item] for item in held)}
    return f"{interval} {holds}"


def _by_people(facts: dict[str, str]) -> str:
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


def _no_studies(_change: int, facts: dict[str, str]) -> str:
    sentence = _("No finished study in people, with the remedy taken by mouth, is on file.")
    if facts.get("searched") == "no":
        return f"{sentence} {_('No search for one is on record yet.')}"
    return sentence


_EXPLANATIONS = {
    StepName.ADOPTED: _adopted,
    StepName.NEWER_TRIAL: _newer_trial,
    StepName.NOT_THE_SAME: _not_the_same,
    StepName.UNREAD: _unread,
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
