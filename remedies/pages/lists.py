"""Lists over many pages: what a remedy or condition has entries for, recent reviews, corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import CharField, Count, F, Min, Q, QuerySet, Value
from django.urls import reverse

from conditions.models import Condition, ConditionRevision
from publishing.models import Kind
from remedies.choices import Certainty, Effect
from remedies.grading.wording import effect_label
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies_site.key_pages import FIRST, KeyPage, PagePosition, beyond, key_page, page_of
from remedies_site.listing import PER_PAGE, parse_positive
from remedies_site.pagecache.kept_values import derived_many

AnyRevision = TypeVar("AnyRevision", EntryRevision, RemedyRevision, ConditionRevision)


@dataclass(frozen=True)
class SurestEffect:
    """An effect with the entries that have it: how many, and of a single one the other part's name."""

    effect: Effect
    number: int
    name: str


@dataclass(frozen=True)
class EntrySummary:
    """How many published entries there are, the highest certainty among them, and the effects that
    were found with it, one for each wording: a certainty alone would read like praise."""

    number: int
    certainty: Certainty
    effects: tuple[SurestEffect, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether anything is known with more than very low certainty."""
        return self.certainty.level >= Certainty.LOW.level


def entry_summaries(subjects: Sequence[Remedy | Condition]) -> dict[int, EntrySummary]:
    """The published entries of each remedy, or of each condition, by its id; in one query.

    Subjects are of one kind; those without an entry are not in the result.
    """
    of_remedies = bool(subjects) and isinstance(subjects[0], Remedy)
    column, other = ("remedy", "condition") if of_remedies else ("condition", "remedy")
    return derived_many(
        ("entry summaries", column),
        [subject.pk for subject in subjects],
        lambda pks: _read_summaries(pks, column, other),
    )


def _read_summaries(pks: list[int], column: str, other: str) -> dict[int, EntrySummary]:
    rows = (
        RemedyConditionEntry.objects.published()
        .filter(**{f"{column}__in": pks})
        .order_by()
        .values_list(column, "shown_certainty", "shown_effect")
        .annotate(number=Count("pk"), name=Min(f"{other}__shown_name"))
    )
    by_subject: dict[int, list[tuple[Certainty, SurestEffect]]] = {}
    for pk, certainty, effect, number, name in rows:
        found = SurestEffect(Effect(effect), number, name if number == 1 else "")
        by_subject.setdefault(pk, []).append((Certainty(certainty), found))
    return {pk: _summary(counted) for pk, counted in by_subject.items()}


def _summary(counted: Sequence[tuple[Certainty, SurestEffect]]) -> EntrySummary:
    highest = max((certainty for certainty, _found in counted), key=attrgetter("level"))
    surest = {found.effect: found for certainty, found in counted if certainty == highest}
    by_label: dict[str, SurestEffect] = {}
    for effect in Effect:
        if found := surest.get(effect):
            label = effect_label(effect, highest)
            same = by_label.get(label)
            by_label[label] = (
                SurestEffect(same.effect, same.number + found.number, "") if same else found
            )
    number = sum(found.number for _certainty, found in counted)
    return EntrySummary(number, highest, tuple(by_label.values()))


@dataclass(frozen=True)
class ReviewedEntry:
    """A published entry and the day on which its text was written."""

    entry: RemedyConditionEntry
    written_on: date


REVIEW_ORDER = ("-shown_written_on", "-published_at", "-pk")


def recently_reviewed(position: PagePosition) -> KeyPage[ReviewedEntry]:
    """A page of published entries by the day they were written, newest first; the key of one names it."""
    page = key_page(by_writing(), REVIEW_ORDER, position, PER_PAGE, named_by="pk")
    return page.map(_reviewed)


def last_reviewed() -> ReviewedEntry | None:
    """The entry that was written last; None where no entry has a date."""
    entry = by_writing().order_by(*REVIEW_ORDER).first()
    return _reviewed(entry) if entry else None


def by_writing() -> QuerySet[RemedyConditionEntry]:
    """Published entries whose text says when it was written."""
    entries = RemedyConditionEntry.objects.published().with_names()
    return entries.filter(shown_written_on__isnull=False)


def _reviewed(entry: RemedyConditionEntry) -> ReviewedEntry:
    assert entry.shown_written_on is not None  # noqa: S101  (by the filter)
    return ReviewedEntry(entry, entry.shown_written_on)


def uses(subject: Remedy | Condition, position: PagePosition) -> KeyPage[RemedyConditionEntry]:
    """A page of the published entries of a remedy or a condition, from A to Z by the other part."""
    own, other = ("remedy", "condition") if isinstance(subject, Remedy) else ("condition", "remedy")
    entries = RemedyConditionEntry.objects.published().with_names().filter(**{own: subject})
    return key_page(entries, (f"{other}__sort_key", "pk"), position, PER_PAGE, named_by="pk")


@dataclass(frozen=True)
class Correction:
    """A correction of a published page: revision `number`, by whom, and what was wrong.

    Slug and name of the remedy are empty for a condition's page, those of the condition for a
    remedy's overview.
    """

    published_at: datetime
    pk: int
    number: int
    note: str
    author_name: str
    approver_name: str | None
    remedy_slug: str
    remedy: str
    condition_slug: str
    condition: str

    @property
    def place(self) -> tuple[datetime, str, int]:
        """Where it stands among corrections, the newest of which has the highest."""
        return self.published_at, self.subject, self.pk

    @property
    def subject(self) -> str:
        """The letter of what was corrected."""
        if self.remedy_slug and self.condition_slug:
            return "e"
        return "r" if self.remedy_slug else "c"

    @property
    def token(self) -> str:
        """Its name in the URL of the page before or after it."""
        return f"{self.subject}{self.pk}"

    @property
    def url(self) -> str:
        """The page as it is now."""
        if self.remedy_slug and self.condition_slug:
            return reverse("entry", args=[self.remedy_slug, self.condition_slug])
        if self.remedy_slug:
            return reverse("remedy", args=[self.remedy_slug])
        return reverse("condition", args=[self.condition_slug])

    @property
    def difference_url(self) -> str:
        """What it changed."""
        below = self.url if self.subject == "e" else f"{self.url}-/"
        return f"{below}history/{self.number - 1}...{self.number}/"


_REVISIONS: dict[str, type[EntryRevision | RemedyRevision | ConditionRevision]] = {
    "c": ConditionRevision,
    "e": EntryRevision,
    "r": RemedyRevision,
}
"""The models of revisions by the letter of what they revise."""


def recently_corrected(position: PagePosition) -> KeyPage[Correction]:
    """A page of the corrections of published pages, newest first, in three queries; four beyond the first."""
    after = _find_correction(position.token)
    position = position if after or not position.token else FIRST
    found = _corrections_from(position, after, PER_PAGE + 1)
    if not found and position.token:
        position = PagePosition(backwards=not position.backwards)
        found = _corrections_from(position, None, PER_PAGE + 1)
    return page_of(found, position, PER_PAGE, lambda correction: correction.token)


def last_corrected() -> Correction | None:
    """The newest correction of a published page, if there is any."""
    return next(iter(_corrections_from(FIRST, None, 1)), None)


def _find_correction(token: str) -> tuple[datetime, str, int] | None:
    """The place of the correction with this token; None where there is none."""
    model, pk = _REVISIONS.get(token[:1]), parse_positive(token[1:])
    if model is None or pk is None:
        return None
    found = model._default_manager.filter(pk=pk, kind=Kind.CORRECTION).order_by("pk")
    published_at = found.values_list("published_at", flat=True).first()
    return (published_at, token[0], pk) if published_at else None


def _corrections_from(
    position: PagePosition, place: tuple[datetime, str, int] | None, most: int
) -> list[Correction]:
    """The corrections that are nearest to a place, in the direction of the position."""
    sign = "" if position.backwards else "-"
    found: list[Correction] = []
    for subject, revisions in _corrections_by_subject().items():
        if place is not None:
            revisions = revisions.filter(_beyond(place, subject, backwards=position.backwards))
        nearest = revisions.order_by(f"{sign}published_at", f"{sign}pk")[:most]
        found += [Correction(*row) for row in nearest]
    found.sort(key=attrgetter("place"), reverse=not position.backwards)
    return found[:most]


def _beyond(place: tuple[datetime, str, int], subject: str, *, backwards: bool) -> Q:
    """What comes after a place in the list, or before it; with one moment for both, by letter."""
    published_at, at, pk = place
    if subject == at:
        sign = "" if backwards else "-"
        order = (f"{sign}published_at", f"{sign}pk")
        return Q(beyond(_REVISIONS[subject], order, (published_at, pk)))
    lookup = "gt" if backwards else "lt"
    if (subject > at) == backwards:
        lookup += "e"
    return Q(**{f"published_at__{lookup}": published_at})


def _corrections_by_subject() -> dict[str, QuerySet[Any, tuple[Any, ...]]]:
    """The columns of `Correction` of every correction of a page that is published."""
    entries = EntryRevision.objects.filter(
        **{f"entry__{name}": value for name, value in _PUBLISHED.items()},
        **{f"entry__remedy__{name}": value for name, value in _PUBLISHED.items()},
        **{f"entry__condition__{name}": value for name, value in _PUBLISHED.items()},
    )
    remedies = RemedyRevision.objects.filter(
        **{f"remedy__{name}": value for name, value in _PUBLISHED.items()}
    )
    conditions = ConditionRevision.objects.filter(
        **{f"condition__{name}": value for name, value in _PUBLISHED.items()}
    )
    return {
        "e": _corrections(entries, "entry__remedy", "entry__condition"),
        "r": _corrections(remedies, "remedy", ""),
        "c": _corrections(conditions, "", "condition"),
    }


_PUBLISHED = {"published_at__isnull": False, "withdrawn_at__isnull": True}


def _corrections(
    revisions: QuerySet[AnyRevision], remedy: str, condition: str
) -> QuerySet[AnyRevision, tuple[Any, ...]]:
    """The corrections among `revisions`, in the columns of `Correction`.

    `remedy` and `condition` are the lookups of the two subjects, empty where there is none.
    """
    empty = Value("", output_field=CharField())
    columns = {
        "remedy_slug": F(f"{remedy}__slug") if remedy else empty,
        "remedy_name": F(f"{remedy}__shown_name") if remedy else empty,
        "condition_slug": F(f"{condition}__slug") if condition else empty,
        "condition_name": F(f"{condition}__shown_name") if condition else empty,
    }
    corrections = revisions.filter(kind=Kind.CORRECTION).annotate(**columns)
    own = ("published_at", "pk", "number", "note", "author_name", "approver__name")
    return corrections.values_list(*own, *columns)
