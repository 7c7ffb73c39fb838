import pytest
from django.core.management import call_command

from publishing.models import Kind
from remedies.models import EntryRevision
from tests.factories import make_citation, make_entry

pytestmark = pytest.mark.django_db


def test_a_change_of_the_rule_makes_revisions_by_the_system(monkeypatch, capsys):
    entry = make_entry(effect="benefit", certainty="low", verdict="There may be something to it.")
    call_command("regrade")
    assert "0 of 1 changed" in capsys.readouterr().out
    monkeypatch.setattr("remedies.grading.rule.MOST_BY_JUDGEMENT", 1)
    call_command("regrade", note="The rule changed.")
    assert "very_low" in capsys.readouterr().out
    entry.refresh_from_db()
    revision = entry.current_revision
    assert (revision.kind, revision.note) == (Kind.SYSTEM, "The rule changed.")
    assert entry.shown_certainty == "very_low"


def test_versions_from_before_grades_get_one(capsys):
    entry = make_entry()
    EntryRevision.objects.create(
        **EntryRevision.objects.filter(entry=entry).values().get()
        | {"id": None, "number": 2, "grade": None}
    )
    entry.current_revision = entry.revisions.get(number=2)
    entry.save()
    call_command("regrade")
    entry.refresh_from_db()
    assert entry.current_revision.number == 3
    assert entry.current_revision.grade["version"]


def test_drafts_stay_as_they_are():
    entry = make_entry()
    entry.verdict = "A draft."
    entry.save()
    make_citation()
    call_command("regrade")
    entry.refresh_from_db()
    assert entry.verdict == "A draft."
