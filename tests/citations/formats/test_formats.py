"""References as files: what is written reads back the same, whatever the words hold."""

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from citations.formats import bibtex, csl, plain, ris
from citations.models import Citation
from remedies.models import RemedyConditionEntry
from remedies.pages.entry import entry_page
from tests.counts import count

pytestmark = pytest.mark.every_page


def work(**values) -> Citation:
    known = {
        "key": "Jadidi2022",
        "title": "A trial",
        "authors": "Jadidi A\nOhm-Müller CD",
        "container": "Journal 1:1",
        "year": 2022,
        "doi": "10.1186/s12906-022-03814-8",
    }
    return Citation(**known | values)


def read_bibtex(text: str, *, decoded: bool = True) -> list[dict[str, str]]:
    middleware = [LatexDecodingMiddleware()] if decoded else []
    library = bibtexparser.parse_string(text, append_middleware=middleware)
    assert not library.failed_blocks
    return [
        {"key": entry.key, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    ]


def test_bibtex_reads_back():
    one = work(title="50 % of Émile's & other_words {in} $ #1", accessed_on=date(2026, 1, 2))
    words = read_bibtex(bibtex.write([one]))[0]
    as_it_is = read_bibtex(bibtex.write([one]), decoded=False)[0]
    assert words["key"] == one.key
    assert words["title"] == one.title
    assert words["author"] == "Jadidi, A and Ohm-Müller, CD"
    assert as_it_is["doi"] == one.doi
    assert as_it_is["url"] == one.link
    assert as_it_is["urldate"] == "2026-01-02"


def test_ris_reads_back():
    one = work(title="50 % of Émile's – and – others", pmid="123", accessed_on=date(2026, 1, 2))
    record = rispy.loads(ris.write([one]))[0]
    assert record["id"] == one.key
    assert record["title"] == one.title
    assert record["authors"] == ["Jadidi, A", "Ohm-Müller, CD"]
    assert record["doi"] == one.doi
    assert record["urls"] == [one.link]
    assert record["year"] == "2022"


def test_csl_holds_what_the_standard_names():
    item = json.loads(csl.write([work(authors="OSF Healthcare System\nOhm C")]))[0]
    assert item == {
        "id": "Jadidi2022",
        "type": "article-journal",
        "title": "A trial",
        "author": [{"literal": "OSF Healthcare System"}, {"family": "Ohm", "given": "C"}],
        "container-title": "Journal",
        "volume": "1",
        "page": "1",
        "issued": {"date-parts": [[2022]]},
        "DOI": "10.1186/s12906-022-03814-8",
        "URL": "https://doi.org/10.1186/s12906-022-03814-8",
    }


def test_plain_text_has_one_line_a_reference():
    many = work(authors="\n".join(f"Author{letter} A" for letter in "ABCDEFGH"))
    first, second = plain.write([work(title="A trial."), many]).splitlines()
    assert first == (
        "1. Jadidi A, Ohm-Müller CD. A trial. Journal 1:1; 2022. "
        "https://doi.org/10.1186/s12906-022-03814-8"
    )
    assert second.startswith("2. AuthorA A, ")
    assert ", AuthorF A, et al. A trial." in second


TITLES = (
    st.text(
        st.characters(
            codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\\{}\"~`'^"
        ),
        min_size=1,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(title=TITLES)
def test_any_title_stands_on_its_own_line_in_every_format(title):
    one = work(title=title)
    assert json.loads(csl.write([one]))[0]["title"] == title
    assert len(plain.write([one]).splitlines()) == 1
    assert len(rispy.loads(ris.write([one]))) == 1
    assert len(read_bibtex(bibtex.write([one]))) == 1


@pytest.mark.django_db
def test_the_references_of_every_page_read_back_with_equal_fields(content):
    for entry in RemedyConditionEntry.objects.published()[:: count(small=6, full=1)]:
        works = [line.work for line in entry_page(entry).references]
        assert works
        titles = [one.title for one in works]
        links = [one.link for one in works]
        assert [one["title"] for one in read_bibtex(bibtex.write(works))] == titles
        assert [one["url"] for one in read_bibtex(bibtex.write(works), decoded=False)] == links
        records = rispy.loads(ris.write(works))
        assert [record["title"] for record in records] == titles
        assert [record["urls"] for record in records] == [[link] for link in links]
        assert [item["URL"] for item in json.loads(csl.write(works))] == links
        assert len(plain.write(works).splitlines()) == len(works)
