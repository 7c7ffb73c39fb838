"""The home page, composed once for each state of the content: it shows nothing that members say."""

from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from citations.choices import StudyType
from conditions.choices import Category
from publishing.claims.sentences import sentences
from remedies.charts.answer_map import Answer, MapLabel, answer_map
from remedies.charts.direction_marks import DirectionMark, mark_of
from remedies.grading.record import GradeRecord
from remedies.models import Product, Remedy, RemedyConditionEntry
from remedies.pages import home_queries
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
from remedies.pages.home_queries import MARK_ORDER, SURE
from remedies.pages.lists import last_corrected, last_reviewed
from remedies.pages.map_data import MapEntry
from remedies_site.markup import plain_text
from remedies_site.pagecache.kept_values import derived

MOST_CARDS = 6
"""Cards of the surest answers; the rest are on the evidence map."""
MOST_PLATES = 12

TRIALS = {
    StudyType.META_ANALYSIS,
    StudyType.SYSTEMATIC_REVIEW,
    StudyType.RANDOMISED_TRIAL,
    StudyType.CROSSOVER_TRIAL,
    StudyType.OPEN_LABEL_TRIAL,
}


def home_page(*, products_on: bool) -> HomePage:
    """The page for the content as it is; `products_on` says whether pages show links to products."""
    return derived(("home", products_on), lambda: _compose(products_on=products_on))


def _compose(*, products_on: bool) -> HomePage:
    counts = home_queries.count_answers()
    marks: Counter[DirectionMark] = Counter()
    for (effect, certainty), number in counts.items():
        marks[mark_of(effect, certainty)] += number
    remedies = Remedy.objects.published().order_by("sort_key", "pk").defer("shown_text")
    return HomePage(
        numbers=_numbers(counts.total(), products_on=products_on),
        examples=worked_examples(home_queries.example_candidates()),
        map=answer_map([_drawn(each) for each in home_queries.most_answered()], counts.total()),
        surest=[_answer(entry) for entry in home_queries.surest_entries(MOST_CARDS)],
        sure_total=sum(
            number for (_effect, certainty), number in counts.items() if certainty in SURE
        ),
        shares=shares(marks),
        parts=_parts(),
        remedies=_remedies(list(remedies[:MOST_PLATES])),
        remedies_total=remedies.count(),
        last_reviewed=last_reviewed(),
        last_corrected=last_corrected(),
    )


def _mark(answer: MapEntry) -> DirectionMark:
    return mark_of(answer.effect, answer.certainty)


def _numbers(entries: int, *, products_on: bool) -> Numbers:
    """`settings.CITED_WORKS` names the function that counts the cited works by study type."""
    types: Counter[str] = import_string(settings.CITED_WORKS)()
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


def _parts() -> list[PartOfMedicine]:
    """The parts of medicine that have a condition, in their own order."""
    conditions = home_queries.first_conditions()
    answers = home_queries.loudest_answers(conditions)
    marks = home_queries.count_marks("condition", conditions)
    totals = home_queries.count_conditions()
    parts = []
    for category in Category:
        reviewed = []
        for condition in conditions:
            if condition.shown_category == category:
                shown = answers.get(condition.slug, [])
                more = marks.get(condition.pk, Counter()).total() - len(shown)
                reviewed.append(ReviewedCondition(condition, shown, more))
        if reviewed:
            parts.append(PartOfMedicine(category, reviewed, totals[category]))
    return parts


def _remedies(remedies: Sequence[Remedy]) -> list[ReviewedRemedy]:
    marks = home_queries.count_marks("remedy", remedies)
    return [
        ReviewedRemedy(
            remedy,
            [
                CountedMark(mark, own[mark])
                for own in [marks.get(remedy.pk, Counter())]
                for mark in MARK_ORDER
                if own[mark]
            ],
        )
        for remedy in remedies
    ]
