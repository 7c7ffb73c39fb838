from datetime import date

import pytest
from django.core.management import call_command

from remedies.lint.stale import StaleReason, stale_items
from remedies.models import Circumstance, EvidenceItem
from remedies.services import publish_entry
from tests.factories import make_citation, make_entry, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def cite(**values):
    """A published entry that cites a work."""
    entry = make_entry(published=False)
    work = make_citation(**values)
    EvidenceItem.objects.create(
        entry=entry, citation=work, outcome="symptoms", direction="unclear", result="None yet."
    )
    publish_entry(entry, by=None)
    return work


def messages(reason: StaleReason) -> dict[str, str]:
    """The messages on the list for one reason, by name."""
    return {item.name: item.message for item in stale_items(TODAY) if item.reason is reason}


@pytest.mark.parametrize(
    ("values", "listed"),
    [
        ({"registry_status": "ongoing", "year": 2020}, True),
        ({"registry_status": "ongoing", "completion_due": date(2024, 5, 1)}, True),
        ({"registry_status": "ongoing", "completion_due": date(2027, 5, 1)}, False),
        ({"registry_status": "completed", "year": 2011}, False),
        ({"registry_status": "stopped", "year": 2011}, False),
        ({"year": 2014}, True),
        ({"year": 2025}, False),
    ],
)
def test_a_registered_trial_that_should_be_over_is_listed(values, listed):
    cite(key="NCT04462796", nct="NCT04462796", study_type="registry_entry", **values)
    assert ("NCT04462796" in messages(StaleReason.REGISTER)) is listed


def test_an_old_review_is_listed_and_a_new_one_is_not():
    cite(key="Old", study_type="systematic_review", year=2020)
    cite(key="New", study_type="meta_analysis", year=2021)
    cite(key="Trial", study_type="randomised_trial", year=1990)
    assert set(messages(StaleReason.OLD_REVIEW)) == {"Old"}


def test_what_nobody_cites_is_nobodys_task():
    make_citation("Old", study_type="systematic_review", year=1990)
    assert stale_items(TODAY) == []


@pytest.mark.parametrize(
    ("due", "reason"),
    [
        (date(2026, 11, 23), StaleReason.REVIEW_DUE),
        (date(2026, 11, 24), StaleReason.REVIEW_SOON),
        (date(2027, 1, 22), StaleReason.REVIEW_SOON),
        (date(2027, 1, 23), None),
    ],
)
def test_reviews_that_are_due_are_listed(due, reason):
    make_entry(review_due=due)
    assert [item.reason for item in stale_items(TODAY)] == ([reason] if reason else [])


def test_a_retracted_work_that_is_still_cited_comes_first():
    make_entry(review_due=date(2026, 1, 2))
    cite(key="Gone", retracted_on=date(2026, 1, 1))
    assert [item.reason for item in stale_items(TODAY)] == [
        StaleReason.RETRACTED,
        StaleReason.REVIEW_DUE,
    ]


def test_the_command_prints_the_list(capsys):
    cite(key="NCT1", nct="NCT00000001", study_type="registry_entry", year=2014)
    call_command("list_stale")
    out = capsys.readouterr().out
    assert "register: NCT1: registered in 2014 and without a status: look for results" in out
    assert "1 on the list" in out


def test_the_admin_lists_what_an_editor_should_look_at(admin_client):
    work = cite(key="NCT1", nct="NCT00000001", study_type="registry_entry", year=2014)
    make_citation("Lonely")
    entry = make_entry(published=False, evidence="It helped 75 people.")
    page = admin_client.get("/admin/remedies/remedyconditionentry/to-do/").content.decode()
    assert f"/admin/citations/citation/{work.pk}/change/" in page
    assert "Lonely" in page
    assert "needs a source" in page
    assert f"/admin/remedies/remedyconditionentry/{entry.pk}/change/" in page


def test_the_change_form_lists_its_errors(admin_client):
    entry = make_entry(published=False, evidence="It helped 75 people.")
    url = f"/admin/remedies/remedyconditionentry/{entry.pk}/change/"
    page = admin_client.get(url).content.decode()
    assert "needs a source" in page
    entry.evidence = ""
    entry.save()
    assert "No errors" in admin_client.get(url).content.decode()


def test_the_admin_keeps_its_list_from_others(client):
    url = "/admin/remedies/remedyconditionentry/to-do/"
    assert client.get(url).status_code == 302
    person = make_user()
    person.is_staff = True
    person.save()
    client.force_login(person)
    assert client.get(url).status_code == 403


def test_a_stop_that_the_private_check_cannot_find_is_listed_until_it_names_a_circumstance():
    entry = make_entry(published=False)
    row = entry.precautions.create(
        kind="contraindication", severity="stop", who="you are ill", text="No.", checked=False
    )
    publish_entry(entry, by=None)
    assert "you are ill" in messages(StaleReason.UNFOUND)[str(entry)]
    row.applies_to.add(Circumstance.objects.create(slug="ill", kind="condition", name="ill"))
    publish_entry(entry, by=None)
    assert messages(StaleReason.UNFOUND) == {}
