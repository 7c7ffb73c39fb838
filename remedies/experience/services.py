"""Writing and deleting members' experience reports. Opinion, never evidence."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rate_limits import EXPERIENCES, acquire, consume
from accounts.sanctions.services import require_unsanctioned
from accounts.services import require_consent
from remedies.choices import SideEffect
from remedies.experience.selectors import find_experience
from remedies.models import ExperienceReport, RemedyConditionEntry, ReportedSideEffect
from remedies_site.exceptions import InvalidInput


class ExperienceAnswers(TypedDict):
    """A member's answers as the form validated them: a value of the choices for each question."""

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


@transaction.atomic
def report_experience(
    entry: RemedyConditionEntry, *, by: User, consent: bool, answers: ExperienceAnswers
) -> ExperienceReport:
    """Create the member's report on the entry, or replace it.

    The same answers again change nothing and do not count against the rate limit.
    Raises: InvalidInput, NotPermitted (for a sanction), RateLimited.
    """
    require_consent(by, consent)
    require_unsanctioned(by)
    effects = _validated_effects(answers["side_effects"])
    columns = {key: value for key, value in answers.items() if key != "side_effects"}
    allowance = acquire(by, EXPERIENCES)
    existing = find_experience(entry, by)
    if existing is not None and _is_unchanged(existing, columns, effects):
        return existing
    consume(allowance, EXPERIENCES)
    report, _created = ExperienceReport.objects.update_or_create(
        entry=entry, member=by, defaults=columns
    )
    report.side_effects.all().delete()
    ReportedSideEffect.objects.bulk_create(
        ReportedSideEffect(report=report, effect=effect) for effect in sorted(effects)
    )
    return report


def delete_experience(entry: RemedyConditionEntry, *, by: User) -> None:
    """Delete the member's report; nothing happens where there is none."""
    ExperienceReport.objects.filter(entry=entry, member=by).delete()


def delete_experiences_of(member: User) -> None:
    """Delete all reports of a member."""
    ExperienceReport.objects.filter(member=member).delete()


def _validated_effects(effects: Iterable[str]) -> set[str]:
    chosen = set(effects)
    if not chosen or chosen - set(SideEffect.values):
        raise InvalidInput(_("Choose the side effects from the list, or “none”."))
    if SideEffect.NONE in chosen and len(chosen) > 1:
        raise InvalidInput(_("Choose “none” or side effects, not both."))
    return chosen


def _is_unchanged(report: ExperienceReport, columns: dict[str, object], effects: set[str]) -> bool:
    same = all(getattr(report, key) == value for key, value in columns.items())
    return same and set(report.side_effects.values_list("effect", flat=True)) == effects
