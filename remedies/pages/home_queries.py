"""What the home page reads: numbers of everything, and the few answers that it shows.

Most of it goes through all entries, so the page is composed once for each state of the content.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Case, Count, F, IntegerField, Model, QuerySet, Value, When, Window
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import RowNumber

from conditions.choices import Category
from conditions.models import Condition
from remedies.charts.answer_map import MOST_CONDITIONS, MOST_REMEDIES
from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty, Effect
from remedies.models import Remedy, RemedyConditionEntry
from remedies.pages.evidence_map import map_entries, read_entries
from remedies.pages.map_data import MapEntry

SURE = [certainty for certainty in Certainty if certainty.level >= Certainty.MODERATE.level]
KNOWN = [certainty for certainty in Certainty if certainty.level >= Certainty.LOW.level]
HARMS = (Effect.HARM, Effect.CAUSES)
MARK_ORDER = (
    DirectionMark.HARMS,
    DirectionMark.HELPS,
    DirectionMark.CORRECTS,
    DirectionMark.NONE,
    DirectionMark.MIXED,
    DirectionMark.UNKNOWN,
)
"""The order of marks in a row: what harms first."""
MOST_CANDIDATES = 60
"""Answers of each effect among which the worked examples are chosen."""
MOST_OF_A_PART = 8
"""Conditions of one part of medicine; the rest are in its list."""
MOST_MARKS = 12
"""Marks beside a condition; the rest are on its page."""

_SUBJECT = ("slug", "shown_name", "sort_key")
_A_TO_Z = ("remedy__sort_key", "condition__sort_key", "pk")
ModelT = TypeVar("ModelT", bound=Model)


def count_answers() -> Counter[tuple[str, str]]:
    """The number of published entries by effect and certainty."""
    groups = ("shown_effect", "shown_certainty")
    rows = _published().values_list(*groups).annotate(number=Count("pk"))
    return Counter({(effect, certainty): number for effect, certainty, number in rows})


def example_candidates() -> list[MapEntry]:
    """The surest answers of each effect from A to Z, enough to find three that share nothing."""
    return map_entries(
        _numbered(
            _published().filter(shown_certainty__in=KNOWN),
            "shown_effect",
            [_by_certainty(), *_A_TO_Z],
            MOST_CANDIDATES,
        ).order_by(*_A_TO_Z)
    )


def most_answered() -> list[MapEntry]:
    """The answers of the remedies and the conditions that have the most of them."""
    remedies = (
        Remedy.objects.filter(pk__in=_with_most("remedy", "remedy__sort_key", most=MOST_REMEDIES))
        .order_by("sort_key", "pk")
        .only(*_SUBJECT, "shown_kind", "shown_stops")
    )
    part, own_part = _by_category("condition__shown_category"), _by_category("shown_category")
    pks = _with_most("condition", part, "condition__sort_key", most=MOST_CONDITIONS)
    conditions = (
        Condition.objects.filter(pk__in=pks)
        .order_by(own_part, "sort_key", "pk")
        .only(*_SUBJECT, "shown_category")
    )
    return read_entries(remedies, conditions)


def surest_entries(most: int) -> list[RemedyConditionEntry]:
    """The first of the surest answers: harms first, then by certainty, then from A to Z."""
    harms_first = Case(When(shown_effect__in=HARMS, then=0), default=1, output_field=IntegerField())
    order = (harms_first, _by_certainty(), *_A_TO_Z)
    first = _published().filter(shown_certainty__in=SURE).order_by(*order).values("pk")[:most]
    return list(
        RemedyConditionEntry.objects.filter(pk__in=first)
        .select_related("remedy", "condition", "current_revision")
        .only(
            *("shown_effect", "shown_certainty", "shown_cautions", "current_revision__grade"),
            *("remedy__slug", "remedy__shown_name", "remedy__shown_stops"),
            *("condition__slug", "condition__shown_name"),
        )
        .annotate(verdict_text=KeyTextTransform("verdict", "current_revision__document"))
        .order_by(*order)
    )


def first_conditions() -> list[Condition]:
    """The first conditions of each part of medicine, from A to Z."""
    published = Condition.objects.published()
    numbered = _numbered(published, "shown_category", ["sort_key", "pk"], MOST_OF_A_PART)
    return list(numbered.order_by("sort_key", "pk").only(*_SUBJECT, "shown_category"))


def count_conditions() -> dict[str, int]:
    """The number of published conditions in each part of medicine."""
    published = Condition.objects.published().order_by()
    return dict(published.values_list("shown_category").annotate(number=Count("pk")))


def loudest_answers(conditions: Sequence[Condition]) -> dict[str, list[MapEntry]]:
    """The answers for each condition, by its slug: what harms first, the surest first, from A to Z."""
    order: list[str | Combinable] = [_by_mark(), _by_certainty(), "remedy__sort_key", "pk"]
    own = _published().filter(condition__in=[0, *(condition.pk for condition in conditions)])
    answers: dict[str, list[MapEntry]] = {}
    for answer in map_entries(_numbered(own, "condition", order, MOST_MARKS).order_by(*order)):
        answers.setdefault(answer.condition.slug, []).append(answer)
    return answers


def count_marks(column: str, subjects: Iterable[Model]) -> dict[int, Counter[DirectionMark]]:
    """The number of entries with each mark, by the primary key in the column: remedies or conditions."""
    rows = (
        _published()
        .filter(**{f"{column}__in": [0, *(subject.pk for subject in subjects)]})
        .values_list(column, "shown_effect", "shown_certainty")
        .annotate(number=Count("pk"))
    )
    counts: dict[int, Counter[DirectionMark]] = {}
    for pk, effect, certainty, number in rows:
        counts.setdefault(pk, Counter())[mark_of(effect, certainty)] += number
    return counts


def _published() -> QuerySet[RemedyConditionEntry]:
    return RemedyConditionEntry.objects.published().order_by()


def _numbered(
    rows: QuerySet[ModelT], column: str, order: Sequence[Any], most: int
) -> QuerySet[ModelT, ModelT]:
    """The first rows of each value of a column, in an order; `place` counts them."""
    window = Window(RowNumber(), partition_by=F(column), order_by=list(order))
    first: QuerySet[ModelT, ModelT] = rows.alias(place=window).filter(place__lte=most)  # type: ignore[assignment]  # alias keeps the model
    return first


def _with_most(column: str, *order: str | Combinable, most: int) -> list[int]:
    """The primary keys of the remedies, or conditions, with the most entries; equals in an order."""
    counted = _published().values(column).annotate(number=Count("pk"))
    return list(counted.order_by("-number", *order).values_list(column, flat=True)[:most])


def _by_certainty() -> Case:
    """Sorts what is surest first."""
    whens = [When(shown_certainty=each, then=Value(-each.level)) for each in Certainty]
    return Case(*whens, output_field=IntegerField())


def _by_mark() -> Case:
    """Sorts by `MARK_ORDER`."""
    whens = [
        When(shown_effect=effect, shown_certainty=certainty, then=Value(place))
        for effect in Effect
        for certainty in Certainty
        for place in [MARK_ORDER.index(mark_of(effect, certainty))]
    ]
    return Case(*whens, output_field=IntegerField())


def _by_category(column: str) -> Case:
    """Sorts by the order of the parts of medicine."""
    whens = [When(**{column: each}, then=Value(place)) for place, each in enumerate(Category)]
    return Case(*whens, output_field=IntegerField())
