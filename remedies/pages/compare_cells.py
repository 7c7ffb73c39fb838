"""The rows of a comparison, and the function that fills each cell of them in words."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from itertools import chain

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citations.references import PageReferences
from remedies.charts.direction_marks import mark_of
from remedies.choices import (
    InteractionSeverity,
    LimitKind,
    PrecautionKind,
    PrecautionSeverity,
    Route,
)
from remedies.doses.wording import authority_label
from remedies.grading.wording import effect_label
from remedies.pages.amounts import Dose, compare_dose, dose_of, harms_below, limits_of
from remedies.pages.compare_data import Cell, CellLine, ComparedEntry, ComparedRemedy
from remedies.pages.parts import format_counted, precaution_items, stop_rows
from remedies.pages.votes import format_vote_counts, format_vote_range
from remedies.schema import LimitRow

CellFunction = Callable[[ComparedRemedy, PageReferences], Cell]
EntryCellFunction = Callable[[ComparedRemedy, ComparedEntry, PageReferences], Cell]


def _entry_cell(cell: EntryCellFunction) -> CellFunction:
    """Decorator: call `cell` with the entry, and say so in words where the remedy has none."""

    @wraps(cell)
    def wrapped(remedy: ComparedRemedy, references: PageReferences) -> Cell:
        if remedy.reviewed is None:
            missing = _("Not studied: our editors have not reviewed %(remedy)s for this condition")
            return Cell(remedy.name, missing=missing % {"remedy": remedy.name})
        return cell(remedy, remedy.reviewed, references)

    return wrapped


def _cell(remedy: ComparedRemedy, lines: list[CellLine], url: str = "", link: str = "") -> Cell:
    """The lines with a link to more; "None on file", without a link, where there is no line."""
    if not lines:
        return Cell(remedy.name, missing=_("None on file"))
    return Cell(remedy.name, lines, url=url, link=link)


@_entry_cell
def _effect(remedy: ComparedRemedy, entry: ComparedEntry, _references: PageReferences) -> Cell:
    label = effect_label(entry.grade.effect, entry.grade.certainty)
    mark = mark_of(entry.grade.effect, entry.grade.certainty).value
    return Cell(remedy.name, [CellLine("", lead=label)], mark=mark)


@_entry_cell
def _certainty(remedy: ComparedRemedy, entry: ComparedEntry, _references: PageReferences) -> Cell:
    return Cell(
        remedy.name,
        certainty=entry.grade.certainty,
        url=f"{remedy.url}grade/",
        link=_("Why this grade?"),
    )


@_entry_cell
def _verdict(remedy: ComparedRemedy, entry: ComparedEntry, references: PageReferences) -> Cell:
    return Cell(remedy.name, [CellLine(references.html(entry.html.get("verdict", "")))])


@_entry_cell
def _counted(remedy: ComparedRemedy, entry: ComparedEntry, references: PageReferences) -> Cell:
    if not entry.grade.counted:
        return Cell(remedy.name, missing=_("No study counts towards the certainty"))
    names = {key: work.short_name for key, work in references.works.items()}
    return Cell(remedy.name, [CellLine(capfirst(format_counted(entry.grade, names)))])


@_entry_cell
def _doses(remedy: ComparedRemedy, _entry: ComparedEntry, references: PageReferences) -> Cell:
    if not remedy.regimens:
        return Cell(remedy.name, missing=_("No dose in what we read"))
    substance = remedy.name.lower()
    doses = [dose_of(row, substance, (), references) for row in remedy.regimens]
    lines = [CellLine(_dose_facts(dose), dose.amount, dose.marks) for dose in doses]
    lines += _harm_lines(remedy, references)
    return _cell(remedy, lines, f"{remedy.url}#how-to-use", _("More on these doses"))


def _dose_facts(dose: Dose) -> str:
    row = dose.row
    form = capfirst(row.form)
    if row.route is not Route.ORAL:
        form = f"{form} ({row.route.label})"
    measured = dose.elemental or dose.basis
    return "; ".join(filter(None, [form, measured, row.duration]))


def _harm_lines(remedy: ComparedRemedy, references: PageReferences) -> list[CellLine]:
    """Harm found below a limit, beside the doses."""
    harms = harms_below(remedy.document.limits, references)
    return [CellLine(harm.text, _("About the limit:"), harm.marks) for harm in harms]


def _limit_facts(row: LimitRow) -> list[str]:
    return [authority_label(row), row.population, row.counts, row.harm_below]


def _limit(remedy: ComparedRemedy, references: PageReferences) -> Cell:
    limits = limits_of(remedy.document.limits, LimitKind.UPPER, references)
    if not limits:
        missing = _("No upper limit on file. That does not mean that any amount is harmless.")
        return Cell(remedy.name, missing=missing)
    lines = [
        CellLine(
            "; ".join(filter(None, _limit_facts(limit.row))),
            limit.amount,
            limit.marks,
        )
        for limit in limits
    ]
    compared = [compare_dose(row, remedy.document.limits) for row in remedy.regimens]
    sentences = dict.fromkeys(chain.from_iterable(part.sentences for part in compared))
    return _cell(remedy, lines + [CellLine(sentence) for sentence in sentences])


def _stops(remedy: ComparedRemedy, references: PageReferences) -> Cell:
    rows = [row for row in stop_rows(remedy.precautions) if row.kind != PrecautionKind.GET_HELP]
    lines = [
        CellLine(item.row.who, marks=item.marks, caution_only=item.caution_only)
        for item in precaution_items(rows, references)
    ]
    return _cell(remedy, lines)


def _precaution_lines(
    remedy: ComparedRemedy, references: PageReferences, *kinds: PrecautionKind, stops: bool = True
) -> list[CellLine]:
    """Precautions of the kinds; `stops` is whether those that say stop are among them."""
    rows = [
        row
        for row in remedy.precautions
        if row.kind in kinds and (stops or row.severity != PrecautionSeverity.STOP)
    ]
    return [
        CellLine(
            item.row.text,
            _("If %(who)s:") % {"who": item.row.who} if item.row.who else "",
            item.marks,
            caution_only=item.caution_only,
        )
        for item in precaution_items(rows, references)
    ]


def _cautions(remedy: ComparedRemedy, references: PageReferences) -> Cell:
    """Whom they concern, as the stops have it; the link leads to what each of them says."""
    kinds = (PrecautionKind.CONTRAINDICATION, PrecautionKind.CAUTION)
    rows = [
        row
        for row in remedy.precautions
        if row.kind in kinds and row.severity != PrecautionSeverity.STOP
    ]
    lines = [
        CellLine(item.row.who or item.row.text, marks=item.marks, caution_only=item.caution_only)
        for item in precaution_items(rows, references)
    ]
    return Cell(
        remedy.name,
        lines,
        missing="" if lines else _("None on file"),
        url=f"{remedy.url}#warnings",
        link=_("All warnings"),
    )


def _medicines(remedy: ComparedRemedy, references: PageReferences) -> Cell:
    """Every medicine by name, the most serious first; those that nobody checked stand apart."""
    lines = []
    for checked in (True, False):
        for severity in InteractionSeverity:
            rows = [
                row
                for row in remedy.document.interactions
                if row.severity == severity and row.checked == checked
            ]
            if rows:
                keys = dict.fromkeys(chain.from_iterable(row.citations for row in rows))
                lead = _("%(severity)s (%(count)s):") % {
                    "severity": severity.label,
                    "count": len(rows),
                }
                names = ", ".join(row.substance for row in rows)
                lines.append(
                    CellLine(names, lead, references.marks(keys), caution_only=not checked)
                )
    return _cell(remedy, lines, f"{remedy.url}#interactions", _("What to do about each"))


def _pregnancy(remedy: ComparedRemedy, references: PageReferences) -> Cell:
    return _cell(remedy, _precaution_lines(remedy, references, PrecautionKind.PREGNANCY))


def _get_help(remedy: ComparedRemedy, references: PageReferences) -> Cell:
    return _cell(remedy, _precaution_lines(remedy, references, PrecautionKind.GET_HELP))


def _side_effects(remedy: ComparedRemedy, references: PageReferences) -> Cell:
    return _cell(remedy, _precaution_lines(remedy, references, PrecautionKind.SIDE_EFFECT))


def _last_reviewed(remedy: ComparedRemedy, _references: PageReferences) -> Cell:
    document = remedy.reviewed.document if remedy.reviewed else remedy.document
    lines = []
    if document.written_on:
        lines.append(CellLine(date_format(document.written_on), _("Written:")))
    if document.review_due:
        lines.append(CellLine(date_format(document.review_due), _("Next review due:")))
    return _cell(remedy, lines)


def _whole_page(remedy: ComparedRemedy, _references: PageReferences) -> Cell:
    link = _("All on %(remedy)s for this condition") if remedy.reviewed else _("All on %(remedy)s")
    return Cell(remedy.name, url=remedy.url, link=link % {"remedy": remedy.name})


def vote_cell(remedy: ComparedRemedy, _references: PageReferences) -> Cell:
    """Members' votes on the entry; opinion, so it stands in a table of its own."""
    if remedy.reviewed is None:
        missing = _("No votes: members vote on remedies that our editors have reviewed for it")
        return Cell(remedy.name, missing=missing)
    entry = remedy.reviewed.entry
    sentences = [format_vote_counts(entry), format_vote_range(entry)]
    return Cell(remedy.name, [CellLine(sentence) for sentence in sentences if sentence])


def cells(
    function: CellFunction, remedies: Iterable[ComparedRemedy], references: PageReferences
) -> list[Cell]:
    """One row: a cell for each remedy, in their order."""
    return [function(remedy, references) for remedy in remedies]


ROWS: Sequence[tuple[str, Promise, CellFunction]] = (
    ("effect", gettext_lazy("What it seems to do"), _effect),
    ("certainty", gettext_lazy("How sure the studies make us"), _certainty),
    ("verdict", gettext_lazy("In a sentence"), _verdict),
    ("counted", gettext_lazy("Studies and people counted"), _counted),
    ("doses", gettext_lazy("Doses that studies used"), _doses),
    ("limit", gettext_lazy("Against the upper limit"), _limit),
    ("stops", gettext_lazy("Do not take without medical advice if"), _stops),
    ("get-help", gettext_lazy("When to get help"), _get_help),
    ("cautions", gettext_lazy("Ask first if"), _cautions),
    ("medicines", gettext_lazy("Medicines that matter"), _medicines),
    ("pregnancy", gettext_lazy("Pregnancy and breastfeeding"), _pregnancy),
    ("side-effects", gettext_lazy("Side effects"), _side_effects),
    ("reviewed", gettext_lazy("Last reviewed"), _last_reviewed),
    ("page", gettext_lazy("The whole page"), _whole_page),
)
"""Key, heading and cell function of every row, in the order of the page; votes are not among them."""
