"""The home page: eight queries, however many remedies, conditions and entries there are."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Case, IntegerField, Value, When
from django.db.models.fields.json import KeyTextTransform

from citations.choices import StudyType
from citations.models import Citation
from conditions.choices import Category
from conditions.models import Condition
from publishing.claims.sentences import sentences
from remedies.charts.answer_map import Answer, MapLabel, answer_map
from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.choices import Certainty, Effect
from remedies.grading.record import GradeRecord
from remedies.models import Product, Remedy, RemedyConditionEntry
from remedies.pages.evidence_map import MapEntry, evidence_map
from remedies.pages.home_data import (
    OPEN,
    CountedMark,
    HomePage,
    Numbers,
    PartOfMedicine,
    ReviewedCondition,
    ReviewedRemedy,
    Share,
    SurestAnswer,
)
from remedies.pages.lists import last_corrected, last_reviewed
from remedies_site.markup import plain_text

MOST_CARDS = 6
"""Cards of the surest answers; the rest are on the evidence map."""
MOST_PLATES = 12
MOST_OF_A_PART = 8
"""Conditions of one part of medicine; the rest are in its list."""

TRIALS = {
    StudyType.META_ANALYSIS,
    StudyType.SYSTEMATIC_REVIEW,
    StudyType.RANDOMISED_TRIAL,
    StudyType.CROSSOVER_TRIAL,
    StudyType.OPEN_LABEL_TRIAL,
}
_SURE = [certainty for certainty in Certainty if certainty.level >= Certainty.MODERATE.level]
_HARMS = (Effect.HARM, Effect.CAUSES)
_ORDER = (
    DirectionMark.HARMS,
    DirectionMark.HELPS,
    DirectionMark.CORRECTS,
    DirectionMark.NONE,
    DirectionMark.MIXED,
    DirectionMark.UNKNOWN,
)
"""The order of marks in a row: what harms first."""


def home_page(*, products_on: bool) -> HomePage:
    """Read and compose the page; `products_on` says whether pages show links to products."""
    answers = evidence_map(kind="", category="").entries
    conditions = list(
        Condition.objects.published().order_by("sort_key", "pk").only(*_SUBJECT, "shown_category")
    )
    remedies = list(
        Remedy.objects.published().order_by("sort_key", "pk").only(*_SUBJECT, "shown_one_line")
    )
    counts = Counter(_mark(answer) for answer in answers)
    return HomePage(
        numbers=_numbers(len(answers), [*conditions, *remedies], products_on=products_on),
        examples=worked_examples(answers),
        map=answer_map([_drawn(answer) for answer in answers]),
        surest=_surest(),
        sure_total=sum(answer.certainty in _SURE for answer in answers),
        shares=shares(counts),
        parts=_parts(conditions, answers),
        remedies=_remedies(remedies[:MOST_PLATES], answers),
        remedies_total=len(remedies),
        last_reviewed=last_reviewed(),
        last_corrected=last_corrected(),
    )


_SUBJECT = ("slug", "shown_name", "sort_key", "shown_citations")


def _mark(answer: MapEntry) -> DirectionMark:
    return mark_of(answer.effect, answer.certainty)


def _numbers(entries: int, subjects: Iterable[Remedy | Condition], *, products_on: bool) -> Numbers:
    published = RemedyConditionEntry.objects.published().order_by()
    lists = [*published.values_list("shown_citations", flat=True)]
    lists += [subject.shown_citations for subject in subjects]
    cited = {key for keys in lists for key in keys}
    works = Citation.objects.order_by().values_list("key", "study_type")
    types = Counter(study_type for key, study_type in works if key in cited)
    shows_products = products_on and Product.objects.exists()
    return Numbers(
        entries=entries,
        sources=types.total(),
        trials=sum(types[study_type] for study_type in TRIALS),
        sells_nothing=not shows_products,
    )


def worked_examples(answers: Sequence[MapEntry]) -> list[MapEntry]:
    """The surest answer that harms, the surest that helps, the surest that makes no difference.

    Each is of another remedy and another condition, so that three links show three things.
    """
    examples: list[MapEntry] = []
    for mark in (DirectionMark.HARMS, DirectionMark.HELPS, DirectionMark.NONE):
        fresh = [
            answer
            for answer in answers
            if _mark(answer) is mark
            and all(
                answer.remedy != other.remedy and answer.condition != other.condition
                for other in examples
            )
        ]
        if fresh:
            examples.append(max(fresh, key=lambda answer: answer.certainty.level))
    return examples


def _drawn(answer: MapEntry) -> Answer:
    categories = list(Category)
    condition = answer.condition
    return Answer(
        remedy=MapLabel(0, answer.remedy.sort_key, answer.remedy.name),
        condition=MapLabel(
            categories.index(Category(condition.group)), condition.sort_key, condition.name
        ),
        effect=answer.effect,
        certainty=answer.certainty,
    )


def _surest() -> list[SurestAnswer]:
    """The first cards: harms first, then by certainty, then from A to Z."""
    levels = [When(shown_certainty=each, then=Value(-each.level)) for each in _SURE]
    entries = (
        RemedyConditionEntry.objects.published()
        .filter(shown_certainty__in=_SURE)
        .with_names()
        .select_related("remedy", "condition", "current_revision")
        .only(
            *("shown_effect", "shown_certainty", "current_revision__grade"),
            *("remedy__slug", "remedy__shown_name", "condition__slug", "condition__shown_name"),
        )
        .annotate(verdict_text=KeyTextTransform("verdict", "current_revision__document"))
        .order_by(
            Case(When(shown_effect__in=_HARMS, then=0), default=1, output_field=IntegerField()),
            Case(*levels, output_field=IntegerField()),
            *("remedy__sort_key", "condition__sort_key", "pk"),
        )
    )
    return [_answer(entry) for entry in entries[:MOST_CARDS]]


def _answer(entry: RemedyConditionEntry) -> SurestAnswer:
    verdict: str = entry.verdict_text  # type: ignore[attr-defined]  # annotated
    first = next(sentences(verdict), None)
    grade = entry.current_revision.grade if entry.current_revision else None
    return SurestAnswer(
        entry=entry,
        sentence=plain_text(first.text) if first else "",
        people=GradeRecord.model_validate(grade).people if grade else 0,
    )


def shares(counts: Counter[DirectionMark]) -> list[Share]:
    """The bar of all answers: what helps or corrects a lack, no difference, harm, mixed, not known."""
    merged = Counter(counts)
    merged[DirectionMark.HELPS] += merged.pop(DirectionMark.CORRECTS, 0)
    total = merged.total()
    parts, start = [], 0.0
    for mark in (
        DirectionMark.HELPS,
        DirectionMark.NONE,
        DirectionMark.HARMS,
        *OPEN,
    ):
        if merged[mark]:
            width = 100 * merged[mark] / total
            parts.append(Share(mark, merged[mark], round(start, 2), round(width, 2)))
            start += width
    return parts


def _parts(conditions: Sequence[Condition], answers: Iterable[MapEntry]) -> list[PartOfMedicine]:
    """The parts of medicine that have a condition, in their own order."""
    by_condition: dict[str, list[MapEntry]] = {}
    for answer in answers:
        by_condition.setdefault(answer.condition.slug, []).append(answer)
    parts = []
    for category in Category:
        own = [each for each in conditions if each.shown_category == category]
        reviewed = [
            ReviewedCondition(each, sorted(by_condition.get(each.slug, []), key=_loudest))
            for each in own[:MOST_OF_A_PART]
        ]
        if own:
            parts.append(PartOfMedicine(category, reviewed, len(own)))
    return parts


def _loudest(answer: MapEntry) -> tuple[int, int, str]:
    return _ORDER.index(_mark(answer)), -answer.certainty.level, answer.remedy.sort_key


def _remedies(remedies: Iterable[Remedy], answers: Sequence[MapEntry]) -> list[ReviewedRemedy]:
    counts: dict[str, Counter[DirectionMark]] = {}
    for answer in answers:
        counts.setdefault(answer.remedy.slug, Counter())[_mark(answer)] += 1
    return [
        ReviewedRemedy(
            remedy,
            [
                CountedMark(mark, own[mark])
                for own in [counts.get(remedy.slug, Counter())]
                for mark in _ORDER
                if own[mark]
            ],
        )
        for remedy in remedies
    ]
