"""Remedies for one condition side by side: the same rows for each, and no cell without words.

Composed row by row, as a table is read, so that reference marks are numbered in that order.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from citations.references import ListedReference, PageReferences, retracted
from citations.schema import citation_keys
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.selectors import Html
from remedies.choices import (
    Certainty,
    InteractionSeverity,
    LimitKind,
    PrecautionKind,
    PrecautionSeverity,
)
from remedies.doses.limits import NotDrawn, meter
from remedies.doses.wording import (
    basis_label,
    format_dose,
    format_elemental,
    format_excess,
    format_limit,
    format_limit_shares,
    not_drawn_label,
)
from remedies.grading.record import GradeRecord
from remedies.grading.wording import effect_label
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.parts import Flag, flags
from remedies.schema import EntryDocument, PrecautionRow, RegimenRow, RemedyDocument
from remedies.selectors import condition_state, entry_state, remedy_state
from remedies_site.numbers import format_number
from remedies_site.voting import honest_range


@dataclass(frozen=True)
class Line:
    """One thing said in a cell: what it is about in bold, the words, and their marks."""

    text: str | SafeString
    lead: str = ""
    marks: SafeString = field(default_factory=SafeString)
    caution_only: bool = False


@dataclass(frozen=True)
class Cell:
    """What one row says of one remedy; where there is nothing, `missing` says so in words."""

    remedy: str
    lines: list[Line] = field(default_factory=list)
    missing: str = ""
    certainty: Certainty | None = None
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class ComparedRow:
    """One heading with a cell for each remedy."""

    key: str
    heading: str
    cells: list[Cell]


@dataclass(frozen=True)
class Reviewed:
    """What is published of one remedy for the condition."""

    entry: RemedyConditionEntry
    document: EntryDocument
    html: Html
    grade: GradeRecord


@dataclass(frozen=True)
class Candidate:
    """One remedy of a comparison; `reviewed` is None where nobody has looked at the pair."""

    remedy: Remedy
    document: RemedyDocument
    reviewed: Reviewed | None

    @property
    def name(self) -> str:
        """The remedy's published name."""
        return self.document.name

    @property
    def url(self) -> str:
        """The page that says it all: the entry's, or else the remedy's."""
        subject = self.reviewed.entry if self.reviewed else self.remedy
        return subject.get_absolute_url()

    @property
    def precautions(self) -> list[PrecautionRow]:
        """The entry's own before those true for every use."""
        own = self.reviewed.document.precautions if self.reviewed else []
        return [*own, *self.document.precautions]


@dataclass(frozen=True)
class ComparePage:
    """Two to four remedies for one condition, side by side."""

    condition: Condition
    condition_name: str
    remedies: list[Remedy]
    names: list[str]
    red_flags: list[Flag]
    rows: list[ComparedRow]
    opinion: list[ComparedRow]
    references: list[ListedReference]

    @property
    def retracted(self) -> list[ListedReference]:
        """The works that the page cites and that were retracted."""
        return retracted(self.references)


def compare_page(condition: Condition, remedies: Sequence[Remedy]) -> ComparePage:
    """The comparison in the order of `remedies`, in three queries."""
    state = condition_state(condition)
    candidates = _candidates(condition, remedies)
    library = PageReferences(_keys(state, candidates))
    red_flags = flags(state.red_flags, library)
    rows = [_row(key, heading, cell, candidates, library) for key, heading, cell in _ROWS]
    return ComparePage(
        condition=condition,
        condition_name=state.name,
        remedies=list(remedies),
        names=[one.name for one in candidates],
        red_flags=red_flags,
        rows=rows,
        opinion=[_row("votes", _("Votes"), _votes, candidates, library)],
        references=library.listed(),
    )


def _candidates(condition: Condition, remedies: Sequence[Remedy]) -> list[Candidate]:
    entries = (
        RemedyConditionEntry.objects.published()
        .filter(condition=condition, remedy__in=remedies)
        .select_related("current_revision")
    )
    by_remedy = {entry.remedy_id: entry for entry in entries}
    candidates = []
    for remedy in remedies:
        reviewed = None
        if entry := by_remedy.get(remedy.pk):
            entry.remedy, entry.condition = remedy, condition
            reviewed = Reviewed(entry, *entry_state(entry))
        candidates.append(Candidate(remedy, remedy_state(remedy)[0], reviewed))
    return candidates


def _keys(state: ConditionDocument, candidates: Iterable[Candidate]) -> Iterable[str]:
    documents = [state, *(one.document for one in candidates)]
    documents += [one.reviewed.document for one in candidates if one.reviewed]
    return chain.from_iterable(citation_keys(document) for document in documents)


CellOf = Callable[[Candidate, PageReferences], Cell]


def _row(
    key: str,
    heading: str | Promise,
    cell: CellOf,
    candidates: Iterable[Candidate],
    references: PageReferences,
) -> ComparedRow:
    return ComparedRow(key, str(heading), [cell(one, references) for one in candidates])


def _none(one: Candidate) -> Cell:
    return Cell(one.name, missing=_("None on file"))


def _not_studied(one: Candidate) -> Cell:
    words = _("Not studied: our editors have not reviewed %(remedy)s for this condition")
    return Cell(one.name, missing=words % {"remedy": one.name})


def _listed(one: Candidate, lines: list[Line], url: str = "", link: str = "") -> Cell:
    if not lines:
        return _none(one)
    return Cell(one.name, lines, url=url, link=link)


def _effect(one: Candidate, _references: PageReferences) -> Cell:
    if one.reviewed is None:
        return _not_studied(one)
    grade = one.reviewed.grade
    return Cell(one.name, [Line("", lead=effect_label(grade.effect, grade.certainty))])


def _certainty(one: Candidate, _references: PageReferences) -> Cell:
    if one.reviewed is None:
        return _not_studied(one)
    return Cell(
        one.name,
        certainty=one.reviewed.grade.certainty,
        url=f"{one.url}grade/",
        link=_("Why this grade?"),
    )


def _verdict(one: Candidate, references: PageReferences) -> Cell:
    if one.reviewed is None:
        return _not_studied(one)
    return Cell(one.name, [Line(references.html(one.reviewed.html.get("verdict", "")))])


def _counted(one: Candidate, _references: PageReferences) -> Cell:
    if one.reviewed is None:
        return _not_studied(one)
    grade = one.reviewed.grade
    studies = len(grade.counted)
    if not studies:
        return Cell(one.name, missing=_("No study counts towards the certainty"))
    words = [ngettext("%(count)s study", "%(count)s studies", studies) % {"count": studies}]
    if grade.people:
        people = ngettext("%(count)s person", "%(count)s people", grade.people)
        words.append(people % {"count": format_number(Decimal(grade.people))})
    else:
        words.append(_("number of people not stated"))
    return Cell(one.name, [Line(", ".join(words))])


def _doses(one: Candidate, references: PageReferences) -> Cell:
    if one.reviewed is None:
        return _not_studied(one)
    regimens = one.reviewed.document.regimens
    if not regimens:
        return Cell(one.name, missing=_("No dose in what we read"))
    substance = one.name.lower()
    lines = [
        Line(_dose_facts(row, substance), format_dose(row), references.marks([row.citation]))
        for row in regimens
    ]
    return _listed(one, lines, f"{one.url}#how-to-use", _("More on these doses"))


def _dose_facts(row: RegimenRow, substance: str) -> str:
    form = capfirst(row.form)
    if row.route != "oral":
        form = f"{form} ({row.route.label})"
    measured = [basis_label(row, substance), format_elemental(row, substance)]
    facts = [form, ": ".join(filter(None, measured)), row.duration, row.population]
    return "; ".join(filter(None, facts))


def _limit(one: Candidate, references: PageReferences) -> Cell:
    uppers = [row for row in one.document.limits if row.kind == LimitKind.UPPER]
    if not uppers:
        words = _("No upper limit on file. That does not mean that any amount is harmless.")
        return Cell(one.name, missing=words)
    lines = [
        Line(
            "; ".join(filter(None, [row.authority, row.population, row.counts])),
            format_limit(row),
            references.marks(row.citations),
        )
        for row in uppers
    ]
    regimens = one.reviewed.document.regimens if one.reviewed else []
    against = chain.from_iterable(_against(row, one.document) for row in regimens)
    return _listed(one, lines + [Line(words) for words in dict.fromkeys(against)])


def _against(row: RegimenRow, remedy: RemedyDocument) -> list[str]:
    compared = meter(row, remedy.limits)
    if isinstance(compared, NotDrawn):
        return list(filter(None, [not_drawn_label(compared)]))
    return list(filter(None, [format_limit_shares(compared), format_excess(compared)]))


def _stops(one: Candidate, references: PageReferences) -> Cell:
    rows = [row for row in one.precautions if row.severity == PrecautionSeverity.STOP]
    by_whom = {row.who: row for row in rows}
    lines = [
        Line(who, marks=references.marks(row.citations), caution_only=not row.checked)
        for who, row in by_whom.items()
    ]
    return _listed(one, lines)


def _warned(
    one: Candidate, references: PageReferences, kinds: set[PrecautionKind], *, stops: bool
) -> list[Line]:
    return [
        Line(
            row.text,
            _("If %(who)s:") % {"who": row.who} if row.who else "",
            references.marks(row.citations),
            caution_only=not row.checked,
        )
        for row in one.precautions
        if row.kind in kinds and (stops or row.severity != PrecautionSeverity.STOP)
    ]


def _cautions(one: Candidate, references: PageReferences) -> Cell:
    kinds = {PrecautionKind.CONTRAINDICATION, PrecautionKind.CAUTION}
    lines = _warned(one, references, kinds, stops=False)
    return Cell(
        one.name,
        lines,
        missing="" if lines else _("None on file"),
        url=f"{one.url}#warnings",
        link=_("All warnings"),
    )


def _medicines(one: Candidate, references: PageReferences) -> Cell:
    lines = []
    for checked in (True, False):
        for severity in InteractionSeverity:
            rows = [
                row
                for row in one.document.interactions
                if row.severity == severity and row.checked == checked
            ]
            if rows:
                keys = dict.fromkeys(chain.from_iterable(row.citations for row in rows))
                lead = _("%(severity)s (%(count)s):") % {
                    "severity": severity.label,
                    "count": len(rows),
                }
                names = ", ".join(row.substance for row in rows)
                lines.append(Line(names, lead, references.marks(keys), caution_only=not checked))
    return _listed(one, lines, f"{one.url}#interactions", _("What to do about each"))


def _pregnancy(one: Candidate, references: PageReferences) -> Cell:
    return _listed(one, _warned(one, references, {PrecautionKind.PREGNANCY}, stops=True))


def _side_effects(one: Candidate, references: PageReferences) -> Cell:
    return _listed(one, _warned(one, references, {PrecautionKind.SIDE_EFFECT}, stops=True))


def _reviewed(one: Candidate, _references: PageReferences) -> Cell:
    document = one.reviewed.document if one.reviewed else one.document
    lines = []
    if document.written_on:
        lines.append(Line(date_format(document.written_on), _("Written:")))
    if document.review_due:
        lines.append(Line(date_format(document.review_due), _("Next review due:")))
    return _listed(one, lines)


def _whole_page(one: Candidate, _references: PageReferences) -> Cell:
    words = _("All on %(remedy)s for this condition") if one.reviewed else _("All on %(remedy)s")
    return Cell(one.name, url=one.url, link=words % {"remedy": one.name})


def _votes(one: Candidate, _references: PageReferences) -> Cell:
    if one.reviewed is None:
        words = _("No votes: members vote on remedies that our editors have reviewed for it")
        return Cell(one.name, missing=words)
    entry = one.reviewed.entry
    counts = _("%(up)s up • %(down)s down") % {"up": entry.up_count, "down": entry.down_count}
    lines = [Line(counts)]
    if voted := honest_range(entry.up_count, entry.down_count):
        words = _(
            "%(up)s of %(n)s members who voted say it helped; plausible range %(low)s-%(high)s %%"
        )
        lines.append(Line(words % voted._asdict()))
    return Cell(one.name, lines)


_ROWS: Sequence[tuple[str, Promise, CellOf]] = (
    ("effect", gettext_lazy("What it seems to do"), _effect),
    ("certainty", gettext_lazy("How sure the studies make us"), _certainty),
    ("verdict", gettext_lazy("In a sentence"), _verdict),
    ("counted", gettext_lazy("Studies and people counted"), _counted),
    ("doses", gettext_lazy("Doses that studies used"), _doses),
    ("limit", gettext_lazy("Against the upper limit"), _limit),
    ("stops", gettext_lazy("Do not take without medical advice if"), _stops),
    ("cautions", gettext_lazy("Other cautions to ask about"), _cautions),
    ("medicines", gettext_lazy("Medicines that matter"), _medicines),
    ("pregnancy", gettext_lazy("Pregnancy and breastfeeding"), _pregnancy),
    ("side-effects", gettext_lazy("Side effects"), _side_effects),
    ("reviewed", gettext_lazy("Last reviewed"), _reviewed),
    ("page", gettext_lazy("The whole page"), _whole_page),
)
"""Every row of the comparison, in the order of the page; opinion is not among them."""
