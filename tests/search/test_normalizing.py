"""The same words find the same pages on every database, in whatever script they are written."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine import engine
from search.normalizing import search_text, search_words
from search.query import query_words
from search.spelling import similar_names
from tests.factories import make_comment, make_remedy

WRITTEN = [
    *(
        "B₁₂",
        "Straße",
        "STRASSE",
        "Ёлка",
        "елка",
        "비타민",
        "비타민C",
        "हल्दी",
        "विटामिन",
        "CO²",
        "µg",
    ),
    *(
        "ﬁbre",
        "½",
        "İstanbul",
        "ΣΟΦΟΣ",
        "σοφός",
        "ビタミン",
        "維生素",
        "วิตามิน",
        "ভিটামিন",
        "Ｂ１２",
    ),
    *("Ménière’s", "naïve", "אומגה", "مغنيسيوم", "Dvořák", "Ꮳherokee", "ŉ", "æther", "Ⅳ"),
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_word_is_found_as_it_is_written(db, client, written) -> None:
    comment = make_comment(make_remedy("Sage"), body=f"They wrote ({written}) on the packet.")
    response = client.get("/search/", {"q": written, "kind": "comment"})
    page = response.content.decode()
    assert comment.get_absolute_url() in page


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("B₁₂", "b12"),
        ("Straße", "strasse"),
        ("Ёлка", "елка"),
        ("CO²", "co2"),
        ("비타민", unicodedata.normalize("NFD", "비타민")),
        ("Ménière", "meniere"),
        ("σοφός", "ΣΟΦΟΣ"),
    ],
)
def test_a_word_is_found_in_its_plain_form(db, client, written, typed) -> None:
    comment = make_comment(body=f"They wrote {written}.")
    page = client.get("/search/", {"q": typed}).content.decode()
    assert comment.get_absolute_url() in page


def test_a_found_word_is_marked_in_the_excerpt(db, client) -> None:
    make_comment(body="हल्दी और दूध")
    page = client.get("/search/", {"q": "हल्दी"}).content.decode()
    assert "<mark>हल्दी</mark>" in page


@given(st.text(max_size=60))
def test_words_are_letters_and_digits_and_folding_them_again_changes_nothing(text) -> None:
    words = search_words(text)
    assert all(word.isalnum() for word in words)
    assert search_text(" ".join(words)) == " ".join(words)


TEXTS = st.text(
    st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cc", "Cn"]), max_size=40
)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite calls search_text itself")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(TEXTS)
def test_postgresql_folds_as_python_does(db, text) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_fold(%s)", [text])
        folded = cursor.fetchone()[0]
    assert folded.split() == search_words(text)


def test_the_index_can_be_rebuilt_from_the_texts_it_covers(db, client) -> None:
    comment = make_comment(body="Straße")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for fts in ("remedies_searchfts", "remedies_searchfts_names"):
                cursor.execute(f"INSERT INTO {fts}({fts}) VALUES ('rebuild')")
                cursor.execute(f"INSERT INTO {fts}({fts}, rank) VALUES ('integrity-check', 1)")
    assert engine().drop_index()
    assert comment.get_absolute_url() in client.get("/search/", {"q": "straße"}).content.decode()


def test_the_letter_of_a_vitamin_is_no_stop_word() -> None:
    assert [word.typed for word in query_words("vitamin a")] == ["vitamin", "a"]
    assert [word.typed for word in query_words("a vitamin for a cold")] == ["vitamin", "cold"]


def test_the_letter_of_vitamin_a_is_no_article(content, client) -> None:
    """One work has it in its title; for a vitamin that nothing names, pages with a part of it come."""
    a, q = (
        client.get("/search/", {"q": f"vitamin {letter}"}).context["results"] for letter in "aq"
    )
    assert [hit.url for hit in a.hits] == ["/references/IOM2001-Zinc/"]
    assert not a.partly
    assert q.partly


@pytest.mark.parametrize(
    "query",
    ["sleep", "cant sleep", "can't sleep", "can’t sleep", "Sleep problems", "i cannot sleep"],
)
def test_insomnia_comes_first_for_sleep(content, client, query) -> None:
    results = client.get("/search/", {"q": query}).context["results"]
    assert results.hits[0].url == "/conditions/insomnia/"


@pytest.mark.parametrize("query", ["spirulina", "hawthorn", "xyzzy"])
def test_nothing_is_offered_that_is_unlike_the_query(content, client, query) -> None:
    assert list(client.get("/search/", {"q": query}).context["results"].similar_names) == []


def test_a_name_that_is_spelled_alike_is_offered() -> None:
    names = ["Mg", "ergocalciferol", "ferric carboxymaltose", "garlic oil"]
    assert similar_names("garlic", names) == ["garlic oil"]
    assert similar_names("garlick oil", names) == ["garlic oil"]
