from importlib import import_module
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from citations.models import Citation
from remedies.models import EvidenceItem
from tests.factories import make_citation, make_entry

pytestmark = pytest.mark.django_db
NOWHERE = {"doi": "", "pmid": "", "pmcid": "", "nct": "", "url": ""}


def refuses(**values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_citation(**values)


@pytest.mark.parametrize(
    "way",
    [
        {"doi": "10.1186/x"},
        {"pmid": "123"},
        {"pmcid": "PMC1"},
        {"nct": "NCT12345678"},
        {"url": "https://example.org"},
    ],
)
def test_one_way_to_find_a_work_is_enough(way):
    assert make_citation(**NOWHERE | way).pk


def test_a_work_that_nobody_can_find_is_refused():
    refuses(**NOWHERE)


def test_a_work_cannot_be_lost_later_nor_stored_in_bulk():
    make_citation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.update(**NOWHERE)
    lost = Citation(key="Lost", title="Lost", study_type="cohort")
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.bulk_create([lost])


def test_the_editor_is_told_how_to_mend_that():
    with pytest.raises(ValidationError, match="Give a way to find the work"):
        Citation(key="A", title="A", study_type="cohort").full_clean()


@pytest.mark.parametrize(
    ("name", "value"), [("doi", "10.1186/x"), ("pmid", "123"), ("pmcid", "PMC1"), ("key", "Same1")]
)
def test_one_work_has_one_row(name, value):
    make_citation(**{name: value})
    refuses(**{name: value})


def test_works_without_identifiers_do_not_clash():
    make_citation(doi="", pmid="", pmcid="")
    assert make_citation(doi="", pmid="", pmcid="").pk


@pytest.mark.parametrize("values", [{"title": ""}, {"study_type": ""}, {"study_type": "opinion"}])
def test_what_every_work_has_must_be_there(values):
    refuses(**values)


def test_a_key_must_be_there():
    make_citation("A1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.update(key="")


@pytest.mark.parametrize("key", ["a b", "[A]", "@A", "A;B", "-A"])
def test_a_key_that_no_mark_can_name_is_refused_by_the_form(key):
    with pytest.raises(ValidationError) as raised:
        Citation(key=key, title="A", study_type="cohort", pmid="1").full_clean()
    assert set(raised.value.message_dict) == {"key"}


@pytest.mark.parametrize(
    ("name", "value"), [("doi", "11.1/x"), ("pmid", "01"), ("pmcid", "1"), ("nct", "NCT1")]
)
def test_a_malformed_identifier_is_refused_by_the_form(name, value):
    with pytest.raises(ValidationError) as raised:
        Citation(
            key="A", title="A", study_type="cohort", url="https://e.org", **{name: value}
        ).full_clean()
    assert set(raised.value.message_dict) == {name}


def test_a_work_that_something_rests_on_cannot_be_deleted():
    work = make_citation()
    EvidenceItem.objects.create(
        entry=make_entry(), citation=work, outcome="sleep", direction="benefit", result="Better."
    )
    with pytest.raises(ProtectedError):
        work.delete()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"authors": "Jadidi A\nKhatami M", "year": 2022}, "Jadidi A et al., 2022"),
        ({"authors": "Jadidi A", "year": 2022}, "Jadidi A, 2022"),
        ({"authors": "", "container": "heart.org", "year": None}, "heart.org"),
        ({"authors": "", "title": "A title", "year": 2020}, "A title, 2020"),
    ],
)
def test_a_work_is_called_as_people_speak_of_it(values, name):
    assert make_citation(**values).short_name == name


@pytest.mark.parametrize(
    ("values", "link"),
    [
        ({"doi": "10.1186/x", "pmid": "1"}, "https://doi.org/10.1186/x"),
        ({"doi": "10.1186/a#b<c>"}, "https://doi.org/10.1186/a%23b%3Cc%3E"),
        ({"pmid": "1", "pmcid": "PMC2"}, "https://pubmed.ncbi.nlm.nih.gov/1/"),
        ({"pmcid": "PMC2"}, "https://pmc.ncbi.nlm.nih.gov/articles/PMC2/"),
        ({"nct": "NCT12345678"}, "https://clinicaltrials.gov/study/NCT12345678"),
        ({"url": "https://example.org/a"}, "https://example.org/a"),
    ],
)
def test_the_most_lasting_address_comes_first(values, link):
    assert make_citation(**values).link == link


def test_a_doi_in_other_capitals_is_the_same_doi():
    make_citation(doi="10.1186/Abc")
    refuses(doi="10.1186/aBC")


def test_a_site_with_one_doi_in_two_cases_is_told_which_works_to_correct():
    check_dois = import_module("citations.migrations.0003_identifiers").check_dois
    works = [("A", "10.1000/X"), ("B", "10.1000/x"), ("C", "10.1000/y")]
    rows = SimpleNamespace(values_list=lambda *names: works)
    model = SimpleNamespace(
        objects=SimpleNamespace(exclude=lambda **kw: SimpleNamespace(order_by=lambda name: rows))
    )
    apps = SimpleNamespace(get_model=lambda *names: model)
    with pytest.raises(CommandError, match=r"10\.1000/x \(A, B\)"):
        check_dois(apps, None)
