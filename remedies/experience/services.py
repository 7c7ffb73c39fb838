"""Experience reports of members: written, taken back, counted. Opinion, never evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Count, F, TextChoices
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rate_limits import EXPERIENCES, acquire, consume
from accounts.services import need_consent
from remedies.choices import Felt, Onset, SideEffect, StopReason, TakenAs, TakenFor, Unit
from remedies.models import ExperienceReport, RemedyConditionEntry, ReportedSideEffect
from remedies_site.exceptions import InvalidInput
from remedies_site.numbers import format_number

ENOUGH = 10
"""Reports from which on every question is shown; fewer could point to a person."""
_OFTEN = 3
_MICROGRAMS: dict[str, Decimal] = {
    Unit.G: Decimal(1_000_000),
    Unit.MG: Decimal(1_000),
    Unit.MCG: Decimal(1),
}
_DOSE = ("dose_amount", "dose_unit", "times_per_day")


class Answers(TypedDict):
    """What a member answered, read and checked by the form."""

    form: str
    dose_amount: Decimal | None
    dose_unit: str
    times_per_day: int | None
    duration: str
    outcome: str
    onset: str
    side_effects: list[str]
    stopped: bool
    stop_reason: str


@dataclass(frozen=True)
class Counted:
    """One answer with how many gave it, its share in per cent and its bar in thousandths."""

    answer: str
    number: int
    share: int
    bar: int


@dataclass(frozen=True)
class Question:
    """One question and its answers in their own order."""

    key: str
    heading: str
    lines: list[Counted]


@dataclass(frozen=True)
class Distribution:
    """What all reports of an entry say together."""

    total: int
    questions: list[Question]

    @property
    def is_enough(self) -> bool:
        """Whether there are reports enough to show every question as shares."""
        return self.total >= ENOUGH


@transaction.atomic
def report_experience(
    entry: RemedyConditionEntry, *, by: User, consent: bool, answers: Answers
) -> ExperienceReport:
    """Make the member's report on the entry, or replace it. Raises InvalidInput or RateLimited.

    The same answers again change nothing and use up nothing.
    """
    need_consent(by, consent)
    effects = _checked_effects(answers["side_effects"])
    columns = {key: value for key, value in answers.items() if key != "side_effects"}
    allowance = acquire(by, EXPERIENCES)
    found = ExperienceReport.objects.filter(entry=entry, member=by).first()
    if found is not None and _says(found, columns, effects):
        return found
    consume(allowance, EXPERIENCES)
    report, _made = ExperienceReport.objects.update_or_create(
        entry=entry, member=by, defaults=columns
    )
    report.side_effects.all().delete()
    ReportedSideEffect.objects.bulk_create(
        ReportedSideEffect(report=report, effect=effect) for effect in sorted(effects)
    )
    return report


def delete_experience(entry: RemedyConditionEntry, *, by: User) -> None:
    """Take back the member's report for good; nothing happens where there is none."""
    ExperienceReport.objects.filter(entry=entry, member=by).delete()


def my_experience(entry: RemedyConditionEntry, member: User | None) -> ExperienceReport | None:
    """The member's own report on the entry. No query for readers."""
    if member is None:
        return None
    return ExperienceReport.objects.filter(entry=entry, member=member).first()


def experiences_of(member: User) -> list[ExperienceReport]:
    """All reports of a member, newest first, on withdrawn pages too."""
    rows = ExperienceReport.objects.filter(member=member)
    return list(rows.select_related("entry__remedy", "entry__condition").order_by("-updated_at"))


def distribution(entry: RemedyConditionEntry) -> Distribution:
    """How many reports gave which answer: counted by the database, in two queries."""
    reports = ExperienceReport.objects.filter(entry=entry).order_by()
    columns = ("form", "duration", "outcome", "onset", "stop_reason", *_DOSE)
    grouped = list(reports.values(*columns).annotate(n=Count("pk")))
    total = sum(row["n"] for row in grouped)
    if total < ENOUGH:
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


def _checked_effects(effects: Iterable[str]) -> set[str]:
    wanted = set(effects)
    if not wanted or wanted - set(SideEffect.values):
        raise InvalidInput(_("Choose the side effects from the list, or “none”."))
    if SideEffect.NONE in wanted and len(wanted) > 1:
        raise InvalidInput(_("Choose “none” or side effects, not both."))
    return wanted


def _says(report: ExperienceReport, columns: dict[str, object], effects: set[str]) -> bool:
    same = all(getattr(report, key) == value for key, value in columns.items())
    return same and set(report.side_effects.values_list("effect", flat=True)) == effects


def _question(key: str, rows: Iterable[Mapping[str, Any]], total: int) -> Question:
    heading, choices = _questions()[key]
    counts: dict[str, int] = {}
    for row in rows:
        answer = row[key]
        counts[answer] = counts.get(answer, 0) + row["n"]
    names = [(value, str(label)) for value, label in choices.choices]
    if key == "stop_reason":
        names.insert(0, ("", _("still taking it")))
    return Question(
        key, heading, [_line(name, counts.get(value, 0), total) for value, name in names]
    )


def _amounts(rows: Iterable[Mapping[str, Any]], total: int) -> Question:
    """Amounts a day, most named first. What few named is not told apart: it could point to one."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[_format_amount(*(row[column] for column in _DOSE))] += row["n"]
    untold = counts.pop("", 0)
    common = sorted(((name, n) for name, n in counts.items() if n >= _OFTEN), key=_most_first)
    others = counts.total() - sum(n for _name, n in common)
    named = [*common, (_("another amount"), others), (_("amount not told"), untold)]
    heading = _("How much they took (not a dose to follow)")
    return Question("dose", heading, [_line(name, n, total) for name, n in named if n])


def _format_amount(amount: Decimal | None, unit: str, times: int | None) -> str:
    """“500 mg a day”, or “250 mg at a time” where nobody said how often; empty without amount."""
    if amount is None:
        return ""
    amount *= times or 1
    if unit in _MICROGRAMS:  # 0.5 g and 500 mg are one amount
        amount *= _MICROGRAMS[unit]
        unit = Unit.MG if amount >= _MICROGRAMS[Unit.MG] else Unit.MCG
        amount /= _MICROGRAMS[unit]
    told = {"amount": format_number(amount), "unit": Unit(unit).label}
    return (_("%(amount)s %(unit)s a day") if times else _("%(amount)s %(unit)s at a time")) % told


def _most_first(named: tuple[str, int]) -> tuple[int, str]:
    return -named[1], named[0]


def _line(answer: str, number: int, total: int) -> Counted:
    return Counted(answer, number, round(100 * number / total), round(1000 * number / total))


def _questions() -> dict[str, tuple[str, type[TextChoices]]]:
    return {
        "outcome": (_("How they felt"), Felt),
        "onset": (_("When they noticed a change"), Onset),
        "side_effects": (_("Side effects they named; one report can name several"), SideEffect),
        "form": (_("What they took"), TakenAs),
        "duration": (_("How long they took it"), TakenFor),
        "stop_reason": (_("Whether they stopped, and why"), StopReason),
    }
