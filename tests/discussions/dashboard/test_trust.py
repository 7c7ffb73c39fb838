"""The page in numbers: each is what a query of the test's own counts, and says what it means."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from discussions.challenges.deciding import decide
from discussions.choices import Action
from discussions.dashboard.content_figures import content_figures
from discussions.dashboard.talk_figures import talk_figures
from discussions.dashboard.trust_page import trust_page
from discussions.models import Challenge, Decision
from remedies.services import publish_entry, withdraw_entry
from tests.factories import make_challenge, make_comment, make_entry, make_user
from tests.reading import Page
from tests.site.pagecache.site import Site

TODAY = date(2026, 3, 11)


def words_of(url: str = "/trust/") -> str:
    return Page(Client().get(url)).words


@pytest.mark.django_db
def test_an_empty_site_says_that_there_is_nothing_to_count():
    words = words_of()
    assert "Answers published 0" in words
    assert "no date yet" in words
    assert "nothing to count yet" in words
    assert "How sure they are" not in words
    assert "Open for" not in words


@pytest.mark.django_db
def test_the_median_age_is_that_of_the_answer_in_the_middle():
    for day in (date(2026, 3, 1), date(2026, 1, 1), date(2020, 1, 1)):
        make_entry(written_on=day)
    make_entry(written_on=date(2026, 3, 10), published=False)
    figures = content_figures(TODAY)
    assert figures.entries == 3
    assert figures.dated == 3
    assert figures.middle_written_on == date(2026, 1, 1)


@pytest.mark.django_db
def test_answers_are_counted_by_certainty_while_readers_see_them():
    low = [make_entry(certainty="low", effect="benefit") for _number in range(2)]
    make_entry(certainty="very_low")
    make_entry(certainty="moderate", effect="benefit", published=False)
    assert content_figures(TODAY).by_certainty == {"low": 2, "very_low": 1}
    withdraw_entry(low[0], by=None, reason="It was wrong.")
    assert content_figures(TODAY).by_certainty == {"low": 1, "very_low": 1}
    assert "Low certainty 1" in words_of()


@pytest.mark.django_db
def test_a_review_is_overdue_from_the_day_after_and_by_the_published_date_alone():
    entry = make_entry(review_due=TODAY, written_on=date(2026, 1, 1))
    assert content_figures(TODAY).overdue == 0
    assert content_figures(TODAY + timedelta(days=1)).overdue == 1
    entry.review_due = date(2999, 1, 1)
    entry.save()  # a draft
    assert content_figures(TODAY + timedelta(days=1)).overdue == 1
    publish_entry(entry, by=None)
    assert content_figures(TODAY + timedelta(days=1)).overdue == 0


@pytest.mark.django_db
def test_sentences_and_claims_are_counted_with_and_without_a_source(world):
    entry = world.legs_entry
    entry.mechanism = (
        f"Magnesium reduces cramps by 20 percent [@{world.trial.key}]. Muscles are made of fibres."
    )
    entry.save()
    before = content_figures(TODAY).sentences
    publish_entry(entry, by=None)
    after = content_figures(TODAY).sentences
    assert after.entries == before.entries == 2
    assert after.claims - before.claims == after.sourced_claims - before.sourced_claims
    assert after.sentences > after.sourced >= after.sourced_claims > 0


@pytest.mark.django_db
def test_corrections_are_counted_over_all_time_and_over_a_year():
    entry = make_entry()
    entry.verdict = "We do not know whether it helps anybody."
    entry.save()
    publish_entry(entry, by=None, note="A word was wrong.", correction=True)
    now = content_figures(timezone.localdate())
    assert (now.corrections, now.corrections_of_year) == (1, 1)
    later = content_figures(timezone.localdate() + timedelta(days=400))
    assert (later.corrections, later.corrections_of_year) == (1, 0)


@pytest.mark.django_db
def test_open_challenges_are_counted_with_the_age_of_the_oldest_and_of_the_median():
    entry, now = make_entry(), timezone.now()
    challenges = [make_challenge(entry) for _number in range(3)]
    for challenge, days in zip(challenges, (40, 10, 2), strict=True):
        Challenge.objects.filter(pk=challenge.pk).update(created_at=now - timedelta(days=days))
    figures = talk_figures(timezone.localdate())
    assert figures.challenges.open == 3
    assert figures.oldest_open == timezone.localdate() - timedelta(days=40)
    assert figures.middle_open == timezone.localdate() - timedelta(days=10)
    assert "Open for 10 days" in words_of()
    decide(challenges[0], by=make_user("editor"), accept=False, answer="The source says so.")
    assert talk_figures(timezone.localdate()).challenges.declined == 1


@pytest.mark.django_db
def test_decisions_of_a_year_are_counted_and_appeals_by_their_outcome():
    comment = make_comment()
    old = timezone.now() - timedelta(days=400)
    for action, moment in (
        (Action.KEEP, None), (Action.REMOVE, None), (Action.REMOVE, old), (Action.RESTORE, None),
        (Action.PAUSE, None), (Action.UPHOLD, None), (Action.OVERTURN, None),
    ):  # fmt: skip
        Decision.objects.create(
            comment=comment, action=action, reason="A reason", created_at=moment or timezone.now()
        )
    figures = talk_figures(timezone.localdate())
    assert (figures.kept, figures.removed, figures.restored, figures.sanctions) == (1, 1, 1, 1)
    assert (figures.appeals_upheld, figures.appeals_overturned) == (1, 1)
    words = words_of()
    assert "Appeals answered 2 Taken back on appeal: 1. Left to stand: 1." in words


@pytest.mark.django_db
def test_every_number_says_what_it_counts_and_the_page_names_its_day():
    make_challenge()
    page = trust_page()
    figures = [*page.content, *page.readers, *page.moderation]
    assert len(figures) == 13
    assert all(len(figure.meaning) > 20 for figure in figures)
    assert Page(Client().get("/trust/")).one("time").get("datetime") == str(timezone.localdate())


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_shows_each_change_on_the_next_request():
    site = Site()
    entry = make_entry()
    assert b"Challenges open" in site.get("/trust/")[2]
    site.get("/trust/")
    assert site.django.times == 1
    make_challenge(entry)
    assert "Challenges open 1" in Page(site.get("/trust/")[2].decode()).words
    Decision.objects.create(comment=make_comment(entry), action=Action.REMOVE, reason="A reason")
    assert "Comments removed 1" in Page(site.get("/trust/")[2].decode()).words
    withdraw_entry(entry, by=None, reason="It was wrong.")
    assert "Answers published 0" in Page(site.get("/trust/")[2].decode()).words
