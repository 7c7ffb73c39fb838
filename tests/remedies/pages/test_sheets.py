"""Sheets for a doctor: every severe warning is there, and the URL of the printed revision."""

import re
from html import unescape

import pytest

from citations.choices import StudyType
from remedies.choices import InteractionSeverity, PrecautionSeverity
from remedies.grading.inputs import WorkFacts
from remedies.grading.record import GradeRecord, grade_entry
from remedies.models import RemedyConditionEntry
from remedies.pages.entry import entry_page
from remedies.pages.sheets import KINDS, format_ledger
from remedies.schema import EntryDocument
from remedies.selectors import find_entry
from remedies.services import withdraw_entry
from tests.factories import make_entry, make_user
from tests.remedies.content.shipped import ENTRIES

SEVERE = {PrecautionSeverity.STOP, PrecautionSeverity.ASK}


def text_of(response) -> str:
    return unescape(response.content.decode())


def test_every_severe_warning_of_every_shipped_entry_stands_on_both_sheets(
    content, client, settings
):
    missing = []
    entries = list(RemedyConditionEntry.objects.published().select_related("remedy", "condition"))
    assert {(row.remedy.slug, row.condition.slug) for row in entries} == ENTRIES.keys()
    for entry in entries:
        row = find_entry(entry.remedy.slug, entry.condition.slug)
        assert row is not None
        page = entry_page(row)
        warnings = page.part.warnings
        items = [
            *warnings.contraindications,
            *warnings.cautions,
            *warnings.pregnancy,
            *warnings.side_effects,
            *warnings.get_help,
        ]
        texts = [stop.who for stop in page.part.stop_box.stops]
        texts += [item.row.text for item in items if item.row.severity in SEVERE]
        for item in warnings.interactions:
            if item.row.severity == InteractionSeverity.MAJOR:
                texts += [item.row.effect, item.row.advice]
        assert page.revision is not None
        texts.append(f"{settings.SITE_URL}{entry.get_absolute_url()}r/{page.revision.number}/")
        for kind in KINDS:
            text = text_of(client.get(f"{entry.get_absolute_url()}?print={kind}"))
            missing += [(str(entry), kind, words) for words in texts if words not in text]
    assert missing == []


def graded(*, people: int | None, rating: str = "") -> GradeRecord:
    """The grade of an entry with one review, which may rate itself."""
    row = {
        **{"citation": "Review2021", "outcome": "sleep", "result": "Better."},
        **{"direction": "benefit", "n_analysed": people, "rating": rating or None},
    }
    values = {
        **{"remedy": "a", "condition": "b", "verdict": "v"},
        **{"effect": "benefit", "certainty": "low", "evidence_items": [row]},
    }
    works = {"Review2021": WorkFacts(StudyType.SYSTEMATIC_REVIEW, retracted=False)}
    return grade_entry(EntryDocument.model_validate(values), works)


@pytest.mark.parametrize(
    ("people", "rating", "basis"),
    [
        (374, "low", "(rating adopted from Example 2021, 374 people)"),
        (None, "low", "(rating adopted from Example 2021)"),
        (374, "", "(1 study, 374 people)"),
        (None, "", "(1 study, number of people not stated)"),
    ],
)
def test_a_sheet_says_what_the_grade_rests_on(people, rating, basis):
    ledger = format_ledger(graded(people=people, rating=rating), {"Review2021": "Example 2021"})
    assert ledger.endswith(basis)
    assert "0 people" not in ledger


def test_a_sheet_starts_from_the_adopted_rating():
    ledger = format_ledger(graded(people=None, rating="low"), {"Review2021": "Example 2021"})
    assert ledger.startswith("Adopted rating: Low certainty → Low certainty (")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (
            "/remedies/psyllium/constipation/?print=patient",
            "(rating adopted from Chang L et al., 2023)",
        ),
        (
            "/remedies/riboflavin/high-blood-pressure/?print=clinician",
            "(rating adopted from Cochrane, 374 people)",
        ),
        ("/conditions/constipation/compare/?r=psyllium&r=magnesium", "Rating adopted from Chang"),
    ],
)
def test_adopted_ratings_name_their_work_wherever_people_are_counted(content, client, url, says):
    text = text_of(client.get(url))
    assert says in text
    assert not re.search(r"(?<![\d,])0 people", text)


@pytest.mark.django_db
def test_a_sheet_is_not_indexed_and_its_canonical_url_is_the_entry(client, settings):
    entry = make_entry()
    url = entry.get_absolute_url()
    for kind in KINDS:
        text = text_of(client.get(f"{url}?print={kind}"))
        assert '<meta name="robots" content="noindex">' in text
        assert f'<link rel="canonical" href="{settings.SITE_URL}{url}">' in text
        assert "csrf" not in text
        assert 4 <= text.split('class="sheet__questions"')[1].split("</ol>")[0].count("<li>") <= 6


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "pdf", "%00", "9" * 400])
def test_an_unknown_kind_of_sheet_is_the_page_itself(client, kind):
    response = client.get(f"{make_entry().get_absolute_url()}?print={kind}")
    assert response.status_code == 200
    assert 'class="sheet ' not in text_of(response)
    assert "?print=patient" in text_of(response)


@pytest.mark.django_db
def test_sheets_are_as_hidden_as_their_entry(client):
    draft, gone = make_entry(published=False), make_entry()
    withdraw_entry(gone, by=make_user("editor"), reason="Being rewritten.")
    for kind in KINDS:
        assert client.get(f"{draft.get_absolute_url()}?print={kind}").status_code == 404
        assert client.get(f"{gone.get_absolute_url()}?print={kind}").status_code == 410
