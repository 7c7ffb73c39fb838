from datetime import date

import pytest
from django.core.management import call_command

from remedies.lint.stale import Why, stale
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


def lines(why: Why) -> dict[str, str]:
    return {line.name: line.said for line in stale(TODAY) if line.why is why}


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
    assert ("NCT04462796" in lines(Why.REGISTER)) is listed


def test_an_old_review_is_listed_and_a_new_one_is_not():
    cite(key="Old", study_type="systematic_review", year=2020)
    cite(key="New", study_type="meta_analysis", year=2021)
    cite(key="Trial", study_type="randomised_trial", year=1990)
    assert set(lines(Why.OLD_REVIEW)) == {"Old"}


def test_what_nobody_cites_is_nobodys_task():
    make_citation("Old", study_type="systematic_review", year=1990)
    assert stale(TODAY) == []


@pytest.mark.parametrize(
    ("due", "why"),
    [
        (date(2026, 11, 23), Why.REVIEW_DUE),
        (date(2026, 11, 24), Why.REVIEW_SOON),
        (date(2027, 1, 22), Why.REVIEW_SOON),
        (date(2027, 1, 23), None),
    ],
)
def test_reviews_that_are_due_are_listed(due, why):
    make_entry(review_due=due)
    assert [line.why for line in stale(TODAY)] == ([why] if why else [])


def test_a_retracted_work_that_is_still_cited_comes_first():
    make_entry(review_due=date(2026, 1, 2))
    cite(key="Gone", retracted_on=date(2026, 1, 1))
    assert [line.why for line in stale(TODAY)] == [Why.RETRACTED, Why.REVIEW_DUE]


def test_the_command_prints_the_list(capsys):
    cite(key="NCT1", nct="NCT00000001", study_type="registry_entry", year=2014)
    call_command("list_stale")
    out = capsys.readouterr().out
    assert "register: NCT1: registered in 2014 and without a status: look for results" in out
    assert "1 on the list" in out


def test_the_desk_shows_what_wants_an_editor(admin_client):
    work = cite(key="NCT1", nct="NCT00000001", study_type="registry_entry", year=2014)
    make_citation("Lonely")
    entry = make_entry(published=False, evidence="It helped 75 people.")
    page = admin_client.get("/admin/remedies/remedyconditionentry/to-do/").content.decode()
    assert f"/admin/citations/citation/{work.pk}/change/" in page
    assert "Lonely" in page
    assert "needs a source" in page
    assert f"/admin/remedies/remedyconditionentry/{entry.pk}/change/" in page


def test_the_change_form_tells_its_faults(admin_client):
    entry = make_entry(published=False, evidence="It helped 75 people.")
    address = f"/admin/remedies/remedyconditionentry/{entry.pk}/change/"
    page = admin_client.get(address).content.decode()
    assert "needs a source" in page
    entry.evidence = ""
    entry.save()
    assert (
        "nothing that is saved keeps it from readers" in admin_client.get(address).content.decode()
    )


def test_the_desk_keeps_its_list_from_others(client):
    address = "/admin/remedies/remedyconditionentry/to-do/"
    assert client.get(address).status_code == 302
    person = make_user()
    person.is_staff = True
    person.save()
    client.force_login(person)
    assert client.get(address).status_code == 403


def test_a_stop_that_the_private_check_cannot_find_is_listed_until_it_names_a_circumstance():
    entry = make_entry(published=False)
    row = entry.precautions.create(
        kind="contraindication", severity="stop", who="you are ill", text="No.", checked=False
    )
    publish_entry(entry, by=None)
    assert "you are ill" in lines(Why.UNFOUND)[str(entry)]
    row.applies_to.add(Circumstance.objects.create(slug="ill", kind="condition", name="ill"))
    publish_entry(entry, by=None)
    assert lines(Why.UNFOUND) == {}
