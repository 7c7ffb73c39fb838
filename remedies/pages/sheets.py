"""Sheets to take to a doctor or pharmacist: what one side of paper shows of an entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citations.references import ListedReference
from remedies.choices import InteractionSeverity, PrecautionSeverity
from remedies.grading.record import GradeRecord
from remedies.grading.scale import CERTAINTIES, StepName
from remedies.grading.wording import step_label
from remedies.pages.entry import EntryPart
from remedies.pages.parts import Dose, Interacting, Warned

KINDS = ("clinician", "patient")
MOST_DOSES = 4
MOST_REFERENCES = 6
_MOST_CLASSES = 4
_LOUD = frozenset({PrecautionSeverity.STOP, PrecautionSeverity.ASK})


@dataclass(frozen=True)
class QrCode:
    """A QR code as one path on a grid of `size` modules, with the quiet border around it."""

    path: str
    size: int


@dataclass(frozen=True)
class Sheet:
    """What a sheet shows, apart from names and dates."""

    part: EntryPart
    ledger: str
    doses: list[Dose]
    more_doses: int
    warned: list[Warned]
    interactions: list[Interacting]
    more_warnings: int
    questions: list[str]
    references: list[ListedReference]
    address: str
    qr: QrCode | None

    @property
    def path(self) -> str:
        """The address on this site."""
        return urlsplit(self.address).path


def sheet(
    kind: str,
    part: EntryPart,
    *,
    remedy: str,
    condition: str,
    references: Sequence[ListedReference],
    address: str,
) -> Sheet:
    """A sheet of one kind; `address` is that of the revision, empty for a draft."""
    interactions = [
        one for one in part.warnings.interactions if one.row.severity == InteractionSeverity.MAJOR
    ]
    doses = part.doses[:MOST_DOSES]
    ask = clinician_questions if kind == "clinician" else patient_questions
    return Sheet(
        part=part,
        ledger=format_ledger(part.grade),
        doses=doses,
        more_doses=len(part.doses) - len(doses),
        warned=loud_warnings(part),
        interactions=interactions,
        more_warnings=_quieter(part, len(interactions)),
        questions=ask(part, remedy, condition, [one.row.substance for one in interactions]),
        references=list(references)[:MOST_REFERENCES] if kind == "clinician" else [],
        address=address,
        qr=qr_code(address) if address else None,
    )


def qr_code(address: str, border: int = 4) -> QrCode:
    """The address as a QR code: a square of one unit for each dark module."""
    matrix = segno.make(address).matrix
    squares = [
        f"M{column + border} {line + border}h1v1h-1z"
        for line, modules in enumerate(matrix)
        for column, dark in enumerate(modules)
        if dark & 1
    ]
    return QrCode("".join(squares), len(matrix) + 2 * border)


def _quieter(part: EntryPart, major: int) -> int:
    """How many warnings, side effects and signs stand on the page alone."""
    warnings = part.warnings
    precautions = sum(len(group) for group in _groups(part))
    quiet = precautions - len(loud_warnings(part)) + len(warnings.interactions) - major
    return quiet + len(warnings.red_flags)


def _groups(part: EntryPart) -> Iterable[list[Warned]]:
    warnings = part.warnings
    return (
        warnings.contraindications,
        warnings.cautions,
        warnings.pregnancy,
        warnings.side_effects,
        warnings.get_help,
    )


def loud_warnings(part: EntryPart) -> list[Warned]:
    """Every precaution that says stop or ask, stops first, each once."""
    loud = [one for group in _groups(part) for one in group if one.row.severity in _LOUD]
    return sorted(loud, key=lambda one: one.row.severity != PrecautionSeverity.STOP)


def format_ledger(grade: GradeRecord) -> str:
    """“Start: High; Risk of bias −1 → Very low (1 study, 75 people)”."""
    steps = []
    for step in grade.steps:
        if step.name == StepName.START:
            start = CERTAINTIES[step.level].label
            steps.append(_("%(step)s: %(level)s") % {"step": step_label(step.name), "level": start})
        elif step.change:
            sign = "+" if step.change > 0 else "−"
            steps.append(f"{step_label(step.name)} {sign}{abs(step.change)}")
    studies = ngettext("%(count)s study counted", "%(count)s studies counted", len(grade.counted))
    people = ngettext("%(count)s person", "%(count)s people", grade.people)
    return _("%(steps)s → %(certainty)s (%(studies)s, %(people)s)") % {
        "steps": "; ".join(steps) or _("Steps of the grade: none"),
        "certainty": grade.certainty.label,
        "studies": studies % {"count": len(grade.counted)},
        "people": people % {"count": f"{grade.people:,}"},
    }


def patient_questions(
    part: EntryPart, remedy: str, condition: str, substances: Sequence[str]
) -> list[str]:
    """What to ask a doctor or pharmacist."""
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
    """What to ask the patient, and to settle together."""
    names = {"remedy": remedy, "condition": condition}
    medicines = _("Which medicines and supplements are taken now?")
    if substances:
        medicines = _("Which medicines are taken now? Above all: %(list)s") % {
            "list": _classes(substances)
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
        "list": _classes(substances)
    }


def _classes(substances: Sequence[str]) -> str:
    """The first few; all of them stand under the warnings of the sheet."""
    return "; ".join(substances[:_MOST_CLASSES])


def _dose_question(part: EntryPart) -> str:
    dose = next((dose for dose in part.doses if dose.row.amount is not None), None)
    if dose is None:
        return _("Which form and dose would be right for me, if any?")
    return _("A study used %(form)s, %(amount)s. Is that right for me?") % {
        "form": dose.row.form,
        "amount": dose.amount,
    }
