"""Search on SQLite where a word is in very many texts."""

import pytest
from django.db import connection

from search import sqlite
from search.choices import ResultKind
from search.engine import PAGE_QUOTAS, SUGGESTION_QUOTAS, Candidate, Quota, candidates
from search.query import query_words
from tests.factories import make_comment, make_condition, make_entry, make_remedy

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="is about FTS5"),
]


def comments_with(query: str) -> list[Candidate]:
    found = candidates(query_words(query), PAGE_QUOTAS)
    return [candidate for candidate in found if candidate.kind == "comment"]


def test_a_rare_word_finds_longer_words_and_is_weighed():
    for body in ("A numbat.", "Numbatlike."):
        make_comment(body=body)
    found = comments_with("numbat")
    assert len(found) == 2
    assert all(candidate.weight > 0 for candidate in found)


def test_a_word_in_many_texts_finds_itself_alone_without_a_weight(monkeypatch):
    monkeypatch.setattr(sqlite, "_FREQUENT", 2)
    for body in ("A numbat.", "Two numbats, one numbat.", "Numbatlike."):
        make_comment(body=body)
    found = comments_with("numbat")
    assert [candidate.weight for candidate in found] == [0, 0]
    assert len(comments_with("numbatl")) == 1  # what nobody wrote is the beginning of a word


def test_a_frequent_word_does_not_keep_the_next_one_from_being_continued(monkeypatch):
    monkeypatch.setattr(sqlite, "_FREQUENT", 2)
    for body in ("A numbat sleeping.", "A numbat.", "Another numbat."):
        make_comment(body=body)
    assert len(comments_with("numbat sleepi")) == 1


def test_names_are_found_in_an_index_of_their_own():
    entry = make_entry(make_remedy("Quokkaroot"), make_condition("Insomnia"))
    make_comment(entry, body="Wombatroot.")
    assert {one.kind for one in candidates(query_words("quokka"), SUGGESTION_QUOTAS)} == {
        "remedy",
        "entry",
    }
    assert candidates(query_words("wombatroot"), SUGGESTION_QUOTAS) == []


def test_the_beginning_of_words_that_are_in_many_texts_is_not_weighed(monkeypatch):
    monkeypatch.setattr(sqlite, "_FREQUENT", 3)
    for body in ("A numbat.", "A numbatlike one.", "Some numbats."):
        make_comment(body=body)
    assert [candidate.weight for candidate in comments_with("numba")] == [0, 0, 0]


def test_names_are_not_weighed():
    """The weights would be read from all texts with the word, and `ranking` goes by the names."""
    make_remedy("Quokkaroot")
    (found,) = candidates(query_words("quokka"), SUGGESTION_QUOTAS)
    assert found.weight == 0


def test_the_only_word_is_continued_where_few_names_are_it():
    few = [Quota(ResultKind.REMEDY, names_only=True, at_most=2)]
    for name in ("Quokka", "Quokkaroot"):
        make_remedy(name)
    assert len(candidates(query_words("quokka"), few)) == 2
    make_remedy("Quokka leaf")
    make_remedy("Quokkas")
    found = {one.names.splitlines()[0] for one in candidates(query_words("quokka"), few)}
    assert found == {"Quokka", "Quokka leaf"}
    make_remedy("Quokka leaves")
    found = {one.names.splitlines()[0] for one in candidates(query_words("quokka lea"), few)}
    assert found == {"Quokka leaf", "Quokka leaves"}
