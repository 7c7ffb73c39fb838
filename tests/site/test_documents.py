from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from remedies_site.documents import (
    Aliases,
    Amount,
    Document,
    FilledLine,
    Keys,
    Line,
    Markdown,
    OptionalDate,
    Row,
    Slug,
    validation_errors,
)


class Dose(Row):
    amount: Amount
    unit: FilledLine


class Sheet(Document):
    slug: Slug
    line: Line = ""
    text: Markdown = ""
    aliases: Aliases = []
    doses: list[Dose] = []
    citations: Keys = []
    written_on: OptionalDate = None


def errors_of(**values) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as raised:
        Sheet.model_validate({"slug": "a"} | values)
    return list(validation_errors(raised.value))


def fault_of(**values) -> tuple[str, str]:
    (error,) = errors_of(**values)
    return error


def test_the_canonical_form_keeps_the_declared_order_and_leaves_defaults_out():
    sheet = Sheet.model_validate({"text": "Words.", "slug": "a", "line": ""})
    assert list(sheet.canonical().items()) == [("slug", "a"), ("text", "Words.")]


def test_amounts_are_plain_numbers_in_the_canonical_form():
    doses = [{"amount": Decimal("250.000"), "unit": "mg"}, {"amount": 12.4, "unit": "g"}]
    sheet = Sheet.model_validate({"slug": "a", "doses": doses})
    assert sheet.doses[1].amount == Decimal("12.4")
    assert [dose["amount"] for dose in sheet.canonical()["doses"]] == [250, 12.4]


def test_dates_are_written_as_people_sort_them():
    sheet = Sheet.model_validate({"slug": "a", "written_on": "2026-03-04"})
    assert sheet.canonical()["written_on"] == "2026-03-04"


def test_keys_have_one_order():
    assert Sheet(slug="a", citations=["B2", "A1"]).citations == ["A1", "B2"]


def test_blanks_around_a_text_do_not_count():
    assert Sheet(slug="a", line="  word ").line == "word"


def test_a_browser_s_line_ends_are_the_same_text():
    assert Sheet(slug="a", text="one\r\n\r\ntwo\rthree") == Sheet(
        slug="a", text="one\n\ntwo\nthree"
    )


def test_a_document_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Sheet(slug="a").slug = "b"


def test_a_plain_document_is_ready():
    assert list(Sheet(slug="a").publish_errors()) == []


@pytest.mark.parametrize("slug", ["a", "a1", "restless-legs-syndrome", "x" * 80])
def test_good_slugs_are_taken(slug):
    assert Sheet(slug=slug).slug == slug


@pytest.mark.parametrize(
    "slug", ["A", "a--b", "-a", "a-", "a_b", "a b", "ä", "a/b", "a\n", "é", "..", "x" * 81]
)
def test_bad_slugs_are_refused(slug):
    if slug == "a\n":  # blanks around are stripped first
        assert Sheet(slug=slug).slug == "a"
        return
    assert fault_of(slug=slug)[0] == "slug"


def test_a_missing_field_is_named():
    with pytest.raises(ValidationError) as raised:
        Sheet.model_validate({})
    assert list(validation_errors(raised.value)) == [("slug", "is missing")]


def test_an_unknown_field_is_named():
    assert fault_of(colour="red") == ("colour", "is not a field of this document")


def test_an_error_in_a_row_is_counted_from_one():
    good, bad = {"amount": 1, "unit": "mg"}, {"amount": 1}
    assert fault_of(doses=[good, bad]) == ("doses[2].unit", "is missing")


def test_an_error_says_what_stands_there():
    field, sentence = fault_of(slug="Bad Slug")
    assert field == "slug"
    assert "lower-case" in sentence
    assert "'Bad Slug'" in sentence


def test_every_error_is_reported_at_once():
    assert [field for field, _ in errors_of(slug="A", line="a\nb", colour=1)] == [
        "slug",
        "line",
        "colour",
    ]


def test_a_document_that_is_no_mapping_is_an_error_as_a_whole():
    with pytest.raises(ValidationError) as raised:
        Sheet.model_validate("words")
    assert [field for field, _ in validation_errors(raised.value)] == ["(whole)"]


@pytest.mark.parametrize("ends", ["\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_is_one_line(ends):
    assert "single line" in fault_of(line=f"one{ends}two")[1]
    assert "single line" in fault_of(aliases=[f"one{ends}two"])[1]


def test_a_line_holds_no_citation_mark():
    assert "citation marks" in fault_of(line="See [@Work1].")[1]


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\x7f", "\u202d", "\u202e"])
def test_control_characters_are_refused(letter):
    assert fault_of(text=f"a{letter}b")[0] == "text"
    assert fault_of(line=f"a{letter}b")[0] == "line"


def test_an_empty_line_where_words_are_needed_is_refused():
    assert fault_of(doses=[{"amount": 1, "unit": " "}])[0] == "doses[1].unit"


@pytest.mark.parametrize(
    "amount", [0, -1, "many", float("nan"), float("inf"), True, False, None, 1.0005, 10**7, [], {}]
)
def test_an_amount_is_a_positive_number_that_the_database_can_hold(amount):
    assert fault_of(doses=[{"amount": amount, "unit": "mg"}])[0] == "doses[1].amount"


def test_a_key_named_twice_is_refused():
    assert "twice" in fault_of(citations=["A1", "A1"])[1]


def test_sixty_other_names_are_enough():
    names = [f"name {number}" for number in range(61)]
    assert len(Sheet(slug="a", aliases=names[:60]).aliases) == 60
    assert fault_of(aliases=names)[0] == "aliases"


lines = st.text(st.characters(codec="utf-8"), max_size=40)
amounts = st.decimals("0.001", "9999999", places=3)
sheets = st.fixed_dictionaries(
    {"slug": st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True)},
    optional={
        "line": lines,
        "text": lines,
        "aliases": st.lists(lines, max_size=3),
        "doses": st.lists(st.fixed_dictionaries({"amount": amounts, "unit": lines}), max_size=3),
        "citations": st.lists(lines, max_size=3),
        "written_on": st.dates(),
    },
)


@given(sheets)
def test_whatever_is_accepted_reads_back_from_its_canonical_form_as_the_same(values):
    try:
        sheet = Sheet.model_validate(values)
    except ValidationError:  # a line of several lines, a control character
        return
    again = Sheet.model_validate(sheet.canonical())
    assert again == sheet
    assert again.canonical() == sheet.canonical()
    assert "\n".join(sheet.aliases).splitlines() == sheet.aliases
