import pytest
from django.urls import reverse

from citations.models import Citation
from publishing.models import Kind
from remedies.grading.scale import VERSION
from remedies.models import EvidenceItem, RemedyConditionEntry
from remedies.services import publish_entry, regrade_citing, regrade_entry, withdraw_entry
from tests.factories import make_citation, make_entry
from tests.reading import Page, links, words

pytestmark = pytest.mark.django_db


def grade_url(entry: RemedyConditionEntry) -> str:
    return reverse("entry_grade", args=[entry.remedy.slug, entry.condition.slug])


@pytest.fixture
def entry():
    """One trial in 75 people, published."""
    entry = make_entry(
        published=False, certainty="no_studies", verdict="We do not know whether it helps."
    )
    EvidenceItem.objects.create(
        entry=entry,
        citation=make_citation("Trial2020"),
        outcome="symptoms",
        n_analysed=75,
        direction="benefit",
        risk_of_bias="some",
        result="Milder.",
    )
    publish_entry(entry, by=None)
    return entry


def test_the_entry_leads_to_its_ledger(entry, client):
    page = Page(client.get(entry.get_absolute_url()))
    assert links(page.one("section", class_="verdict")).count(grade_url(entry)) == 1
    assert grade_url(entry) in links(page.by_id("evidence"))


def test_the_ledger_shows_each_step_with_its_numbers(entry, client):
    page = Page(client.get(grade_url(entry)))
    assert page.h1.startswith("Why this grade?")
    assert len(page.all("h3", class_="ledger__name")) == 4
    ledger = words(page.by_id("ledger"))
    assert "Of 75 people, 75 were in studies that are not known to be at low risk" in ledger
    assert "75 people were in trials that point one way" in ledger
    assert "2 steps down" in ledger
    assert ledger.rindex("Very low certainty") > ledger.rindex("Moderate certainty")
    assert "One more randomised trial" in ledger
    assert "1 work counts" in page.words
    assert f"version {VERSION}" in page.words


def test_a_draft_is_graded_as_it_stands_for_staff_only(entry, client, admin_client):
    EvidenceItem.objects.update(n_analysed=1877, risk_of_bias="low")
    url = f"{grade_url(entry)}?draft"
    assert "Moderate certainty" in words(Page(admin_client.get(url)).by_id("ledger"))
    assert "1,877" not in Page(client.get(url)).words


def test_lists_show_the_computed_words_not_the_written_ones(entry):
    entry.refresh_from_db()
    assert (entry.shown_effect, entry.shown_certainty) == ("benefit", "very_low")
    assert entry.certainty == "no_studies"


def test_grading_again_without_a_change_makes_no_revision(entry):
    assert regrade_entry(entry, note="Again.") is None
    assert entry.revisions.count() == 1


def test_what_changed_in_the_library_makes_a_system_revision(entry, client):
    EvidenceItem.objects.update(n_analysed=9)  # a draft, which must stay one
    Citation.objects.filter(key="Trial2020").update(retracted_on="2026-02-03")
    assert regrade_citing(["Trial2020"], note="Trial2020 was retracted.") == [entry]
    entry.refresh_from_db()
    revision = entry.current_revision
    assert (revision.number, revision.kind) == (2, Kind.SYSTEM)
    assert revision.note == "Trial2020 was retracted."
    assert revision.document == entry.revisions.get(number=1).document
    assert entry.shown_certainty == "not_searched"
    ledger = Page(client.get(grade_url(entry)))
    assert "It was retracted." in words(ledger.by_id("left-out"))
    assert "Very low certainty" in words(
        Page(client.get(f"{entry.get_absolute_url()}r/1/")).one("section", class_="verdict")
    )


def test_publishing_the_same_text_takes_a_new_grade(entry):
    Citation.objects.filter(key="Trial2020").update(study_type="open_label_trial")
    publish_entry(entry, by=None)
    assert entry.current_revision.kind == Kind.SYSTEM


def test_a_withdrawn_entry_is_not_graded_again(entry):

    withdraw_entry(entry, by=None, reason="Wrong.")
    Citation.objects.update(retracted_on="2026-02-03")
    assert regrade_citing(["Trial2020"], note="Retracted.") == []


def test_the_method_page_prints_the_constants(client):
    page = Page(client.get(reverse("grading")))
    assert "fewer than 100 people" in page.words
    assert "Fewer than 400: one step" in page.words
    assert "less than 60 %: two steps" in page.words
    assert f"version {VERSION}" in page.words
