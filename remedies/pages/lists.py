"""What lists tell of many pages at once: uses with their surest grade, reviews, corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse

from conditions.models import Condition, ConditionRevision
from publishing.models import Kind
from remedies.choices import PIPS, Certainty, Effect
from remedies.grading.wording import effect_label
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies_site.listing import Pages, pages_of


@dataclass(frozen=True)
class Uses:
    """How many published uses there are, the highest certainty among them, and what was found with
    it: a certainty alone would read like praise."""

    number: int
    surest: Certainty
    found: tuple[str, ...] = ()


def uses_of(subjects: Sequence[Remedy | Condition]) -> dict[int, Uses]:
    """The published uses of each remedy, or of each condition, by its id; in one query."""
    part = "remedy" if subjects and isinstance(subjects[0], Remedy) else "condition"
    rows = (
        RemedyConditionEntry.objects.published()
        .filter(**{f"{part}__in": [subject.pk for subject in subjects]})
        .order_by()
        .values_list(part, "shown_certainty", "shown_effect")
        .annotate(number=Count("pk"))
    )
    by_subject: dict[int, list[tuple[Certainty, str, int]]] = {}
    for pk, certainty, effect, number in rows:
        by_subject.setdefault(pk, []).append((Certainty(certainty), effect, number))
    return {pk: _uses(counted) for pk, counted in by_subject.items()}


def _uses(counted: Sequence[tuple[Certainty, str, int]]) -> Uses:
    surest = max((certainty for certainty, _effect, _n in counted), key=PIPS.__getitem__)
    effects = {effect for certainty, effect, _n in counted if certainty == surest}
    words = dict.fromkeys(effect_label(effect, surest) for effect in Effect if effect in effects)
    return Uses(sum(number for _certainty, _effect, number in counted), surest, tuple(words))


@dataclass(frozen=True)
class Reviewed:
    """A published entry and the day on which what it says was written."""

    entry: RemedyConditionEntry
    written_on: date


def recently_reviewed(wanted: str | None) -> tuple[list[Reviewed], Pages]:
    """Published entries by the day they were written, newest first; in two queries."""
    entries = (
        RemedyConditionEntry.objects.published()
        .with_names()
        .annotate(
            written=Cast(KeyTextTransform("written_on", "current_revision__document"), TextField())
        )
        .filter(written__gt="", written__lt="a")  # SQLite reads JSON null as "null"
    )
    pages = pages_of(entries.count(), wanted)
    ordered = entries.order_by("-written", "-published_at", "-pk")[pages.span]
    return [
        Reviewed(entry, date.fromisoformat(entry.written))  # type: ignore[attr-defined]  # annotated
        for entry in ordered
    ], pages


@dataclass(frozen=True)
class Correction:
    """A correction of a page that readers see; one of the two names may be empty."""

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


def recently_corrected(wanted: str | None) -> tuple[list[Correction], Pages]:
    """Corrections of published pages, newest first; in two queries."""
    entries = EntryRevision.objects.filter(entry__in=RemedyConditionEntry.objects.published())
    remedies = RemedyRevision.objects.filter(remedy__in=Remedy.objects.published())
    conditions = ConditionRevision.objects.filter(condition__in=Condition.objects.published())
    found = _told(entries, "entry__remedy", "entry__condition").union(
        _told(remedies, "remedy", ""), _told(conditions, "", "condition"), all=True
    )
    pages = pages_of(found.count(), wanted)
    ordered = found.order_by("-published_at", "remedy_slug", "condition_slug", "-number")
    return [Correction(*row) for row in ordered[pages.span]], pages


def _told(revisions: QuerySet[Any], remedy: str, condition: str) -> QuerySet[Any]:
    """The corrections among `revisions`, in the columns of `Correction`."""
    none = Value("", output_field=CharField())
    columns = {
        "remedy_slug": F(f"{remedy}__slug") if remedy else none,
        "remedy_name": F(f"{remedy}__shown_name") if remedy else none,
        "condition_slug": F(f"{condition}__slug") if condition else none,
        "condition_name": F(f"{condition}__shown_name") if condition else none,
    }
    corrections = revisions.filter(kind=Kind.CORRECTION).order_by().annotate(**columns)
    told: QuerySet[Any] = corrections.values_list("published_at", "number", "note", *columns)
    return told
