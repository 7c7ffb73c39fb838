"""Records of other programs; lookups are answered by a server on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from citations.formats import FORMATS
from citations.identifiers import doi
from citations.importing import ImportedRecord, UnreadableRecord, read_references
from citations.importing.library import LibraryIndex
from citations.importing.lookup import LookupFailed, look_up
from citations.importing.services import import_works
from citations.models import Citation
from tests.factories import make_citation, make_user

RIS = """TY  - JOUR
AU  - Müller, Jörg Anton
AU  - Ångström, Åsa
TI  - Magnésium et sommeil
JO  - Revue
PY  - 2020/03/01
DO  - https://doi.org/10.1000/ABC
ER  -

TY  - JOUR
TI  - A record that never ends
PY  - 2021

TY  - JOUR
AU  - Ohm, C.
TI  - A second good one
PY  - 2022
UR  - https://example.org/two
ER  -
"""
BIBTEX = r"""@article{mueller,
  author = {M{\"u}ller, J{\"o}rg and {\AA}str{\"o}m, P. and van der Berg, Kim},
  title = {On {M}agnesium},
  journal = {J. Test},
  year = {2019},
  doi = {10.1000/bib}
}
@article{broken, title = {No end
@article{good, author={A, B}, title={Another}, year={2018}, url={https://example.org/another}}
"""
NBIB = """PMID- 12345678
OWN - NLM
DP  - 2021 Jan
TI  - Valerian for sleep: a very long title that
      goes on in the next line.
LID - 10.1000/nbib [doi]
AU  - Garc\u00eda L
AU  - Ng T
PT  - Journal Article
PT  - Randomized Controlled Trial
SO  - Sleep. 2021 Jan;1(1):1-9. doi: 10.1000/nbib.
PMC - PMC12345

PMID- 23456789
DP  - 2022
AU  - Nobody N
"""


def works(text: str) -> list[ImportedRecord]:
    return [record for record in read_references(text) if isinstance(record, ImportedRecord)]


def unreadable(text: str) -> list[UnreadableRecord]:
    return [record for record in read_references(text) if isinstance(record, UnreadableRecord)]


def test_ris_with_accents_keeps_the_good_and_names_the_broken():
    first, second = (one.document for one in works(RIS))
    assert first.authors == ["Müller JA", "Ångström Å"]
    assert (first.title, first.year, first.doi) == ("Magnésium et sommeil", 2020, "10.1000/abc")
    assert (second.title, second.url) == ("A second good one", "https://example.org/two")
    [bad] = unreadable(RIS)
    assert (bad.number, bad.name) == (2, "A record that never ends")
    assert "does not end" in bad.reason


def test_bibtex_reads_latex_and_keeps_the_good():
    documents = {one.document.title: one.document for one in works(BIBTEX)}
    assert documents["On Magnesium"].authors == ["Müller J", "Åström P", "van der Berg K"]
    assert documents["On Magnesium"].doi == "10.1000/bib"
    assert "Another" in documents
    assert any("broken" in bad.name for bad in unreadable(BIBTEX))


def test_nbib_reads_lines_that_go_on_and_says_the_kind():
    [one] = works(NBIB)
    work = one.document
    assert work.title == "Valerian for sleep: a very long title that goes on in the next line."
    assert work.authors == ["García L", "Ng T"]
    assert (work.doi, work.pmid, work.pmcid) == ("10.1000/nbib", "12345678", "PMC12345")
    assert (work.year, work.study_type) == (2021, "randomised_trial")
    [bad] = unreadable(NBIB)
    assert (bad.number, bad.name, bad.reason) == (2, "23456789", "has no title")


def test_many_authors_are_all_kept():
    authors = "".join(f"AU  - Name{number}, A.\n" for number in range(400))
    [one] = works(f"TY  - JOUR\n{authors}TI  - T\nDO  - 10.1000/x\nER  - \n")
    assert len(one.document.authors) == 400


@pytest.mark.parametrize("text", ["", "\x00", "{" * 500, "TY  - \nER  - \n", "@" * 50, "PMID-"])
def test_hostile_records_break_nothing(text):
    assert works(text) == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["ris", "bib", "json"])
def test_what_we_write_we_read_again(kind):
    work = make_citation("Muller2020", title="On Æther & {braces}", authors="Müller JA\nOhm C",
                         container="Journal", doi="10.1000/round", year=2020)  # fmt: skip
    text = FORMATS[kind].write([work])
    [one] = works(text)
    assert one.document.doi == "10.1000/round"
    assert one.document.authors == ["Müller JA", "Ohm C"]
    assert one.document.year == 2020


@pytest.mark.parametrize(
    ("written", "number"),
    [("https://doi.org/10.1/X", "10.1/x"), ("doi: 10.1/x", "10.1/x"), ("10.1/x.", "10.1/x")],
)
def test_a_doi_is_taken_from_its_address(written, number):
    assert doi(written) == number


def test_keys_are_of_author_and_year_and_never_taken():
    [one, *_rest] = works(RIS)
    index = LibraryIndex()
    assert index.free_key(one.document) == "Muller2020"
    index.keys |= {"Muller2020", "Muller2020-2", "Muller2020-4"}
    assert index.free_key(one.document) == "Muller2020-3"
    index.keys.add("Muller2020-3")
    assert index.free_key(one.document) == "Muller2020-5"


@pytest.mark.django_db
def test_known_works_stay_as_they_are():
    make_citation("Mine", doi="10.1000/ABC", title="My own title")
    result = import_works(read_references(RIS))
    assert result.known == ["Mine"]
    assert result.added == ["Ohm2022"]
    assert [bad.number for bad in result.unreadable] == [2]
    assert Citation.objects.get(key="Mine").title == "My own title"
    assert import_works(read_references(RIS)).known == ["Mine", "Ohm2022"]  # by its address alone


@pytest.mark.django_db
def test_the_command_tells_what_it_did(tmp_path, capsys):
    for name, text in (("a.ris", RIS), ("b.bib", BIBTEX), ("c.txt", NBIB)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    call_command(
        "import_references", *(str(tmp_path / name) for name in ("a.ris", "b.bib", "c.txt"))
    )
    out = capsys.readouterr()
    assert "added: Garcia2021" in out.out
    assert "record 2 (A record that never ends)" in out.err
    assert "5 added, 0 known" in out.out


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "text"), [("a.ris", None), ("a.txt", "what is this?")])
def test_a_file_that_is_none_is_a_clear_error(tmp_path, name, text):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"cannot be read|is neither RIS"):
        call_command("import_references", str(tmp_path / name))


ANSWERS = {
    "/works/10.1000%2Fknown": (
        200,
        json.dumps(
            {
                "message": {
                    "DOI": "10.1000/KNOWN",
                    "title": ["A <i>known</i> work"],
                    "author": [{"family": "Müller", "given": "Jörg"}, {"name": "A Group"}],
                    "container-title": ["Journal"],
                    "publisher": "House",
                    "issued": {"date-parts": [[2021, 3]]},
                }
            }
        ),
    ),
    "/works/10.1000%2Fodd": (200, "not JSON"),
    "/works/10.1000%2Fsick": (500, ""),
    "/works/10.1000%2Felsewhere": (302, ""),
    "/entrez/eutils/efetch.fcgi?db=pubmed&id=12345678&rettype=medline&retmode=text": (200, NBIB),
    "/entrez/eutils/efetch.fcgi?db=pubmed&id=999&rettype=medline&retmode=text": (200, "\n"),
}


class Register(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, text = ANSWERS.get(self.path, (404, ""))
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def register(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Register)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.CROSSREF_URL = settings.PUBMED_URL = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_work_is_looked_up_by_its_doi(register):
    one = look_up("https://doi.org/10.1000/Known")
    assert isinstance(one, ImportedRecord)
    assert one.document.title == "A known work"
    assert one.document.authors == ["Müller J", "A Group"]
    assert (one.document.year, one.document.doi) == (2021, "10.1000/known")


def test_a_work_is_looked_up_by_its_pmid(register):
    one = look_up("PMID: 12345678")
    assert isinstance(one, ImportedRecord)
    assert one.document.pmid == "12345678"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("10.1000/nobody", "knows no work"),
        ("10.1000/odd", "cannot be read"),
        ("10.1000/sick", "an error (500)"),
        ("10.1000/elsewhere", "an error (302)"),
        ("999", "PubMed knows no work"),
        ("hello", "neither a DOI"),
    ],
)
def test_what_goes_wrong_is_said_clearly(register, number, said):
    with pytest.raises(LookupFailed) as failed:
        look_up(number)
    assert said in str(failed.value)


def test_offline_it_says_what_to_do_instead(settings):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    with pytest.raises(LookupFailed, match="may be offline: paste RIS"):
        look_up("10.1000/known")


def test_no_other_host_is_asked(settings):
    settings.CROSSREF_URL = "https://example.org"
    with pytest.raises(LookupFailed, match="not on the list"):
        look_up("10.1000/known")


@pytest.mark.django_db
def test_editors_import_at_the_desk_and_lose_nothing(client):
    client.force_login(make_user("editor"))
    address = "/admin/citations/citation/import/"
    page = client.post(address, {"records": RIS}).content.decode()
    assert "Muller2020" in page
    assert "A record that never ends" in page
    refused = client.post(address, {"records": "what is this?"})
    assert refused.status_code == 400
    assert "what is this?" in refused.content.decode()
    assert client.post(address, {}).status_code == 400


@pytest.mark.django_db
def test_an_editor_looks_a_number_up(client, register):
    client.force_login(make_user("editor"))
    address = "/admin/citations/citation/import/"
    assert "Muller2021" in client.post(address, {"number": "10.1000/known"}).content.decode()
    refused = client.post(address, {"number": "10.1000/nobody"}).content.decode()
    assert "knows no work" in refused


@pytest.mark.django_db
def test_moderators_do_not_import(client):
    client.force_login(make_user("moderator"))
    assert client.get("/admin/citations/citation/import/").status_code == 403
