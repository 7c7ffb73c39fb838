"""What is exported is read back as it was, by our own importer and by other people's programs."""

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from citations.authors import format_line, organisation, parse_line, person
from citations.choices import StudyType
from citations.containers import compose, split
from citations.document import fill_columns, to_document
from citations.formats import FORMATS
from citations.identifiers import doi, from_url, url
from citations.importing import ImportedRecord, read_references
from citations.importing.services import import_works
from citations.models import Citation
from citations.schema import CitationDocument
from remedies.models import RemedyConditionEntry
from remedies.pages.entry import entry_page
from tests.citations.csl_rules import faults_of_csl
from tests.counts import count
from tests.factories import make_citation, make_user

pytestmark = pytest.mark.every_page

KINDS = ("ris", "bib", "json")


def one_line(text: str) -> str:
    return " ".join(text.split())


PRINTABLE = st.characters(
    codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs"), exclude_characters="\ufffe\uffff"
)
LINES = st.text(PRINTABLE, max_size=60).map(one_line).filter(lambda text: "[@" not in text)
AWKWARD = st.sampled_from(
    ["50 % of {all} & #1_2", "a--b --- c", "``q'' 'r'", "D<sub>3</sub>", "&amp; &lt;b&gt;", "C:\\x",
     "~5 ^ $6 $7", "{", "}", "?` !`", "TY  - JOUR", "@article{x,", "p<0.05 and n>3", "\\textbf{x}"]
)  # fmt: skip
TITLES = (
    st.one_of(LINES, AWKWARD, st.tuples(LINES, AWKWARD).map(" ".join)).map(one_line).filter(bool)
)
NAME_LETTERS = st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F)
NAMES = st.text(NAME_LETTERS, min_size=1, max_size=12)
FAMILIES = st.one_of(NAMES, NAMES.map("van der {}".format), st.just("Smith and Jones"))
PEOPLE = st.builds(person, FAMILIES, NAMES, st.sampled_from(["", "Jr", "III"]))
BODIES = st.sampled_from(
    ["World Health Organization", "Food Standards Agency UK", "Barnes & Noble", "Research and Care",
     "National Heart, Lung, and Blood Institute", "EFSA Panel (NDA)", "ÖAW"]
).map(organisation)  # fmt: skip
AUTHORS = st.lists(st.one_of(PEOPLE, BODIES).map(format_line), max_size=5).flatmap(
    lambda lines: st.sampled_from([lines, [*lines, "et al."]] if lines else [lines])
)
PLACES = st.one_of(
    LINES,
    st.builds(
        compose,
        st.sampled_from(["BMJ", "Food & Function", "J. Test"]),
        st.sampled_from(["", "12"]),
        st.sampled_from(["", "3", "Suppl 1"]),
        st.sampled_from(["", "1", "1-1", "10-20", "e44", "S1-S40"]),
    ),
)
DOIS = st.text("abc019.-_;()/:<>%#&+~$'", min_size=1, max_size=20).map("10.1000/a{}".format)
URLS = st.sampled_from(
    ["https://example.org/a?b=c&d=%20e#f", "https://example.org/~x/a--b_c", "http://h/"]
)


@st.composite
def documents(draw) -> CitationDocument:
    kind = draw(st.sampled_from(StudyType.values))
    values = {
        "title": draw(TITLES),
        "authors": draw(AUTHORS),
        "container": draw(PLACES),
        "publisher": draw(LINES),
        "year": draw(st.none() | st.integers(1600, 2099)),
        "doi": draw(st.just("") | DOIS.map(doi)),
        "pmid": draw(st.sampled_from(["", "1", "12345678"])),
        "pmcid": draw(st.sampled_from(["", "PMC7"])),
        "nct": draw(st.sampled_from(["", "NCT01234567"])),
        "url": draw(st.just("") | URLS),
        "accessed_on": draw(st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))),
        "study_type": kind,
        "sample_size": draw(st.none() | st.integers(0, 10**6)),
        "funding": draw(LINES),
        "retracted_on": draw(st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1))),
    }
    if not any(values[name] for name in ("doi", "pmid", "pmcid", "nct", "url")):
        values["url"] = "https://example.org/only"
    if kind == "registry_entry":
        values["registry_status"] = draw(st.sampled_from([None, "ongoing", "completed"]))
    return CitationDocument.model_validate({"key": "Key2020", **values})


def exported(document: CitationDocument, kind: str) -> str:
    return FORMATS[kind].write([fill_columns(Citation(), document)])


def imported(text: str) -> list[CitationDocument]:
    records = list(read_references(text))
    assert [record for record in records if not isinstance(record, ImportedRecord)] == []
    return [record.document for record in records]


def as_imported(document: CitationDocument) -> dict:
    """An address that only repeats an identifier of the work is not kept twice."""
    known = from_url(document.url)
    repeats = known is not None and getattr(document, known.column) == known.value
    changed = {"key": "Imported"} | ({"url": ""} if repeats else {})
    return document.model_copy(update=changed).canonical()


@pytest.mark.parametrize("kind", KINDS)
@given(document=documents())
def test_any_work_comes_back_from_its_export(kind, document):
    [back] = imported(exported(document, kind))
    assert back.canonical() == as_imported(document)


@given(place=st.one_of(PLACES, LINES))
def test_a_place_in_a_journal_is_parted_without_loss(place):
    assert compose(*split(place)) == place


@given(document=documents())
def test_other_programs_read_the_same(document):
    names = [parse_line(line) for line in document.authors]
    ris = rispy.loads(exported(document, "ris"))
    assert len(ris) == 1
    assert ris[0].get("doi", "") == document.doi
    assert len(ris[0].get("authors", [])) == len(names)
    library = bibtexparser.parse_string(exported(document, "bib"))
    assert not library.failed_blocks
    fields = library.entries[0].fields_dict
    assert (fields["doi"].value if "doi" in fields else "") == document.doi
    assert faults_of_csl(json.loads(exported(document, "json"))) == []


PLAIN = st.text(
    st.characters(codec="utf-8", categories=("L", "N"), include_characters=" .,:;%&#_-()/")
).map(one_line).filter(lambda text: text and "--" not in text)  # fmt: skip


@given(title=PLAIN)
def test_a_title_is_the_same_in_other_programs(title):
    document = CitationDocument(key="K", title=title, doi="10.1000/x", study_type=StudyType.COHORT)
    assert rispy.loads(exported(document, "ris"))[0]["title"] == title
    library = bibtexparser.parse_string(
        exported(document, "bib"), append_middleware=[LatexDecodingMiddleware()]
    )
    assert library.entries[0].fields_dict["title"].value == title
    assert json.loads(exported(document, "json"))[0]["title"] == title


def test_a_body_is_one_name_in_every_format():
    document = CitationDocument(
        key="K", title="T", authors=["World Health Organization", "{Food Standards Agency UK}"],
        doi="10.1000/x", study_type=StudyType.GUIDELINE,
    )  # fmt: skip
    assert "AU  - World Health Organization,\nAU  - Food Standards Agency UK," in exported(
        document, "ris"
    )
    assert "{World Health Organization} and {Food Standards Agency UK}" in exported(document, "bib")
    assert json.loads(exported(document, "json"))[0]["author"] == [
        {"literal": "World Health Organization"},
        {"literal": "Food Standards Agency UK"},
    ]
    assert exported(document, "txt").startswith(
        "1. World Health Organization, Food Standards Agency UK. T."
    )


def test_a_retracted_work_says_so_in_every_file():
    document = CitationDocument(
        key="K", title="T", doi="10.1000/x", study_type=StudyType.COHORT,
        retracted_on=date(2020, 1, 2),
    )  # fmt: skip
    for kind in ("ris", "bib"):
        assert "Retracted on: 2020-01-02" in exported(document, kind)
    assert json.loads(exported(document, "json"))[0]["status"] == "retracted"
    assert "[Retracted] T" in exported(document, "txt")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_the_references_of_every_page_are_known_when_they_are_pasted_back(content, kind):
    for entry in RemedyConditionEntry.objects.published()[:: count(small=6, full=1)]:
        works = [line.work for line in entry_page(entry).references]
        result = import_works(read_references(FORMATS[kind].write(works)))
        assert (result.added, result.unreadable) == ([], [])
        assert result.known == [work.key for work in works]


@pytest.mark.django_db
def test_every_work_of_the_content_comes_back_from_its_export(content):
    for work in Citation.objects.all():
        for kind in KINDS:
            [back] = imported(FORMATS[kind].write([work]))
            document = to_document(work)
            same = document.model_copy(update={"doi": document.doi.lower()})
            if work.title.startswith("WITHDRAWN: "):
                # An import marks it from its title, with the day of the import.
                assert back.retracted_on, work.key
                back = back.model_copy(update={"retracted_on": None})
            assert back.canonical() == as_imported(same), kind


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_a_page_is_uploaded_again_and_known(client, kind):
    work = make_citation("Known2020", doi="10.1000/Known", authors="Food Standards Agency\nOhm C")
    client.force_login(make_user("editor"))
    text = FORMATS[kind].write([work])
    page = client.post("/admin/citations/citation/import/", {"records": text})
    assert "Known already, and left as they are: Known2020" in one_line(page.content.decode())
    assert set(Citation.objects.values_list("key", flat=True)) >= {"Known2020"}
    assert not Citation.objects.filter(key__startswith="Known2020-").exists()


def test_urls_of_the_strategy_are_normal():
    for address in (
        "https://example.org/a?b=c&d=%20e#f",
        "https://example.org/~x/a--b_c",
        "http://h/",
    ):
        assert url(address) == address
