"""Inputs that editors really paste, each with its right value: kinds that once were bent or lost."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from citations.importing import ImportedRecord, UnreadableRecord, read_references
from citations.importing.reading import NoRecords, check_has_records
from citations.importing.services import import_works
from citations.models import Citation
from citations.schema import CitationDocument
from tests.admin_forms import Form
from tests.factories import make_citation, make_user

IMPORT = "/admin/citations/citation/import/"


def one(text: str) -> ImportedRecord:
    records = list(read_references(text))
    assert len(records) == 1, records
    assert isinstance(records[0], ImportedRecord), records[0]
    return records[0]


def work(text: str) -> CitationDocument:
    return one(text).document


def bibtex(fields: str) -> CitationDocument:
    return work(f"@article{{a, title={{T}}, {fields}}}")


def ris(*lines: str) -> str:
    return "\n".join(["TY  - JOUR", *lines, "ER  - ", ""])


def test_field_names_of_bibtex_may_have_capitals():
    found = work("@article{a, Title={T}, Author={Up, A}, Doi={10.5555/x}}")
    assert (found.title, found.authors, found.doi) == ("T", ["Up A"], "10.5555/x")


def test_a_percent_sign_cuts_nothing():
    found = work("@article{a, title={Effect of 5% glucose}, url={https://doi.org/10.1016%2Fj.x}}")
    assert found.title == "Effect of 5% glucose"
    assert found.url == "https://doi.org/10.1016%2Fj.x"
    assert found.doi == "10.1016/j.x"


def test_identifiers_are_not_typeset():
    found = bibtex("doi={10.5555/a--b}, url={https://h/~smith/a}")
    assert (found.doi, found.url) == ("10.5555/a--b", "https://h/~smith/a")
    escaped = bibtex(r"doi={10.5555/a\_b}, url={https://h.org/a{\_}b{\%}20c}")
    assert (escaped.doi, escaped.url) == ("10.5555/a_b", "https://h.org/a_b%20c")


def test_marks_of_the_format_are_no_letters_of_the_title():
    assert bibtex("journal={Food & Function}, doi={10.1/x}").container == "Food & Function"
    assert bibtex(r"journal={Food \& Function}, doi={10.1/x}").container == "Food & Function"
    title = "Vitamin D<sub>3</sub> &amp; sleep &lt;i&gt;in vitro&lt;/i&gt;"
    assert work(ris(f"TI  - {title}", "DO  - 10.1/x")).title == "Vitamin D3 & sleep in vitro"
    assert work(f"PMID- 1\nTI  - {title}\n").title == "Vitamin D3 & sleep in vitro"
    assert work(ris("TI  - If a<b and c>d, 5 < 6", "DO  - 10.1/x")).title == "If a<b and c>d, 5 < 6"
    assert work(
        r"@misc{a, title={H$_2$O, CO\textsubscript{2}, $\beta$, 5\,mg}, doi={10.1/x}}"
    ).title == ("H2O, CO2, β, 5 mg")


def test_bodies_and_others_are_no_people():
    assert bibtex("author={{World Health Organization}}, doi={10.1/x}").authors == [
        "World Health Organization"
    ]
    assert bibtex("author={World Health Organization}, doi={10.1/x}").authors == [
        "World Health Organization"
    ]
    assert bibtex("author={Up, A and others}, doi={10.1/x}").authors == ["Up A", "et al."]
    names = ris("TI  - T", "DO  - 10.1/x", "AU  - World Health Organization", "AU  - Ministry of Health, Labour and Welfare")  # fmt: skip
    assert work(names).authors == [
        "World Health Organization",
        "Ministry of Health, Labour and Welfare",
    ]
    assert work("PMID- 1\nTI  - T\nAU  - Up A\nCN  - RECORD Trial Group\n").authors == [
        "Up A", "RECORD Trial Group",
    ]  # fmt: skip
    csl = '[{"id": 1, "title": "T", "DOI": "10.1/x", "author": [{"literal": "Trust UK"}, {"family": "Up", "given": "Ann"}]}]'
    assert work(csl).authors == ["{Trust UK}", "Up A"]


@pytest.mark.django_db
def test_a_body_is_whole_wherever_a_reference_stands(client):
    import_works(read_references("@misc{a, title={T}, author={{Trust UK}}, doi={10.1/x}}"))
    stored = Citation.objects.get()
    assert stored.author_list == ["Trust UK"]
    assert stored.short_name == "Trust UK"
    client.force_login(make_user("editor"))
    form = client.get(reverse("admin:citations_citation_change", args=[stored.pk]))
    assert "{Trust UK}" in form.content.decode()


@pytest.mark.parametrize(
    "header",
    [
        'Record #1 of 1\nProvider: John Wiley & Sons, Ltd\nContent: text/plain; charset="UTF-8"\n\n',
        "1. \n",
        "<1>\n",
        "% Encoding: UTF-8\n\n",
        "Scopus\nEXPORT DATE: 26 November 2026\n\n",
        "\ufeff\n\n",
    ],
)
def test_headers_of_programs_are_passed_over(header):
    assert work(header + ris("TI  - T", "DO  - 10.1/x")).doi == "10.1/x"
    assert work(f"{header}@article{{a, title={{T}}, doi={{10.1/x}}}}\n").doi == "10.1/x"


def test_a_number_of_another_database_is_no_pmid():
    for database, number in (
        ("CINAHL", "23853635"),
        ("Embase", "2019543210"),
        ("Scopus", "85012345"),
    ):
        record = one(ris("TI  - T", "DO  - 10.1/x", f"DB  - {database}", f"AN  - {number}"))
        assert record.document.pmid == ""
        assert f"accession number {number} is of {database}, not of PubMed" in " ".join(
            record.warnings
        )
    nameless = one(ris("TI  - T", "DO  - 10.1/x", "AN  - 123456789"))
    assert nameless.document.pmid == ""
    assert nameless.warnings
    for source in ("DB  - PubMed", "DB  - Ovid MEDLINE(R) ALL <1946 to 2026>", "DP  - NLM"):
        assert work(ris("TI  - T", "DO  - 10.1/x", source, "AN  - 23853635")).pmid == "23853635"
    assert work(ris("TI  - T", "AN  - MEDLINE:23853635")).pmid == "23853635"


def test_a_wrong_secondary_part_refuses_no_work():
    record = one(ris("TI  - T", "DO  - 10.1/x", "UR  - <Go to ISI>://WOS:1"))
    assert record.document.doi == "10.1/x"
    assert "“<Go to ISI>://WOS:1” is no web address; it is left out." in record.warnings
    assert bibtex("url={www.example.org}").url == "https://www.example.org"
    assert bibtex("pmcid={1234567}").pmcid == "PMC1234567"
    assert bibtex("pmid={PMID: 1}").pmid == "1"
    for written in ("https://doi.org/10.1/x", "doi:10.1/x", "10.1/x [doi]", "DOI 10.1/X."):
        assert bibtex(f"doi={{{written}}}").doi == "10.1/x"
    kept = one(f"@article{{a, title={{T}}, doi={{10.1/x}}, pmid={{unknown}}, year={{in press}}, url={{https://e.org/{'x' * 600}}}}}")  # fmt: skip
    assert kept.document.doi == "10.1/x"
    assert len(kept.warnings) == 3


def test_reasons_are_sentences_and_hold_no_patterns():
    [record] = read_references("@article{a, title={T}, url={<Go to ISI>://WOS:1}, doi={none}}")
    assert isinstance(record, UnreadableRecord)
    assert "has no DOI, PMID, PMCID, NCT number or web address" in record.reason
    assert "“none” is no DOI" in record.reason
    assert not re.search(r"\\d|\(\?|\^|pattern", record.reason)


@pytest.mark.parametrize(
    "text",
    [
        "PMID- 1\nTI  - A trial\nPT  - Journal Article\nPT  - Retracted Publication\n",
        ris("TI  - RETRACTED: A trial", "DO  - 10.1/x"),
        ris("TI  - A trial (Retracted article. See vol. 5, pg. 3, 2010)", "DO  - 10.1/x"),
        ris("TI  - A trial", "DO  - 10.1/x", "M3  - Retracted Publication"),
        ris("TI  - [Retracted] A trial", "DO  - 10.1/x"),
        "@article{a, title={Retracted: A trial}, doi={10.1/x}}",
        "@article{a, title={A trial}, type={Article; Retracted Publication}, doi={10.1/x}}",
        '{"id": 1, "title": "RETRACTED ARTICLE: A trial", "DOI": "10.1/x"}',
        '{"id": 1, "title": "A trial", "DOI": "10.1/x", "status": "retracted"}',
        ris("TI  - WITHDRAWN: A trial", "DO  - 10.1/x"),
    ],
)
def test_a_retracted_trial_is_not_imported_as_sound(text):
    record = one(text)
    assert record.document.retracted_on == timezone.localdate()
    assert "marked as retracted" in " ".join(record.warnings)
    assert "gives no day" in " ".join(record.warnings)


def test_the_day_of_a_retraction_is_that_of_its_notice():
    nbib = "PMID- 1\nTI  - A trial\nRIN - Lancet. 2010 Feb 6;375(9713):445. PMID: 2\n"
    assert work(nbib).retracted_on == date(2010, 2, 6)
    crossref = '{"DOI": "10.1/x", "title": ["T"], "updated-by": [{"type": "retraction", "DOI": "10.1/y", "updated": {"date-parts": [[2021, 3, 4]]}}]}'
    assert work(crossref).retracted_on == date(2021, 3, 4)
    half = one("PMID- 1\nTI  - A trial\nRIN - Lancet. 2010 Feb;375(9713):445\n")
    assert half.document.retracted_on == date(2010, 2, 1)
    assert "no full day" in " ".join(half.warnings)


@pytest.mark.parametrize(
    "title",
    [
        "Retracted articles in medicine: a survey",
        "Withdrawn and isolated: a cohort",
        "Retraction: Effects of zinc",
        "Patients withdrawn from treatment",
    ],
)
def test_what_is_about_retractions_is_not_retracted(title):
    assert work(ris(f"TI  - {title}", "DO  - 10.1/x")).retracted_on is None


def test_notices_and_newer_versions_are_named():
    notice = one(ris("TI  - Retraction notice to “A trial”", "DO  - 10.1/x"))
    assert "a notice about another work" in " ".join(notice.warnings)
    old = one("PMID- 1\nTI  - A review\nUIN - Cochrane Database Syst Rev. 2020;1:CD1\n")
    assert "A newer version of this work exists: Cochrane Database" in " ".join(old.warnings)
    doubt = one("PMID- 1\nTI  - A trial\nECI - J Test. 2020;1:2\n")
    assert "expression of concern" in " ".join(doubt.warnings)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "identifier",
    [
        "UR  - https://example.org/a",
        "AN  - NCT01234567",
        "UR  - https://clinicaltrials.gov/study/NCT01234567",
    ],
)
def test_the_same_record_twice_is_known_by_its_address_or_number_of_trial(identifier):
    text = ris("TI  - A trial of something", identifier)
    assert len(import_works(read_references(text + text)).added) == 1
    assert import_works(read_references(text)).added == []


@pytest.mark.django_db
def test_a_trial_and_its_report_are_two_works_with_one_number():
    make_citation("Report", nct="NCT01234567", pmid="1", title="The report of a trial")
    result = import_works(read_references(ris("TI  - The registered trial", "AN  - NCT01234567")))
    assert len(result.added) == 1


@pytest.mark.django_db
def test_two_works_at_one_address_are_both_kept_and_it_is_said():
    make_citation("First", url="https://example.org/a", title="Chapter one of it")
    result = import_works(
        read_references(ris("TI  - Chapter two", "UR  - http://www.example.org/a/"))
    )
    assert len(result.added) == 1
    assert "another work at the same address: First" in result.warnings[0].message


@pytest.mark.django_db
def test_a_work_that_looks_known_is_named():
    make_citation("First", title="A long title of a single trial", year=2020, doi="10.1000/first")
    text = ris("TI  - A Long Title of a Single Trial.", "PY  - 2020", "DO  - 10.1000/second")
    assert "same title and year, First" in import_works(read_references(text)).warnings[0].message


@pytest.mark.django_db
def test_a_known_work_that_is_now_retracted_is_named():
    make_citation("First", doi="10.1000/first")
    text = ris("TI  - RETRACTED: Something", "DO  - 10.1000/FIRST")
    result = import_works(read_references(text))
    assert result.known == ["First"]
    assert "in the library it is not marked" in result.warnings[0].message


@pytest.mark.django_db
def test_identifiers_of_two_works_are_named():
    make_citation("First", doi="10.1000/first")
    make_citation("Second", pmid="22")
    text = ris("TI  - T", "DO  - 10.1000/first", "DB  - PubMed", "AN  - 22")
    result = import_works(read_references(text))
    assert result.known == ["First"]
    assert "also of Second" in result.warnings[0].message


def test_two_entries_with_one_key_are_two_works():
    text = "@article{a, title={One}, doi={10.1/1}}\n@article{a, title={Two}, doi={10.1/2}}"
    assert [record.document.title for record in read_references(text)] == ["One", "Two"]


def test_tags_may_have_one_blank_and_formats_may_be_mixed():
    text = (
        "TY - JOUR\nTI - One\nDO - 10.1/1\nER -\n@article{a, title={Two}, doi={10.1/2}}\n"
        "PMID- 3\nTI  - Three\n\n"
        '[{"id": 4, "type": "book", "title": "Four", "DOI": "10.1/4"}]\n'
        "TY  - JOUR\nTI  - Five\nDO  - 10.1/5\nER  - \n"
    )
    assert [record.document.title for record in read_references(text)] == [
        "One", "Two", "Three", "Four", "Five",
    ]  # fmt: skip


def test_text_between_records_is_named():
    text = ris("TI  - T", "DO  - 10.1/x") + "\nPlease see also my notes.\n"
    [good, rest] = read_references(text)
    assert isinstance(good, ImportedRecord)
    assert isinstance(rest, UnreadableRecord)
    assert rest.name == "“Please see also my notes.”"


def test_volume_issue_and_pages_are_kept():
    text = ris(
        "TI  - T", "DO  - 10.1/x", "T2  - J Test", "VL  - 3", "IS  - 2", "SP  - 10", "EP  - 20"
    )
    assert work(text).container == "J Test 3(2):10-20"
    assert bibtex(
        "doi={10.1/x}, journal={J Test}, volume=3, number=2, pages={10--20}"
    ).container == ("J Test 3(2):10-20")
    nbib = "PMID- 1\nTI  - T\nJT  - J Test\nVI  - 3\nIP  - 2\nPG  - 1005-12\n"
    assert work(nbib).container == "J Test 3(2):1005-1012"
    csl = '{"id": 1, "title": "T", "DOI": "10.1/x", "container-title": "J Test", "volume": 3, "page": "10-20"}'
    assert work(csl).container == "J Test 3:10-20"


def test_a_record_without_its_end_is_read_and_it_is_said():
    record = one("TY  - JOUR\nTI  - T\nDO  - 10.1/x\n")
    assert "does not end" in record.warnings[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<?xml version='1.0'?><xml/>", "an XML file"),
        ("%0 Journal Article\n%T T", "EndNote's own format"),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n", "Web of Science's plain text"),
        ("<!DOCTYPE html>", "a web page"),
        ("hello", "neither RIS, BibTeX, NBIB nor CSL-JSON"),
    ],
)
def test_another_format_is_named(text, kind):
    with pytest.raises(NoRecords, match=kind):
        check_has_records(text)


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


FORM = {"key": "New2020", "title": "A trial", "study_type": "cohort"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "written", "stored"),
    [
        ("doi", "https://doi.org/10.1/x", "10.1/x"),
        ("doi", "doi:10.1186/S12906 ", "10.1186/s12906"),
        ("pmid", "PMID: 123", "123"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/12345678/", "12345678"),
        ("pmcid", "1234567", "PMC1234567"),
        ("nct", "https://clinicaltrials.gov/study/NCT01234567", "NCT01234567"),
        ("url", "www.example.org/a", "https://www.example.org/a"),
    ],
)
def test_a_form_takes_identifiers_as_they_are_pasted(editor, field, written, stored):
    response = editor.post(reverse("admin:citations_citation_add"), FORM | {field: written})
    assert response.status_code == 302, response.context["adminform"].form.errors
    assert getattr(Citation.objects.get(), field) == stored


@pytest.mark.django_db
def test_a_browser_does_not_cut_what_is_pasted(editor):
    page = editor.get(reverse("admin:citations_citation_add")).content.decode()
    for field in ("doi", "pmid", "pmcid", "nct", "url"):
        [tag] = re.findall(rf'<input[^>]*name="{field}"[^>]*>', page)
        assert "maxlength" not in tag


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "there", "written"),
    [
        ("doi", "10.1000/Mine", "https://doi.org/10.1000/MINE"),
        ("pmid", "7", "7"),
        ("pmcid", "PMC7", "7"),
    ],
)
def test_the_form_says_which_work_has_an_identifier(editor, field, there, written):
    make_citation("Mine2019", title="My trial", **{field: there})
    response = editor.post(reverse("admin:citations_citation_add"), FORM | {field: written})
    assert response.status_code == 200
    [sentence] = response.context["adminform"].form.errors[field]
    assert sentence.endswith("is that of another work of the library: Mine2019: My trial")
    assert "Constraint" not in response.content.decode()


@pytest.mark.django_db
def test_a_work_may_be_saved_again_with_its_own_identifier(editor):
    stored = make_citation("Mine2019", doi="10.1000/mine")
    url = reverse("admin:citations_citation_change", args=[stored.pk])
    Form.open(editor, url).fill(title="Corrected", study_type="cohort").press()
    stored.refresh_from_db()
    assert stored.title == "Corrected"
