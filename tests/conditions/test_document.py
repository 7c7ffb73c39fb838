import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from conditions.document import condition_document, condition_html
from conditions.models import Condition
from conditions.schema import ConditionDocument
from publishing.document import write_draft
from remedies_site.documents import validation_errors
from remedies_site.exceptions import NotPublishable
from tests.factories import make_citation, make_condition

LEAST = {"slug": "tinnitus", "name": "Tinnitus", "category": "ear", "one_line": "Ringing."}
FULL = LEAST | {
    "aliases": ["ringing ears", "Ménière (a cause)"],
    "overview": "Words [@A1].\n\nMore *words*.",
    "red_flags": [
        {"text": "it is sudden: go now", "citations": ["A1", "B2"]},
        {"text": "it is on one side", "checked": False},
    ],
    "first_care": [{"text": "Doctors look first.", "citations": ["B2"]}],
    "icd10": "H93.1",
    "mesh": "D014012",
    "written_on": "2026-01-01",
    "review_due": "2027-01-01",
}


def error_of(**values) -> tuple[str, str]:
    with pytest.raises(ValidationError) as error:
        ConditionDocument.model_validate(LEAST | values)
    (first,) = validation_errors(error.value)
    return first


@pytest.mark.django_db
@pytest.mark.parametrize("values", [LEAST, FULL], ids=["least", "full"])
def test_a_document_goes_into_rows_and_back(values):
    works = {key: make_citation(key) for key in ("A1", "B2")}
    document = ConditionDocument.model_validate(values)
    write_draft(Condition(), document, works)
    assert condition_document(Condition.objects.get()) == document
    assert document.canonical() == values


@pytest.mark.django_db
def test_a_stored_condition_is_overwritten_whole():
    works = {key: make_citation(key) for key in ("A1", "B2")}
    condition = Condition()
    write_draft(condition, ConditionDocument.model_validate(FULL), works)
    least = ConditionDocument.model_validate(LEAST)
    write_draft(condition, least, works)
    assert condition_document(Condition.objects.get()) == least


@pytest.mark.django_db
def test_rows_that_make_no_document_tell_what_to_mend():
    condition = make_condition(published=False, aliases="one\n\nsee [@A1]", slug="Not_A_Slug")
    with pytest.raises(NotPublishable) as error:
        condition_document(condition)
    assert {field for field, _sentence in error.value.errors} == {
        "slug",
        "aliases[2]",
        "aliases[3]",
    }


def test_only_what_there_is_becomes_html():
    document = ConditionDocument.model_validate(FULL)
    assert condition_html(ConditionDocument.model_validate(LEAST)) == {}
    assert list(condition_html(document)) == ["overview"]
    assert '<span data-cites="@A1"></span>' in condition_html(document)["overview"]


def test_a_checked_sign_needs_a_source():
    field, sentence = error_of(red_flags=[{"text": "it is sudden"}])
    assert field == "red_flags[1]"
    assert "needs citations" in sentence


def test_an_unchecked_sign_holds_no_figure():
    field, sentence = error_of(red_flags=[{"text": "it lasts 2 hours", "checked": False}])
    assert field == "red_flags[1]"
    assert "figure" in sentence


def test_a_checked_sign_may_hold_a_figure():
    flag = {"text": "it lasts 2 hours", "citations": ["A1"]}
    assert ConditionDocument.model_validate(LEAST | {"red_flags": [flag]}).red_flags[0].checked


def test_first_care_without_a_source_is_not_ready():
    care = [{"text": "Look first.", "citations": ["A1"]}, {"text": "Wait.", "citations": []}]
    document = ConditionDocument.model_validate(LEAST | {"first_care": care})
    assert [field for field, _ in document.publish_errors()] == ["first_care[2].citations"]


@pytest.mark.parametrize("due", ["2025-12-31", "2026-01-01"])
def test_a_review_comes_after_the_writing(due):
    assert "after written_on" in error_of(written_on="2026-01-01", review_due=due)[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("category", "feet"),
        ("name", ""),
        ("name", "x" * 121),
        ("one_line", "two\nlines"),
        ("slug", "Tinnitus"),
        ("written_on", "soon"),
        ("aliases", "RLS"),
        ("colour", "red"),
    ],
)
def test_a_fault_is_named_by_its_field(name, value):
    assert error_of(**{name: value})[0] == name


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=9)
texts = st.lists(words, min_size=1, max_size=4).map(" ".join)


@pytest.mark.django_db(transaction=False)
@given(
    st.fixed_dictionaries(
        {"name": texts, "one_line": texts},
        optional={
            "aliases": st.lists(texts, max_size=3),
            "overview": st.lists(texts, max_size=3).map("\n\n".join),
            "icd10": texts,
            "written_on": st.dates(),
        },
    )
)
def test_whatever_is_written_comes_back_from_its_rows(values):
    try:
        document = ConditionDocument.model_validate(LEAST | values)
    except ValidationError:  # “[@” in a plain line
        return
    condition = Condition.objects.filter(slug="tinnitus").first() or Condition()
    write_draft(condition, document, {})
    assert condition_document(Condition.objects.get(pk=condition.pk)) == document
