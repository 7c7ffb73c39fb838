"""Experience reports over HTTP and in numbers: consent, closed lists, counts, deletion."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from remedies.experience.selectors import distribution
from remedies.experience.services import report_experience
from remedies.models import ExperienceReport
from remedies.services import withdraw_entry
from remedies_site.exceptions import InvalidInput
from tests.factories import make_entry, make_user
from tests.reading import Page
from tests.threads import all_at_once

POST: dict[str, Any] = {
    "form": "tablet",
    "duration": "weeks",
    "outcome": "better",
    "onset": "week",
    "side_effects": ["none"],
}
ANSWERS: dict[str, Any] = POST | {
    "dose_amount": None,
    "dose_unit": "",
    "times_per_day": None,
    "stopped": False,
    "stop_reason": "",
}


def url_of(entry, name="entry_experience"):
    return reverse(name, args=[entry.remedy.slug, entry.condition.slug])


def report(entry, number, **changes):
    for _number in range(number):
        report_experience(entry, by=make_user(), consent=True, answers=ANSWERS | changes)


@pytest.fixture
def entry(db):
    return make_entry()


@pytest.fixture
def member(client, db):
    member = make_user(name="the-reporter")
    client.force_login(member)
    return member


def test_numbers_equal_the_rows(entry):
    report(entry, 7)
    report(
        entry, 5, outcome="worse", side_effects=["gut", "skin"], stopped=True, stop_reason="cost"
    )
    report(make_entry(), 3)
    counted = distribution(entry)
    counts = {
        q.key: {line.answer: line.number for line in q.lines if line.number}
        for q in counted.questions
    }
    assert counted.total == 12
    assert counts["outcome"] == {"a little better": 7, "a little worse": 5}
    assert counts["side_effects"] == {"none": 7, "stomach or gut": 5, "skin": 5}
    assert counts["stop_reason"] == {"still taking it": 7, "cost": 5}


def test_amounts_are_shown_a_day_and_those_that_few_took_are_counted_as_one(entry):
    report(entry, 3, dose_amount=Decimal("250.000"), dose_unit="mg", times_per_day=2)
    report(entry, 2, dose_amount=Decimal(500), dose_unit="mg", times_per_day=1)
    report(entry, 3, dose_amount=Decimal("1.5"), dose_unit="g")
    report(entry, 1, dose_amount=Decimal(1_500_000), dose_unit="mcg")
    report(entry, 2, dose_amount=Decimal(7), dose_unit="ml", times_per_day=1)
    report(entry, 1)
    (dose,) = [q for q in distribution(entry).questions if q.key == "dose"]
    assert [(line.answer, line.number) for line in dose.lines] == [
        ("500 mg a day", 5),
        ("1,500 mg at a time", 4),
        ("another amount", 2),
        ("amount not told", 1),
    ]


def test_shares_and_questions_begin_at_ten(entry, client, django_assert_max_num_queries):
    report(entry, 9)
    few = client.get(entry.get_absolute_url()).text
    assert [q.key for q in distribution(entry).questions] == ["outcome"]
    assert "9 experience reports" in few
    assert '<th scope="col">Share</th>' not in few
    report(entry, 1)
    with django_assert_max_num_queries(2):
        assert len(distribution(entry).questions) == 7
    assert '<th scope="col">Share</th>' in client.get(entry.get_absolute_url()).text


def test_a_report_is_made_once_changed_and_deleted(entry, member, client):
    for outcome in ("better", "better", "same"):
        response = client.post(url_of(entry), POST | {"outcome": outcome, "consent": "1"})
        assert response.status_code == 303
        assert response["Location"].endswith("#experience")
    assert ExperienceReport.objects.get().outcome == "same"
    page = client.get(entry.get_absolute_url()).text
    assert "Change or delete your report" in page
    assert client.get(url_of(entry)).status_code == 200
    delete = url_of(entry, "entry_experience_delete")
    assert delete in client.get(reverse("account")).text
    assert client.get(delete).status_code == 200
    assert ExperienceReport.objects.exists()
    assert client.post(delete).status_code == 303
    assert client.post(delete).status_code == 303
    assert not ExperienceReport.objects.exists()


def test_nothing_is_stored_without_consent(entry, client):
    member = make_user()
    member.consented_at = None
    member.save()
    client.force_login(member)
    response = client.post(url_of(entry), POST)
    assert response.status_code == 400
    assert 'name="consent"' in response.text
    assert not ExperienceReport.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        *({name: bad} for name in POST for bad in ("", "\x00", "x" * 100_000)),
        {"side_effects": ["none", "gut"]},
        *({"dose_amount": bad, "dose_unit": "mg"} for bad in ("NaN", "1e999", "-1", "0", "\x00")),
        {"dose_amount": "5"},
        {"dose_unit": "mg"},
        {"dose_amount": "5", "dose_unit": "cups"},
        *({"times_per_day": bad} for bad in ("0", "25", "9" * 5000, "\x00", "two")),
        {"stop_reason": "bored"},
    ],
)
def test_what_is_no_answer_is_refused_with_the_form(entry, member, client, wrong):
    response = client.post(url_of(entry), POST | wrong | {"consent": "1"})
    assert response.status_code == 400
    assert "There is a problem" in response.text
    assert not ExperienceReport.objects.exists()


@pytest.mark.parametrize("effects", [[], ["none", "gut"], ["growth"]])
def test_the_service_refuses_side_effects_that_say_nothing(entry, effects):
    with pytest.raises(InvalidInput):
        report(entry, 1, side_effects=effects)


def test_drafts_are_not_there_and_withdrawn_pages_are_gone(entry, member, client):
    draft = make_entry(published=False)
    withdraw_entry(entry, by=make_user("editor"), reason="It is being rewritten.")
    for ask in (client.get, client.post):
        assert ask(url_of(draft)).status_code == 404
        assert ask(url_of(entry)).status_code == 410
        assert ask(url_of(draft, "entry_experience_delete")).status_code == 404
        assert ask(url_of(entry, "entry_experience_delete")).status_code == 410


def test_readers_see_numbers_a_way_to_log_in_and_no_names(entry, client):
    empty = client.get(entry.get_absolute_url())
    assert "No experience reports yet." in empty.text
    assert f"{reverse('account_login')}?next={url_of(entry)}" in empty.text
    report_experience(entry, by=make_user(name="the-reporter"), consent=True, answers=ANSWERS)
    page = client.get(entry.get_absolute_url())
    assert "the-reporter" not in page.text
    assert "csrfmiddlewaretoken" not in page.text
    assert not page.cookies
    response = client.post(url_of(entry), POST)
    assert response.status_code == 307
    assert ExperienceReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_many_times_at_once_makes_one_report():
    entry, member = make_entry(), make_user()
    sent = [
        lambda: report_experience(entry, by=member, consent=True, answers=ANSWERS) for _ in range(4)
    ]
    assert len({report.pk for report in all_at_once(sent)}) == 1
    report = ExperienceReport.objects.get()
    assert [row.effect for row in report.side_effects.all()] == ["none"]


@pytest.mark.parametrize("typed", ["200", "0.5", "1000", "12.125", ""])
def test_an_amount_comes_back_as_it_was_typed(entry, client, typed):
    client.force_login(make_user())
    sent = POST | {"dose_amount": typed, "dose_unit": "mg" if typed else ""}
    assert client.post(url_of(entry), sent).status_code == 303
    page = Page(client.get(url_of(entry)))
    assert page.by_id("id_dose_amount").get("value", "") == typed
