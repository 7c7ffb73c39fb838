from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from publishing.models import Kind
from remedies.models import EntryRevision
from remedies.services import regrade_citing
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


def break_document(entry) -> None:
    """As after a release whose schema needs a field that older documents lack."""
    published = EntryRevision.objects.filter(entry=entry).values().get()
    del published["document"]["verdict"]
    entry.current_revision = EntryRevision.objects.create(**published | {"id": None, "number": 2})
    entry.save()


def test_an_entry_that_the_schema_cannot_read_is_named_and_the_others_are_graded(monkeypatch):
    entry, other = (
        make_entry(effect="benefit", certainty="low"),
        make_entry(effect="benefit", certainty="low"),
    )
    break_document(entry)
    monkeypatch.setattr("remedies.grading.rule.MOST_BY_JUDGEMENT", 1)
    out = StringIO()
    with pytest.raises(CommandError, match=f"{entry.get_absolute_url()}: verdict: is missing"):
        call_command("regrade", stdout=out)
    assert "1 of 2 changed" in out.getvalue()
    assert entry.revisions.count() == 2
    assert other.revisions.count() == 2


def test_an_entry_that_the_rule_cannot_grade_is_named(monkeypatch):
    entry = make_entry()

    def needs_more(*_: object) -> None:
        raise KeyError("what the new rule needs")

    monkeypatch.setattr("remedies.services.entry_grade", needs_more)
    with pytest.raises(CommandError, match="the rule cannot grade it: KeyError"):
        call_command("regrade")
    assert entry.revisions.count() == 1


def test_a_change_of_the_library_is_saved_where_an_entry_cannot_be_graded(caplog):
    entry = make_entry()
    break_document(entry)
    keys = [row.citation.key for row in entry.evidence_items.all()]
    assert keys
    assert regrade_citing(keys, note="Retracted.") == []
    assert f"Entry {entry.pk} was not graded" in caplog.text
