from datetime import date

import pytest
from django.core.management import CommandError, call_command

from citations.models import Citation
from citations.retractions import (
    InvalidRetractionFile,
    Retraction,
    UnreadableLine,
    match_library,
    read_retractions,
)
from citations.services import RETRACTIONS, mark_retracted
from citations.signals import library_changed
from publishing.models import Kind
from remedies.models import EvidenceItem
from remedies.services import publish_entry
from tests.admin_forms import Form
from tests.factories import make_citation, make_entry
from tests.reading import Page, words

WATCH = (
    "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionDate,RetractionNature\n"
    "1,10.1000/Gone,0,2/3/2026 0:00,Retraction\n"
    "2,10.1000/kept,0,2/3/2026 0:00,Correction\n"
    "3,unavailable,4711,1/2/2025 0:00,Retraction\n"
)


def read(text: str) -> list[Retraction | UnreadableLine]:
    return list(read_retractions(text.splitlines()))


def test_the_columns_of_the_public_database_are_understood():
    assert read(WATCH) == [
        Retraction(2, "10.1000/gone", "", date(2026, 2, 3)),
        Retraction(4, "", "4711", date(2025, 1, 2)),
    ]


def test_plain_columns_will_do():
    [one] = read("doi,date\nhttps://doi.org/10.1000/x,2026-02-03\n")
    assert (one.doi, one.retracted_on) == ("10.1000/x", date(2026, 2, 3))


def test_a_date_that_cannot_be_read_is_told_with_its_line():
    [good, bad] = read("doi,date\n10.1000/x,2026-02-03\n10.1000/y,soon\n")
    assert isinstance(good, Retraction)
    assert isinstance(bad, UnreadableLine)
    assert bad.line == 3
    assert "soon" in bad.message


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "doi\n10.1000/x\n", "date\n2026-01-01\n"])
def test_a_file_without_the_columns_is_refused(text):
    with pytest.raises(InvalidRetractionFile):
        read(text)


@pytest.mark.django_db
def test_works_are_found_by_either_number_whatever_the_case():
    make_citation("Gone", doi="10.1000/gone")
    make_citation("Old", pmid="4711")
    make_citation("Kept", doi="10.1000/kept")
    named = [one for one in read(WATCH) if isinstance(one, Retraction)]
    assert match_library(named) == {"Gone": date(2026, 2, 3), "Old": date(2025, 1, 2)}


@pytest.fixture
def entry(db):
    made = make_entry(
        published=False, certainty="no_studies", verdict="We do not know whether it helps."
    )
    EvidenceItem.objects.create(
        entry=made,
        citation=make_citation("Gone", doi="10.1000/gone"),
        outcome="symptoms",
        n_analysed=75,
        direction="benefit",
        result="Milder.",
    )
    publish_entry(made, by=None)
    return made


def test_the_list_changes_grade_page_and_banner_at_once(entry, client, tmp_path, capsys):
    before = Page(client.get(entry.get_absolute_url()))
    assert "Very low certainty" in words(before.one("section", class_="verdict"))
    assert "was retracted" not in before.words
    file = tmp_path / "watch.csv"
    file.write_text(WATCH, encoding="utf-8")
    call_command("import_retractions", str(file))
    assert "marked: Gone, 2026-02-03" in capsys.readouterr().out
    after = Page(client.get(entry.get_absolute_url()))
    assert "1 work cited on this page was retracted." in after.words
    assert "Not searched yet" in words(after.one("section", class_="verdict"))
    entry.refresh_from_db()
    assert entry.current_revision.kind == Kind.SYSTEM
    assert "Gone" in entry.current_revision.note


def test_a_second_run_changes_nothing(entry, tmp_path, capsys):
    file = tmp_path / "watch.csv"
    file.write_text(WATCH, encoding="utf-8")
    call_command("import_retractions", str(file))
    call_command("import_retractions", str(file))
    assert "1 of our works named, 0 new." in capsys.readouterr().out
    assert entry.revisions.count() == 2


def test_a_dry_run_only_tells(entry, tmp_path, capsys):
    file = tmp_path / "watch.csv"
    file.write_text(WATCH, encoding="utf-8")
    call_command("import_retractions", str(file), "--dry-run")
    assert "would be marked: Gone" in capsys.readouterr().out
    assert entry.revisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_works_are_marked_a_few_at_a_time_and_a_killed_import_goes_on(monkeypatch):
    dates = {make_citation(f"Work{n:02}").key: date(2026, 2, 3) for n in range(12)}
    batches = []

    def note(**signal):
        batches.append(len(signal["keys"]))
        if len(batches) == 2:
            raise KeyboardInterrupt

    library_changed.connect(note)
    try:
        with pytest.raises(KeyboardInterrupt):
            mark_retracted(dates)
        assert Citation.objects.filter(retracted_on__isnull=False).count() == RETRACTIONS
        assert mark_retracted(dates) == [f"Work{n:02}" for n in range(RETRACTIONS, 12)]
    finally:
        library_changed.disconnect(note)
    assert batches == [5, 5, 5, 2]
    assert not Citation.objects.filter(retracted_on__isnull=True).exists()


@pytest.mark.django_db
def test_a_wrong_file_is_a_clear_error(tmp_path):
    file = tmp_path / "no.csv"
    file.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be read: needs a column of dates"):
        call_command("import_retractions", str(file))


def test_what_an_editor_marks_in_the_admin_counts_at_once(entry, admin_client):
    work = entry.evidence_items.get().citation
    url = f"/admin/citations/citation/{work.pk}/change/"
    Form.open(admin_client, url).fill(retracted_on="2026-02-03").press()
    entry.refresh_from_db()
    assert entry.shown_certainty == "not_searched"
