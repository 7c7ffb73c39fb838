"""Reads of experience reports: a member's own, and what all reports of an entry say together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, TextChoices
from django.utils.translation import gettext as _

from accounts.models import User
from remedies.choices import Felt, Onset, SideEffect, StopReason, TakenAs, TakenFor, Unit
from remedies.models import ExperienceReport, RemedyConditionEntry, ReportedSideEffect
from remedies_site.compiled_queries import CompiledQuery
from remedies_site.numbers import format_number

MIN_REPORTS = 10
"""Reports from which on every question is shown; fewer could point to a person."""
_MIN_SAME_AMOUNT = 3
"""Reports from which on an amount is shown by itself; fewer could point to a person."""
_MICROGRAMS: dict[str, Decimal] = {
    Unit.G: Decimal(1_000_000),
    Unit.MG: Decimal(1_000),
    Unit.MCG: Decimal(1),
}
_DOSE = ("dose_amount", "dose_unit", "times_per_day")


@dataclass(frozen=True)
class AnswerCount:
    """One answer with how many gave it, its share in percent and the length of its bar in thousandths."""

    answer: str
    number: int
    share: int
    bar: int


@dataclass(frozen=True)
class BarSegment:
    """A part of a bar 1,000 units long: where it begins, its length, and its shade from 1 on."""

    start: int
    length: int
    shade: int


@dataclass(frozen=True)
class QuestionCounts:
    """One question with the counts of its answers, in the order they are shown."""

    key: str
    heading: str
    lines: list[AnswerCount]

    @property
    def given(self) -> list[tuple[int, AnswerCount]]:
        """The answers that somebody gave, each with the number of its shade."""
        return [(shade, line) for shade, line in enumerate(self.lines, 1) if line.number]

    @property
    def not_given(self) -> list[AnswerCount]:
        """The answers that nobody gave."""
        return [line for line in self.lines if not line.number]

    @property
    def segments(self) -> list[BarSegment]:
        """The answers as one bar; for a question that everybody gave one answer to."""
        total, seen, segments = sum(line.number for line in self.lines), 0, []
        for shade, line in self.given:
            start, end = (1000 * number // total for number in (seen, seen + line.number))
            segments.append(BarSegment(start, end - start, shade))
            seen += line.number
        return segments


@dataclass(frozen=True)
class Distribution:
    """The counts of every question over all reports of an entry."""

    total: int
    questions: list[QuestionCounts]

    @property
    def is_enough(self) -> bool:
        """Whether there are reports enough to show every question with shares."""
        return self.total >= MIN_REPORTS

    @property
    def felt(self) -> QuestionCounts | None:
        """How members felt: the question that is always shown first. None without a report."""
        return self.questions[0] if self.questions else None

    @property
    def others(self) -> list[QuestionCounts]:
        """Every other question."""
        return self.questions[1:]


def find_experience(entry: RemedyConditionEntry, member: User | None) -> ExperienceReport | None:
    """The member's own report on the entry. No query for readers (`member` is None)."""
    if member is None:
        return None
    return ExperienceReport.objects.filter(entry=entry, member=member).first()


def has_reported(entry: RemedyConditionEntry, member: User | None) -> bool:
    """Whether the member has a report on the entry. No query for readers (`member` is None)."""
    return member is not None and bool(_REPORTED.rows(entry.pk, member.pk))


_REPORTED = CompiledQuery(
    lambda entry, member: ExperienceReport.objects.filter(entry=entry, member=member).values_list(
        "pk"
    ),
    int,
    int,
)


def experiences_of(member: User) -> list[ExperienceReport]:
    """All reports of a member, newest first, on withdrawn pages too."""
    rows = ExperienceReport.objects.filter(member=member)
    return list(rows.select_related("entry__remedy", "entry__condition").order_by("-updated_at"))


def distribution(entry: RemedyConditionEntry) -> Distribution:
    """How many reports gave which answer, counted by the database; at most two queries."""
    reports = ExperienceReport.objects.filter(entry=entry).order_by()
    columns = ("form", "duration", "outcome", "onset", "stop_reason", *_DOSE)
    grouped = list(reports.values(*columns).annotate(n=Count("pk")))
    total = sum(row["n"] for row in grouped)
    if total < MIN_REPORTS:
        return Distribution(total, [_question("outcome", grouped, total)] if total else [])
    effects = list(
        ReportedSideEffect.objects.filter(report__entry=entry)
        .order_by()
        .values(side_effects=F("effect"))
        .annotate(n=Count("pk"))
    )
    keys = ("outcome", "onset", "form", "duration", "stop_reason")
    questions = [_question(key, grouped, total) for key in keys]
    questions.insert(2, _question("side_effects", effects, total))
    questions.append(_amounts(grouped, total))
    return Distribution(total, questions)


def _question(key: str, rows: Iterable[Mapping[str, Any]], total: int) -> QuestionCounts:
    heading, choices = _questions()[key]
    counts: dict[str, int] = {}
    for row in rows:
        answer = row[key]
        counts[answer] = counts.get(answer, 0) + row["n"]
    labels = [(value, str(label)) for value, label in choices.choices]
    if key == "stop_reason":
        labels.insert(0, ("", _("still taking it")))
    return QuestionCounts(
        key, heading, [_count(label, counts.get(value, 0), total) for value, label in labels]
    )


def _amounts(rows: Iterable[Mapping[str, Any]], total: int) -> QuestionCounts:
    """Amounts a day, most frequent first; those that few reported are counted as one."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[_format_amount(*(row[column] for column in _DOSE))] += row["n"]
    not_given = counts.pop("", 0)
    common = sorted(
        ((amount, n) for amount, n in counts.items() if n >= _MIN_SAME_AMOUNT),
        key=lambda pair: (-pair[1], pair[0]),
    )
    others = counts.total() - sum(n for _amount, n in common)
    lines = [*common, (_("another amount"), others), (_("amount not told"), not_given)]
    heading = _("How much they took (not a dose to follow)")
    return QuestionCounts("dose", heading, [_count(label, n, total) for label, n in lines if n])


def _format_amount(amount: Decimal | None, unit: str, times: int | None) -> str:
    """“500 mg a day”, or “250 mg at a time” where no frequency is given; empty without amount."""
    if amount is None:
        return ""
    amount *= times or 1
    if unit in _MICROGRAMS:  # 0.5 g and 500 mg are one amount
        amount *= _MICROGRAMS[unit]
        unit = Unit.MG if amount >= _MICROGRAMS[Unit.MG] else Unit.MCG
        amount /= _MICROGRAMS[unit]
    text = _("%(amount)s %(unit)s a day") if times else _("%(amount)s %(unit)s at a time")
    return text % {"amount": format_number(amount), "unit": Unit(unit).label}


def _count(answer: str, number: int, total: int) -> AnswerCount:
    return AnswerCount(answer, number, round(100 * number / total), round(1000 * number / total))


def _questions() -> dict[str, tuple[str, type[TextChoices]]]:
    return {
        "outcome": (_("How they felt"), Felt),
        "onset": (_("When they noticed a change"), Onset),
        "side_effects": (_("Side effects they named; one report can name several"), SideEffect),
        "form": (_("What they took"), TakenAs),
        "duration": (_("How long they took it"), TakenFor),
        "stop_reason": (_("Whether they stopped, and why"), StopReason),
    }
