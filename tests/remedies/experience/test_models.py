"""Experience reports: what the tables keep out, and what goes with an account."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from remedies.models import ExperienceReport, ReportedSideEffect
from tests.factories import make_entry, make_user

ANSWERS: dict[str, Any] = {
    "form": "tablet",
    "duration": "weeks",
    "outcome": "better",
    "onset": "week",
    "stopped": False,
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "smoke"},
        {"duration": "ages"},
        {"outcome": "cured"},
        {"onset": "soon"},
        {"dose_amount": 5},
        {"dose_unit": "mg"},
        {"dose_amount": 0, "dose_unit": "mg"},
        {"dose_amount": 5, "dose_unit": "cups"},
        {"times_per_day": 0},
        {"times_per_day": 25},
        {"stopped": True},
        {"stop_reason": "cost"},
        {"stopped": True, "stop_reason": "bored"},
    ],
)
def test_the_database_refuses_answers_that_are_no_answers(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ExperienceReport.objects.create(
            entry=make_entry(), member=make_user(), **{**ANSWERS, **wrong}
        )


@pytest.mark.django_db
def test_the_database_keeps_one_report_a_member() -> None:
    entry, member = make_entry(), make_user()
    ExperienceReport.objects.create(entry=entry, member=member, **ANSWERS)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExperienceReport.objects.create(entry=entry, member=member, **ANSWERS)


@pytest.mark.django_db
def test_a_report_goes_with_its_account() -> None:
    member = make_user()
    report = ExperienceReport.objects.create(entry=make_entry(), member=member, **ANSWERS)
    ReportedSideEffect.objects.create(report=report, effect="none")
    member.delete()
    assert not ExperienceReport.objects.exists()
    assert not ReportedSideEffect.objects.exists()
