"""What a reader can point at: every row and every sentence of a published page."""

from decimal import Decimal

import pytest

from conditions.schema import ConditionDocument
from discussions.challenges.choices import PART_LABELS
from discussions.challenges.claimed_parts import (
    PART_FIELDS,
    Claim,
    ClaimedPart,
    find_part,
    parts_of,
    row_words,
)
from remedies.schema import EntryDocument, GapRow, RemedyDocument
from tests.remedies.content.shipped import ENTRIES, REMEDIES


def entry(**values: object) -> EntryDocument:
    return EntryDocument.model_validate(
        {
            "remedy": "magnesium",
            "condition": "insomnia",
            "verdict": "It may help. Nobody knows for whom [@Ahlberg2020].",
            "effect": "unknown",
            "certainty": "very_low",
            **values,
        }
    )


def test_each_sentence_of_a_text_is_a_claim_without_its_marks():
    part = find_part(entry(), "verdict")
    assert part is not None
    assert part.claims == (
        Claim("verdict:1", "It may help."),
        Claim("verdict:2", "Nobody knows for whom."),
    )


def test_each_row_is_a_claim_that_names_its_work():
    regimen = {
        "form": "magnesium oxide",
        "amount": 250,
        "unit": "mg",
        "per": "day",
        "basis": "salt",
        "duration": "8 weeks",
        "citation": "Ahlberg2020",
    }
    part = find_part(entry(regimens=[regimen], dosing="More is not better."), "doses")
    assert part is not None
    assert [claim.place for claim in part.claims] == ["regimens[1]", "dosing:1"]
    assert part.claims[0].words == "magnesium oxide: 250 mg a day, 8 weeks (Ahlberg2020)"


def test_a_part_without_a_claim_is_there_since_something_may_be_missing():
    part = find_part(entry(), "doses")
    assert part == ClaimedPart("doses", ())
    assert part is not None
    assert part.find("doses") == Claim("doses", "")
    assert part.find("regimens[1]") is None


def test_no_page_has_a_part_of_another_one():
    assert find_part(entry(), "interactions") is None
    assert find_part(entry(), "") is None


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("may help", True),
        ("  IT  MAY\nhelp. ", True),
        ("It never helps", False),
        ("Nobody knows", False),
    ],
)
def test_a_quote_stands_in_the_claim_whatever_its_case_and_blanks(quote, stands):
    part = find_part(entry(), "verdict")
    assert part is not None
    assert part.holds(quote, part.claims[0]) is stands


def test_a_quote_of_the_whole_part_stands_in_any_of_its_claims():
    part = find_part(entry(verdict="They call it “sure”. It is not."), "verdict")
    assert part is not None
    whole = Claim("verdict", "")
    assert part.holds('"sure"', whole)
    assert not part.holds("certain", whole)


def test_hours_to_leave_between_are_in_words():
    row = GapRow(
        substance="antibiotics", authority="An agency", before=Decimal(2), citations=["Agency2019"]
    )
    assert row_words(row) == "antibiotics, An agency: 2 hours before"


def test_every_part_has_a_label():
    assert {key for parts in PART_FIELDS.values() for key in parts} == set(PART_LABELS)


def test_every_prose_and_every_row_of_readers_is_in_a_part():
    """A field that is added to a document later has to be claimed, or named here."""
    elsewhere = {
        "RemedyDocument": {"slug", "name", "kind", "aliases", "products", "written_on"},
        "ConditionDocument": {"slug", "name", "aliases", "category", "icd10", "mesh", "written_on"},
        "EntryDocument": {"remedy", "condition", "effect", "certainty", "use", "search"},
    }
    for schema in (EntryDocument, RemedyDocument, ConditionDocument):
        claimed = {
            field.partition(".")[0] for fields in PART_FIELDS[schema].values() for field in fields
        }
        named = elsewhere[schema.__name__] | {"written_on", "review_due"}
        assert set(schema.model_fields) - claimed == named


def test_every_claim_of_the_shipped_pages_has_words_and_a_place_of_its_own():
    for document in (*ENTRIES.values(), *REMEDIES.values()):
        claims = [claim for part in parts_of(document) for claim in part.claims]
        places = [claim.place for claim in claims]
        assert len(places) == len(set(places))
        assert all(len(place) <= 80 for place in places)
        assert all(claim.words.strip() for claim in claims)
