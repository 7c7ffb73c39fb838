"""Lists over many pages: what a remedy or condition has entries for, recent reviews, corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar

from django.core.paginator import Page
from django.db.models import CharField, Count, F, Min, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse

from conditions.models import Condition, ConditionRevision
from publishing.models import Kind
from remedies.choices import Certainty, Effect
from remedies.grading.wording import effect_label
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies_site.listing import paginate

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
    rows = (
        RemedyConditionEntry.objects.published()
        .filter(**{f"{column}__in": [subject.pk for subject in subjects]})
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


def recently_reviewed(
    number: str | None,
) -> tuple[list[ReviewedEntry], Page[RemedyConditionEntry]]:
    """One page of published entries by the day they were written, newest first; in two queries.

    `number` is the number of the page as the URL has it.
    """
    page = paginate(_by_writing(), number)
    return [_reviewed(entry) for entry in page], page


def last_reviewed() -> ReviewedEntry | None:
    """The entry that was written last; None where no entry has a date."""
    entry = _by_writing().first()
    return _reviewed(entry) if entry else None


def _by_writing() -> QuerySet[RemedyConditionEntry]:
    """Published entries by the day they were written (`written`, ISO), newest first."""
    return (
        RemedyConditionEntry.objects.published()
        .with_names()
        .annotate(
            written=Cast(KeyTextTransform("written_on", "current_revision__document"), TextField())
        )
        .filter(written__gt="", written__lt="a")  # SQLite reads JSON null as "null"
        .order_by("-written", "-published_at", "-pk")
    )


def _reviewed(entry: RemedyConditionEntry) -> ReviewedEntry:
    return ReviewedEntry(entry, date.fromisoformat(entry.written))  # type: ignore[attr-defined]  # annotated


@dataclass(frozen=True)
class Correction:
    """A correction of a published page.

    Slug and name of the remedy are empty for a condition's page, those of the condition for a
    remedy's overview.
    """

    published_at: datetime
    number: int
    note: str
    remedy_slug: str
    remedy: str
    condition_slug: str
    condition: str

    @property
    def url(self) -> str:
        """The page as it is now."""
        if self.remedy_slug and self.condition_slug:
            return reverse("entry", args=[self.remedy_slug, self.condition_slug])
        if self.remedy_slug:
            return reverse("remedy", args=[self.remedy_slug])
        return reverse("condition", args=[self.condition_slug])


def recently_corrected(number: str | None) -> tuple[list[Correction], Page[tuple[Any, ...]]]:
    """One page of the corrections of published pages, newest first; in two queries.

    `number` is the number of the page as the URL has it.
    """
    page = paginate(_all_corrections(), number)
    return [Correction(*row) for row in page], page


def last_corrected() -> Correction | None:
    """The newest correction of a published page, if there is any."""
    row = _all_corrections().first()
    return Correction(*row) if row else None


def _all_corrections() -> QuerySet[Any, tuple[Any, ...]]:
    """The columns of `Correction` of every correction, newest first."""
    entries = EntryRevision.objects.filter(entry__in=RemedyConditionEntry.objects.published())
    remedies = RemedyRevision.objects.filter(remedy__in=Remedy.objects.published())
    conditions = ConditionRevision.objects.filter(condition__in=Condition.objects.published())
    corrections: QuerySet[Any, tuple[Any, ...]] = _corrections(
        entries, "entry__remedy", "entry__condition"
    ).union(
        _corrections(remedies, "remedy", ""), _corrections(conditions, "", "condition"), all=True
    )
    return corrections.order_by("-published_at", "remedy_slug", "condition_slug", "-number")


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
    corrections = revisions.filter(kind=Kind.CORRECTION).order_by().annotate(**columns)
    return corrections.values_list("published_at", "number", "note", *columns)
