"""Which criteria for health sites this site meets, and where: the table of the page `criteria`.

The words are ours and shorter than those of the frames. A criterion leads to the page that shows it; one that
the site does not meet says so, and why.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Criterion:
    """What a frame wants, what we do about it, and the name of the URL that shows it (empty for none)."""

    wants: Promise
    answer: Promise
    url_name: str = ""
    is_met: bool = True


@dataclass(frozen=True)
class Frame:
    """A published list of criteria; `note` says what it is and what we are not."""

    name: Promise
    note: Promise
    criteria: tuple[Criterion, ...]


_HON = Frame(
    _("HONcode"),
    _("Eight principles of the Health On the Net Foundation, which closed in 2022. Nobody certifies by it any more; we use it as a list."),
    (
        Criterion(_("Who writes, and with which qualification"), _("Each page says who wrote it and who reviewed it, or that nobody did"), "reviewers"),
        Criterion(_("Supports a doctor’s advice, does not replace it"), _("At the foot of every page"), "about"),
        Criterion(_("Privacy of readers"), _("What we store, and what not"), "privacy"),
        Criterion(_("Sources and dates"), _("Claims carry numbered sources; pages carry the days of writing, searching and review"), "editorial_policy"),
        Criterion(_("Claims are justified and balanced"), _("One rule grades all evidence, benefit and harm alike"), "grading"),
        Criterion(_("A way to reach us"), _("As far as the operator states it"), "about"),
        Criterion(_("Who pays"), _("As far as the operator states it"), "about"),
        Criterion(_("Advertising is kept apart from content"), _("There is no advertising"), "about"),
    ),
)  # fmt: skip
_PIF = Frame(
    _("PIF TICK"),
    _("Ten criteria of the Patient Information Forum in the UK. It certifies organisations; we are not certified."),
    (
        Criterion(_("A written process"), _("Editorial policy"), "editorial_policy"),
        Criterion(_("Trained staff"), _("No training is on record"), is_met=False),
        Criterion(_("There is a need for it"), _("Readers ask for pages, and the most wanted stand in public"), "requests"),
        Criterion(_("Based on evidence"), _("How we grade"), "grading"),
        Criterion(_("People who use it take part"), _("Readers challenge claims and are answered in public"), "challenges"),
        Criterion(_("Health inequalities are considered"), _("Plain words and pages for small screens and slow lines; no study of our own"), "accessibility", is_met=False),
        Criterion(_("Clear content and design"), _("Accessibility"), "accessibility"),
        Criterion(_("A way to give feedback"), _("Beside every part of a page"), "challenges"),
        Criterion(_("Reaches those who need it"), _("Nothing beyond search engines and feeds"), is_met=False),
        Criterion(_("Effect is measured"), _("We count no readers; what we can say of ourselves, we say in numbers"), "trust", is_met=False),
    ),
)  # fmt: skip
_NAM = Frame(
    _("NAM 2021"),
    _("Principles of the US National Academy of Medicine for sources of health information in social media."),
    (
        Criterion(_("Science-based"), _("Studies with their results, and what we know and have not read"), "grading"),
        Criterion(_("Objective"), _("Benefit, harm and no difference by the same rule; votes change no grade"), "grading"),
        Criterion(_("Transparent and accountable"), _("Conflicts of reviewers, corrections, and every version are public"), "recently_corrected"),
    ),
)  # fmt: skip
_IPDAS = Frame(
    _("IPDAS"),
    _("Standards for decision aids. Our comparison of remedies is no decision aid for a person; these are the criteria that fit."),
    (
        Criterion(_("Benefits and harms in equal detail"), _("Both have their part on each page, harms first"), "editorial_policy"),
        Criterion(_("Sources are cited"), _("Numbered, with a page for each work"), "editorial_policy"),
        Criterion(_("Date of publication and policy of updating"), _("The day of writing, and the day by which a page is due again"), "editorial_policy"),
        Criterion(_("Uncertainty is stated"), _("Certainty stands beside each answer"), "grading"),
        Criterion(_("Funding is stated"), _("As far as the operator states it"), "about"),
        Criterion(_("Chances with the same denominator"), _("Results are given for 100 people, with the remedy and without it"), "grading"),
        Criterion(_("Tried out with patients"), _("Not done"), is_met=False),
    ),
)  # fmt: skip
_DISCERN = Frame(
    _("DISCERN"),
    _("Questions by which readers judge a text about treatments; grouped here."),
    (
        Criterion(_("Clear aims, and who it is for"), _("What this site is, and what it is not"), "about"),
        Criterion(_("Sources, their dates, and where to read on"), _("References below each page, with links"), "editorial_policy"),
        Criterion(_("Balanced, with areas of uncertainty"), _("What is unclear and what nobody has tested is said"), "grading"),
        Criterion(_("How a treatment works, its benefits and risks"), _("In this order: answers, what to be careful about, why it may work"), "editorial_policy"),
        Criterion(_("What happens without treatment"), _("Not on every page"), is_met=False),
        Criterion(_("Effect on quality of life"), _("Where a study measured it"), "grading"),
        Criterion(_("More than one choice"), _("Each condition lists its remedies, and compares them"), "conditions"),
        Criterion(_("Support for deciding together"), _("Sheets to print for the doctor"), "editorial_policy"),
    ),
)  # fmt: skip
FRAMES = (_HON, _PIF, _NAM, _IPDAS, _DISCERN)
