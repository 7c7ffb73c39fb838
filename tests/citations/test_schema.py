from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from citations.choices import StudyType
from citations.schema import CitationDocument, CitationKeys, Cites, citation_keys, cited_keys
from remedies_site.documents import Document, Keys, Line, Markdown, RefersTo, Row, validation_errors

LEAST = {
    "key": "Jadidi2022",
    "title": "A trial",
    "study_type": "randomised_trial",
    "pmid": "36587225",
}


def faulty_fields(**values) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        CitationDocument.model_validate(LEAST | values)
    return [field for field, _sentence in validation_errors(raised.value)]


def test_the_least_work_has_a_key_a_title_a_kind_and_a_way_to_find_it():
    work = CitationDocument.model_validate(LEAST)
    assert work.study_type is StudyType.RANDOMISED_TRIAL
    assert work.canonical() == {
        "key": "Jadidi2022",
        "title": "A trial",
        "pmid": "36587225",
        "study_type": "randomised_trial",
    }


@pytest.mark.parametrize("name", ["key", "title", "study_type"])
def test_what_every_work_has_must_be_there(name):
    values = {field: value for field, value in LEAST.items() if field != name}
    with pytest.raises(ValidationError) as raised:
        CitationDocument.model_validate(values)
    assert list(validation_errors(raised.value)) == [(name, "is missing")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("doi", "10.1186/s12906-022-03831-y"),
        ("pmid", "1"),
        ("pmcid", "PMC123"),
        ("nct", "NCT12345678"),
        ("url", "https://example.org/a?b=c"),
    ],
)
def test_any_one_way_to_find_it_is_enough(name, value):
    work = CitationDocument.model_validate(LEAST | {"pmid": "", name: value})
    assert getattr(work, name) == value


def test_a_work_that_nobody_can_find_is_refused():
    assert faulty_fields(pmid="") == ["(whole)"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("key", key) for key in ("", "a b", "@A", "-A", "A]", "Ä1", "A" * 81, "A;B", "A,B")],
        *[("doi", doi) for doi in ("11.1/x", "10./x", "https://doi.org/10.1186/x", "10.1186/ x")],
        *[("pmid", pmid) for pmid in ("0", "01", "1234567890", "PMID1", 36587225)],
        *[("pmcid", pmcid) for pmcid in ("123", "PMC", "pmc1", "PMC1a")],
        *[("nct", nct) for nct in ("NCT1234567", "NCT123456789", "12345678")],
        *[("url", url) for url in ("example.org", "ftp://example.org", "javascript:alert(1)")],
        *[("year", year) for year in (1599, 2101, "soon")],
        *[("sample_size", size) for size in (-1, 1.5, "many", 2**31)],
        ("study_type", "opinion"),
        ("title", "two\nlines"),
        ("accessed_on", "yesterday"),
    ],
)
def test_what_is_malformed_is_refused_by_name(name, value):
    assert faulty_fields(**{name: value}) == [name]


class CitingRow(Row):
    """Named as no row of ours: what cites is known by its marker, never by its name."""

    text: Line = ""
    based_on: CitationKeys = []
    measured_by: Annotated[Line, Cites("key")] = ""
    friends: Annotated[Keys, RefersTo("slug")] = []


class CitingPart(Row):
    mechanism: Markdown = ""


class CitingDocument(Document):
    overview: Markdown = ""
    rows: list[CitingRow] = []
    rationale: CitingPart = CitingPart()
    year: int = 0


def test_a_document_cites_in_marks_and_in_marked_fields_whatever_their_names():
    document = CitingDocument.model_validate(
        {
            "overview": "Words [@A; @B].",
            "rows": [
                {"text": "plain", "friends": ["not-a-work"]},
                {"based_on": ["C", "A"]},
                {"measured_by": "D"},
            ],
            "rationale": {"mechanism": "More [@E]."},
            "year": 2020,
        }
    )
    assert list(cited_keys(document)) == [
        ("overview", "A"),
        ("overview", "B"),
        ("rows[2].based_on", "A"),
        ("rows[2].based_on", "C"),
        ("rows[3].measured_by", "D"),
        ("rationale.mechanism", "E"),
    ]
    assert citation_keys(document) == ["A", "B", "C", "D", "E"]


def test_a_document_that_cites_nothing_has_no_keys():
    assert citation_keys(CitingDocument(overview="Words.")) == []


lines = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20)


@given(
    st.fixed_dictionaries(
        {name: st.just(value) for name, value in LEAST.items()},
        optional={
            "authors": st.lists(lines, max_size=3),
            "year": st.integers(1600, 2100),
            "sample_size": st.integers(0, 10**6),
            "accessed_on": st.dates(),
            "funding": lines,
        },
    )
)
def test_a_work_reads_back_from_its_canonical_form(values):
    try:
        work = CitationDocument.model_validate(values)
    except ValidationError:  # a line such as “[@” is no plain text
        return
    assert CitationDocument.model_validate(work.canonical()) == work
