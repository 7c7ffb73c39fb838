"""Sheets to take to a doctor or pharmacist: what one sheet of paper shows of an entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from citations.references import ListedReference
from remedies.choices import Certainty, InteractionSeverity, PrecautionSeverity
from remedies.grading.ledger_wording import step_label
from remedies.grading.record import GradeRecord
from remedies.grading.scale import StepName
from remedies.pages.amounts import Dose
from remedies.pages.entry import EntryPart
from remedies.pages.parts import InteractionItem, PrecautionItem, Warnings, format_counted
from remedies_site.qr_codes import QrCode, qr_code

KINDS = ("clinician", "patient")
MOST_DOSES = 4
MOST_REFERENCES = 6
_MOST_SUBSTANCES = 4
_SEVERE = frozenset({PrecautionSeverity.STOP, PrecautionSeverity.ASK})


@dataclass(frozen=True)
class Sheet:
    """What a sheet shows, apart from names and dates.

    `more_doses` and `more_warnings` count what only the page shows. `url` is that of the revision,
    empty for a draft, which has no QR code either.
    """

    part: EntryPart
    ledger: str
    doses: list[Dose]
    more_doses: int
    precautions: list[PrecautionItem]
    interactions: list[InteractionItem]
    more_warnings: int
    questions: list[str]
    references: list[ListedReference]
    url: str
    qr: QrCode | None

    @property
    def path(self) -> str:
        """The path of `url`."""
        return urlsplit(self.url).path


def compose_sheet(
    kind: str,
    part: EntryPart,
    *,
    remedy: str,
    condition: str,
    references: Sequence[ListedReference],
    url: str,
) -> Sheet:
    """A sheet of one of `KINDS`; `url` is that of the revision, empty for a draft."""
    interactions = [
        item
        for item in part.warnings.interactions
        if item.row.severity == InteractionSeverity.MAJOR
    ]
    precautions = printed_precautions(part)
    doses = part.doses[:MOST_DOSES]
    questions = clinician_questions if kind == "clinician" else patient_questions
    return Sheet(
        part=part,
        ledger=format_ledger(part.grade, {row.work.key: row.work.short_name for row in references}),
        doses=doses,
        more_doses=len(part.doses) - len(doses),
        precautions=precautions,
        interactions=interactions,
        more_warnings=_number_of_warnings(part.warnings) - len(precautions) - len(interactions),
        questions=questions(part, remedy, condition, [item.row.substance for item in interactions]),
        references=list(references)[:MOST_REFERENCES] if kind == "clinician" else [],
        url=url,
        qr=qr_code(url) if url else None,
    )


def _number_of_warnings(warnings: Warnings) -> int:
    return len(warnings.precautions) + len(warnings.interactions) + len(warnings.red_flags)


def printed_precautions(part: EntryPart) -> list[PrecautionItem]:
    """The severe ones, and those of the red box that say how to take it."""
    using = part.stop_box.using
    return [
        *severe_precautions(part.warnings),
        *(item for item in part.warnings.precautions if item.row in using),
    ]


def severe_precautions(warnings: Warnings) -> list[PrecautionItem]:
    """Every precaution that says stop or ask, stops first."""
    severe = [item for item in warnings.precautions if item.row.severity in _SEVERE]
    return sorted(severe, key=lambda item: item.row.severity != PrecautionSeverity.STOP)


def format_ledger(grade: GradeRecord, names: Mapping[str, str]) -> str:
    """“Start: High; Risk of bias −1 → Very low (1 study, 75 people)”; `names` are those of works."""
    steps = []
    for step in grade.steps:
        if step.name in {StepName.START, StepName.ADOPTED}:
            start = Certainty.at_level(step.level).label
            steps.append(_("%(step)s: %(level)s") % {"step": step_label(step.name), "level": start})
        elif step.change:
            sign = "+" if step.change > 0 else "−"
            steps.append(f"{step_label(step.name)} {sign}{abs(step.change)}")
    return _("%(steps)s → %(certainty)s (%(counted)s)") % {
        "steps": "; ".join(steps) or _("Steps of the grade: none"),
        "certainty": grade.certainty.label,
        "counted": format_counted(grade, names),
    }


def patient_questions(
    part: EntryPart, remedy: str, condition: str, substances: Sequence[str]
) -> list[str]:
    """Questions to a doctor or pharmacist. `substances` interact severely with the remedy."""
    names = {"remedy": remedy, "condition": condition}
    return [
        _("What do doctors usually do first for %(condition)s?") % names,
        _interaction_question(substances),
        _dose_question(part),
        _("Is there anything in my health that speaks against %(remedy)s?") % names,
        _("How long should I try it, and how will we know whether it helps?"),
        _("Which signs mean that I should stop and call you?"),
    ]


def clinician_questions(
    part: EntryPart, remedy: str, condition: str, substances: Sequence[str]
) -> list[str]:
    """Questions to the patient. `substances` interact severely with the remedy."""
    names = {"remedy": remedy, "condition": condition}
    medicines = _("Which medicines and supplements are taken now?")
    if substances:
        medicines = _("Which medicines are taken now? Above all: %(list)s") % {
            "list": _first_substances(substances)
        }
    return [
        _("What is hoped for from %(remedy)s, and what was tried for %(condition)s before?")
        % names,
        medicines,
        _("Does any warning on this sheet apply?"),
        _("Which product, form and amount is taken or planned, and what else contains it?"),
        _("How long is the trial, what is measured, and when is it stopped?"),
    ]


def _interaction_question(substances: Sequence[str]) -> str:
    if not substances:
        return _("Could it interact with my medicines?")
    return _("Could it interact with my medicines? Above all: %(list)s") % {
        "list": _first_substances(substances)
    }


def _first_substances(substances: Sequence[str]) -> str:
    """The first few; all of them are under the warnings of the sheet."""
    return "; ".join(substances[:_MOST_SUBSTANCES])


def _dose_question(part: EntryPart) -> str:
    dose = next((dose for dose in part.doses if dose.row.amount is not None), None)
    if dose is None:
        return _("Which form and dose would be right for me, if any?")
    return _("A study used %(form)s, %(amount)s. Is that right for me?") % {
        "form": dose.row.form,
        "amount": dose.amount,
    }
