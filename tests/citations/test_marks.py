import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.marks import CitedWork, ReferenceList, keys_in, parse_mark
from remedies_site.markup import render


def links(html: str) -> list:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return list(tree.iter("a"))


def test_a_mark_names_its_works_in_order():
    assert parse_mark("@B2; @A1, p. 3") == [CitedWork("B2", ""), CitedWork("A1", "p. 3")]


def test_a_locator_may_hold_commas():
    assert parse_mark("@A1, pp. 3, 5") == [CitedWork("A1", "pp. 3, 5")]


def test_every_key_of_a_text_is_found_in_order_and_as_often_as_it_stands():
    assert list(keys_in("One [@B]. Two [@A; @B, p. 3]\n\nthree [@C-1].")) == ["B", "A", "B", "C-1"]


@pytest.mark.parametrize("text", ["", "no mark", "[@]", "@A", "[A]", "[@A @B]", "[@ A]"])
def test_what_is_no_mark_cites_nothing(text):
    assert list(keys_in(text)) == []


def test_works_are_numbered_in_the_order_of_first_use():
    page = ReferenceList()
    page.number_html(render("One [@B]. Two [@A; @B]. Three [@C]."))
    assert [(reference.number, reference.key) for reference in page] == [
        (1, "B"),
        (2, "A"),
        (3, "C"),
    ]
    assert len(page) == 3


def test_several_texts_share_one_series_of_numbers():
    page = ReferenceList()
    page.number_html(render("One [@A]."))
    page.mark_keys(["B", "A"])
    last = page.number_html(render("Two [@C; @A]."))
    assert [link.get("href") for link in links(last)] == ["#ref-3", "#ref-1"]


def test_a_mark_links_to_its_reference_and_the_reference_knows_its_marks():
    page = ReferenceList()
    html = page.number_html(render("One [@A]. Two [@B; @A]."))
    marks = {link.get("id"): link.get("href") for link in links(html)}
    assert marks == {"cite-1-1": "#ref-1", "cite-2-1": "#ref-2", "cite-1-2": "#ref-1"}
    assert [reference.mark_ids for reference in page] == [["cite-1-1", "cite-1-2"], ["cite-2-1"]]
    assert [reference.anchor for reference in page] == ["ref-1", "ref-2"]


def test_a_mark_that_no_work_leads_back_to_has_no_id():
    page = ReferenceList()
    page.place = "the doses"
    first, again = links(page.number_html(render("One [@A]. Two [@A].")))
    page.place = "the evidence"
    (elsewhere,) = links(page.mark_keys(["A"]))
    assert [link.get("id") for link in (first, again, elsewhere)] == ["cite-1-1", None, "cite-1-2"]
    assert {link.get("href") for link in (first, again, elsewhere)} == {"#ref-1"}


def test_a_mark_says_what_it_is_to_those_who_do_not_see_it():
    page = ReferenceList({"A": "Jadidi 2022"})
    (link,) = links(page.mark_keys(["A"]))
    assert "".join(link.itertext()) == "Reference 1"
    assert link.get("title") == "Jadidi 2022"


def test_a_locator_stands_beside_its_number():
    html = ReferenceList().number_html(render("Words [@A, p. 3]."))
    assert "</a> (p. 3)" in html


def test_rows_without_citations_have_no_mark():
    assert ReferenceList().mark_keys([]) == ""


def test_a_second_list_on_a_page_has_ids_of_its_own():
    page = ReferenceList(prefix="old-")
    (link,) = links(page.mark_keys(["A"]))
    assert (link.get("id"), link.get("href")) == ("old-cite-1-1", "#old-ref-1")


@pytest.mark.parametrize("locator", ["<b>bold</b>", 'p. "3"', "a & b", "<script>alert(1)</script>"])
def test_a_locator_is_text_and_never_markup(locator):
    html = ReferenceList().number_html(render(f"Words [@A, {locator}]."))
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} == {
        "DOCUMENT_FRAGMENT",
        "p",
        "sup",
        "a",
        "span",
    }
    assert f"({locator})" in "".join(tree.itertext())


def test_a_label_is_text_and_never_markup():
    (link,) = links(ReferenceList({"A": '"><script>'}).mark_keys(["A"]))
    assert link.get("title") == '"><script>'


keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,12}", fullmatch=True)
locators = st.text(st.characters(codec="utf-8", exclude_characters="[];@\n\r"), max_size=12)


@given(st.lists(st.tuples(keys, locators), min_size=1, max_size=4))
def test_what_is_marked_is_what_is_numbered(works):
    inside = "; ".join(f"@{key}, {place}" if place else f"@{key}" for key, place in works)
    html = ReferenceList().number_html(render(f"word [{inside}] word"))
    assert list(keys_in(f"[{inside}]")) == [key for key, _place in works]
    assert len(links(html)) == len(works)
    assert "data-cites" not in html
