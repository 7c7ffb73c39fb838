"""Publishing, withdrawing and renaming remedies and entries; grading again; votes on entries."""

import logging
from collections.abc import Collection, Iterable, Mapping
from functools import partial

from django.db import transaction

from accounts.models import User
from accounts.rate_limits import VOTES, acquire, consume
from accounts.sanctions.services import require_unsanctioned
from accounts.services import require_consent
from publishing.history.wording import PhraseBook
from publishing.renaming import rename
from publishing.review.services import ReviewedRows
from publishing.services import (
    Columns,
    Grade,
    GradingResult,
    SubjectType,
    UnreadableDocument,
    name_columns,
)
from remedies.choices import (
    Certainty,
    InteractionSeverity,
    PrecautionKind,
    PrecautionSeverity,
    WarningLevel,
)
from remedies.document import (
    OrderedCircumstance,
    entry_document,
    entry_grade,
    entry_html,
    fill_circumstance,
    ordered_circumstance,
    remedy_document,
    remedy_html,
)
from remedies.doses.ranges import shown_doses
from remedies.doses.wording import format_dose, format_limit
from remedies.grading.inputs import WorkFacts
from remedies.grading.list_order import list_rank
from remedies.grading.record import GradeRecord, grade_entry
from remedies.grading.verdicts import verdict_errors
from remedies.grading.wording import effect_label
from remedies.models import (
    Circumstance,
    CircumstanceRevision,
    EntryVote,
    Remedy,
    RemedyConditionEntry,
)
from remedies.schema import EntryDocument, PrecautionRow, RemedyDocument
from remedies_site.markup import plain_text
from remedies_site.voting import cast_vote, withdraw_votes

logger = logging.getLogger(__name__)
TEASER_LENGTH = 150
_LEVELS = {
    PrecautionSeverity.STOP: WarningLevel.STOP,
    PrecautionSeverity.ASK: WarningLevel.ASK,
}
ShownWarning = tuple[str, str, list[str]]
"""A warning as a `shown_` column holds it: level, words, slugs of the conditions it matters for."""


def grade_document(
    document: EntryDocument, works: Mapping[str, WorkFacts] | None = None
) -> GradingResult:
    """The grade of an entry by its evidence, and what its verdict says that does not fit the grade.

    `works` are the facts by key; without them the library is read.
    """
    grade = entry_grade(document) if works is None else grade_entry(document, works)
    errors = verdict_errors(document.verdict, grade.certainty, grade.effect, document.remedy)
    return GradingResult(grade.canonical(), [("verdict", message) for message in errors])


def _remedy_columns(document: RemedyDocument, _grade: Grade | None) -> Columns:
    majors: list[ShownWarning] = [
        (WarningLevel.MAJOR.value, row.substance, [])
        for row in document.interactions
        if row.severity is InteractionSeverity.MAJOR
    ]
    return {
        **name_columns(document),
        "shown_kind": document.kind.value,
        "shown_stops": [*_shown_warnings(document.precautions), *majors],
    }


def _shown_warnings(rows: Iterable[PrecautionRow]) -> list[ShownWarning]:
    """The loud rows that name whom; of signs that want help, those that say stop come first."""
    loud = [row for row in rows if row.severity in _LEVELS and row.who]
    loud.sort(key=lambda row: row.severity is not PrecautionSeverity.STOP)
    return [(_level(row).value, row.who, row.matters_for) for row in loud]


def _level(row: PrecautionRow) -> WarningLevel:
    return WarningLevel.HELP if row.kind is PrecautionKind.GET_HELP else _LEVELS[row.severity]


def _entry_columns(document: EntryDocument, grade: Grade | None) -> Columns:
    # Revisions from before grades were computed have none: then what their editors wrote is shown.
    graded = grade or {"effect": document.effect.value, "certainty": document.certainty.value}
    return {
        "shown_effect": graded["effect"],
        "shown_certainty": graded["certainty"],
        "shown_rank": list_rank(str(graded["effect"]), str(graded["certainty"])),
        "shown_written_on": document.written_on,
        "shown_teaser": teaser(document.verdict),
        "shown_cautions": _shown_warnings(document.precautions),
        "shown_people": _people(grade),
        "shown_doses": shown_doses(document.regimens),
    }


def _people(grade: Grade | None) -> int | None:
    """The people in what counts; None where no work says how many."""
    return (GradeRecord.model_validate(grade).people or None) if grade else None


def _grade_phrase(effect: str, certainty: str) -> str:
    """“May help. Low certainty”: a stored grade, also one of a rule whose words are no longer used."""
    try:
        return f"{effect_label(effect, certainty)}. {Certainty(certainty).label}"
    except (LookupError, ValueError):
        return f"{effect}, {certainty}"


def teaser(markdown: str, length: int = TEASER_LENGTH) -> str:
    """The first words of a verdict: at most `length` characters of plain text, “…” where it was cut.

    Unlike `textwrap.shorten`, it cuts a first word that is too long instead of dropping it, and
    leaves no comma or dash before the “…”.
    """
    text = plain_text(markdown)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if not text[length - 1].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip(" ,;:.–-") + "…"


REMEDIES = SubjectType(
    model=Remedy,
    schema=RemedyDocument,
    to_document=remedy_document,
    to_html=remedy_html,
    columns=_remedy_columns,
    safety=frozenset({"precautions", "interactions", "limits", "gaps"}),
)
ENTRIES = SubjectType(
    model=RemedyConditionEntry,
    schema=EntryDocument,
    to_document=entry_document,
    to_html=entry_html,
    columns=_entry_columns,
    grader=grade_document,
    safety=frozenset({"regimens", "precautions", "dosing", "warnings"}),
)
CIRCUMSTANCES = ReviewedRows(
    model=Circumstance,
    revisions=CircumstanceRevision,
    key="slug",
    to_document=ordered_circumstance,
    fill=fill_circumstance,
    schema=OrderedCircumstance,
    reaches_readers=lambda _term, _changed: True,  # the private check reads every row
)
REMEDY_PHRASES = PhraseBook(rows={"limits": format_limit})
ENTRY_PHRASES = PhraseBook(
    format_grade=lambda grade: _grade_phrase(grade["effect"], grade["certainty"]),
    rows={"regimens": format_dose},
)
publish_remedy, publish_entry = REMEDIES.publish, ENTRIES.publish
withdraw_remedy, withdraw_entry = REMEDIES.withdraw, ENTRIES.withdraw
remedy_errors, entry_errors = REMEDIES.draft_errors, ENTRIES.draft_errors
rename_remedy = rename
regrade_entry = ENTRIES.regrade


def regrade_citing(keys: Iterable[str], *, note: str) -> list[RemedyConditionEntry]:
    """Grade every published entry again that cites one of the works; return those that changed.

    Entries that the rule cannot read keep their grade and are logged: they must not keep an editor
    from saving a work. `manage.py regrade` names them too.
    """
    changed_keys = set(keys)
    cited = RemedyConditionEntry.objects.filter(
        published_at__isnull=False, withdrawn_at__isnull=True
    ).values_list("pk", "shown_citations")
    citing = [pk for pk, shown_citations in cited if changed_keys & set(shown_citations)]
    entries = RemedyConditionEntry.objects.filter(pk__in=citing).order_by("pk")
    changed = []
    for entry in entries:
        try:
            if regrade_entry(entry, note=note):
                changed.append(entry)
        except UnreadableDocument:
            logger.warning("Entry %s was not graded: the rule cannot read it.", entry.pk)
    return changed


def regrade_after_change(*, keys: Collection[str], **_signal: object) -> None:
    """Receiver of `library_changed`: grade what cites these works again; the note names them."""
    names = ", ".join(sorted(keys))
    regrade_citing(keys, note=f"Changed in the library: {names}."[:400])


@transaction.atomic
def vote_on_entry(
    entry: RemedyConditionEntry, *, by: User, value: int, consent: bool = False
) -> RemedyConditionEntry:
    """Vote that the remedy helped (1) or did not (-1), or take the vote back (0); return the entry.

    Repeating a vote changes nothing and does not count towards the rate limit. Raises InvalidInput,
    NotPermitted (for a sanction), RateLimited or InvalidVote.
    """
    require_consent(by, consent)
    if value:
        require_unsanctioned(by)
    allowance = acquire(by, VOTES)
    count = partial(consume, allowance, VOTES)
    cast_vote(entry.votes, target=entry, by=by, value=value, before_change=count)
    return entry


def withdraw_votes_of(member: User) -> None:
    """Take all votes of a member on entries out of the counters, and delete them; in a transaction."""
    withdraw_votes(EntryVote.objects.filter(voter=member), "entry")
