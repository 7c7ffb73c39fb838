"""One normal form for each identifier, whatever people and programs write in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.identifiers import (
    NORMALISERS,
    Identifier,
    comparable_url,
    doi,
    from_url,
    nct,
    parse_identifier,
    pmcid,
    pmid,
    url,
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://doi.org/10.1/X", "10.1/x"),
        ("doi: 10.1/x", "10.1/x"),
        ("DOI 10.1000/ABC", "10.1000/abc"),
        ("10.1000/x.", "10.1000/x"),
        ("10.1000/x [doi]", "10.1000/x"),
        ("(10.1000/x).", "10.1000/x"),
        ("DOI:https://dx.doi.org/10.1000/x", "10.1000/x"),
        ("https://doi-org.proxy.example.edu/10.1000/x", "10.1000/x"),
        ("https://doi.org/10.1016%2Fj.x", "10.1016/j.x"),
        ("10.5555/a--b", "10.5555/a--b"),
        ("10.5555/a%2Fb", "10.5555/a%2fb"),
        ("10.1000/x\u200b", "10.1000/x"),
        ("10.1000/s0140(05)1", "10.1000/s0140(05)1"),
        ("10.1002/(SICI)1097(1998)17:15<1661::AID-SIM968>3.0.CO;2-2",
         "10.1002/(sici)1097(1998)17:15<1661::aid-sim968>3.0.co;2-2"),
        ("11.1000/x", ""),
        ("10.x/y", ""),
        ("no doi", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_doi_loses_what_is_around_it_and_nothing_of_itself(written, normal):
    assert doi(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("PMID: 1", "1"),
        ("PMID:12345678", "12345678"),
        ("pubmed 123", "123"),
        ("MEDLINE:12345678", "12345678"),
        ("0123", "123"),
        ("12345678 [pmid]", "12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/?from=x", "123"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/123", "123"),
        ("2019543210", ""),
        ("WOS:000123", ""),
        ("0", ""),
    ],
)
def test_a_pmid_is_digits(written, normal):
    assert pmid(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("1234567", "PMC1234567"),
        ("pmc12.1", "PMC12"),
        ("PMCID: PMC3", "PMC3"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5/", "PMC5"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC5/pdf/x.pdf", "PMC5"),
        ("PMC", ""),
    ],
)
def test_a_pmcid_has_its_letters(written, normal):
    assert pmcid(written) == normal


@pytest.mark.parametrize(
    "written",
    [
        "NCT01234567",
        "nct01234567",
        "ClinicalTrials.gov: NCT01234567",
        "ClinicalTrials.gov/NCT01234567",
        "https://clinicaltrials.gov/study/NCT01234567?cond=x",
        "https://clinicaltrials.gov/ct2/show/NCT01234567",
        "NCT: NCT01234567",
    ],
)
def test_a_number_of_the_trial_registry_is_found_in_its_address(written):
    assert nct(written) == "NCT01234567"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("www.example.org", "https://www.example.org"),
        ("example.org/a", "https://example.org/a"),
        ("//example.org/a", "https://example.org/a"),
        ("https://h/~smith/a--b%20c", "https://h/~smith/a--b%20c"),
        ("HTTPS://example.org/A b", "https://example.org/A%20b"),
        ("<https://example.org/>", "https://example.org/"),
        ("<Go to ISI>://WOS:1", ""),
        ("javascript:alert(1)", ""),
        ("ftp://example.org", ""),
        ("mailto:a@example.org", ""),
        ("hello", ""),
        ("http://[::1", ""),
        ("https://example.org:99999999/", ""),
    ],
)
def test_an_address_has_a_scheme_and_stands_as_it_was_written(written, normal):
    assert url(written) == normal


def test_an_address_that_stands_for_an_identifier_is_one():
    assert from_url("https://doi.org/10.1000/X") == Identifier("doi", "10.1000/x")
    assert from_url("https://pubmed.ncbi.nlm.nih.gov/12/") == Identifier("pmid", "12")
    assert from_url("https://example.org/10.1000/x") is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("10.1000/abc", Identifier("doi", "10.1000/abc")),
        ("https://doi.org/10.1000/abc", Identifier("doi", "10.1000/abc")),
        ("12345", Identifier("pmid", "12345")),
        ("PMID 12", Identifier("pmid", "12")),
        ("pmc12", Identifier("pmcid", "PMC12")),
        ("nct01234567", Identifier("nct", "NCT01234567")),
        ("2019", None),
        ("10.5/3", None),
        ("5 mg", None),
        ("vitamin d 10.1000/abc", None),
    ],
)
def test_a_search_is_an_identifier_only_as_a_whole(query, found):
    assert parse_identifier(query) == found


def test_addresses_compare_without_what_does_not_matter():
    same = {comparable_url(one) for one in ("http://www.Example.org/a/", "https://example.org/a")}
    assert len(same) == 1
    assert comparable_url("https://example.org/a?x=1") not in same
    assert comparable_url("https://example.org/A") not in same
    assert comparable_url("https://example.org/a#b") not in same


@given(st.sampled_from(sorted(NORMALISERS)), st.text(max_size=60))
def test_a_normal_form_is_its_own_normal_form(column, text):
    once = NORMALISERS[column](text)
    assert NORMALISERS[column](once) == once if once else True


@given(st.text("abX019.-_;()[]<>:,'\"%#&+~$/ ", max_size=20).map("10.1000/{}".format))
def test_a_normal_doi_is_its_own_normal_form(text):
    assert doi(doi(text)) == doi(text)


@given(st.text())
def test_no_text_makes_a_search_for_identifiers_raise(text):
    parse_identifier(text)
    from_url(text)
