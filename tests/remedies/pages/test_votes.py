"""Members' votes in words: one sentence, on the entry's page and in the comparison alike."""

import pytest

from remedies.models import RemedyConditionEntry
from remedies.pages.votes import format_vote_counts, format_vote_range
from remedies_site.voting import MIN_VOTES_FOR_RANGE
from tests.factories import make_condition, make_entry, make_remedy
from tests.reading import Page, find, words

SENTENCE = "41 of 60 members who voted say it helped; plausible range 56-79 %"


def test_counts_and_range_are_put_in_words():
    entry = RemedyConditionEntry(up_count=41, down_count=19)
    assert format_vote_counts(entry) == "41 up • 19 down"
    assert format_vote_range(entry) == SENTENCE


def test_too_few_votes_have_counts_alone():
    few = RemedyConditionEntry(up_count=MIN_VOTES_FOR_RANGE - 1, down_count=0)
    enough = RemedyConditionEntry(up_count=MIN_VOTES_FOR_RANGE, down_count=0)
    assert format_vote_range(few) == ""
    assert format_vote_range(enough).startswith("10 of 10 members")


@pytest.mark.django_db
def test_the_page_of_an_entry_and_the_comparison_say_the_same(client):
    condition = make_condition("Insomnia")
    entry = make_entry(make_remedy("Alpha"), condition)
    make_entry(make_remedy("Beta"), condition)
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(up_count=41, down_count=19)
    page = Page(client.get(entry.get_absolute_url()))
    assert SENTENCE in words(page.by_id("votes"))
    compared = Page(client.get("/conditions/insomnia/compare/?r=alpha&r=beta"))
    alpha, beta = find(compared.by_id("row-votes"), "td")
    assert words(alpha) == f"41 up • 19 down {SENTENCE}"
    assert words(beta) == "0 up • 0 down"
