"""The moderators' page of bursts, by plain forms, and what the public log says."""

import pytest
from django.test import Client
from django.urls import reverse

from discussions.bursts.services import keep
from tests.discussions.bursts.cast_votes import cast_many, counts, found_burst
from tests.factories import make_comment, make_entry, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user("moderator"))
    return client


def page_of(client: Client, name: str = "moderation_bursts") -> Page:
    return Page(client.get(reverse(name)))


def decide(client: Client, burst, action: str, reason: str = ""):
    return client.post(
        reverse("moderation_burst", args=[burst.pk]), {"action": action, "reason": reason}
    )


def test_a_moderator_comes_from_the_queue_takes_out_and_counts_again(desk):
    entry = make_entry()
    cast_many(entry, young=6, old=5)
    burst = found_burst(entry)
    queue = page_of(desk, "moderation")
    assert "1 burst of votes waits" in queue.words
    assert queue.all("a", href=reverse("moderation_bursts"))
    words = page_of(desk).words
    assert entry.shown_title in words
    assert "11 votes up" in words
    assert "6 of them by accounts younger than 3 days." in words
    response = decide(desk, burst, "take_out", "One evening")
    assert (response.status_code, response.url) == (303, reverse("moderation_bursts"))
    assert counts(entry) == (0, 0)
    assert "Count them again" in page_of(desk).words
    assert "waits" not in page_of(desk, "moderation").words.partition("Nothing waits")[0]
    assert decide(desk, burst, "count_again", "A newsletter").status_code == 303
    assert counts(entry) == (11, 0)


def test_a_comment_is_named_by_its_discussion_and_may_be_kept(desk):
    comment = make_comment()
    cast_many(comment, value=-1)
    burst = found_burst(comment)
    words = page_of(desk).words
    assert f"A comment on {comment.thread.subject.shown_title}" in words
    assert "10 votes down" in words
    assert decide(desk, burst, "keep").status_code == 303
    assert counts(comment) == (0, 10)
    assert "No burst of votes waits." in page_of(desk).words


@pytest.mark.parametrize("action", ["take_out", "nonsense", ""])
def test_a_refused_form_keeps_what_was_typed(desk, action):
    entry = make_entry()
    cast_many(entry)
    burst = found_burst(entry)
    typed = "Typed words" if action != "take_out" else " "
    response = decide(desk, burst, action, typed)
    assert response.status_code == 400
    (field,) = Page(response).all("input", id=f"burst-reason-{burst.pk}")
    assert field.attrib["value"] == typed
    assert counts(entry) == (10, 0)


def test_only_moderators_see_it_and_decide():
    entry = make_entry()
    cast_many(entry)
    burst = found_burst(entry)
    urls = [reverse("moderation_bursts"), reverse("moderation_burst", args=[burst.pk])]
    for role in ("member", "editor"):
        client = Client()
        client.force_login(make_user(role))
        assert client.get(urls[0]).status_code == 403
        assert decide(client, burst, "take_out", "Because").status_code == 403
    assert Client().get(urls[0]).status_code == 302
    assert decide(Client(), burst, "take_out", "Because").status_code == 302
    assert counts(entry) == (10, 0)


def test_the_log_tells_the_decision_without_page_or_names(desk):
    entry = make_entry()
    voters = cast_many(entry)
    burst = found_burst(entry)
    assert "a burst of votes" not in page_of(Client(), "moderation_log").words.lower().replace(
        "a member or a burst of votes", ""
    )
    decide(desk, burst, "take_out", "One evening")
    log = Client().get(reverse("moderation_log")).content.decode()
    words = Page(Client().get(reverse("moderation_log"))).words
    assert "a burst of votes was taken out of the counts, 10 votes (One evening)" in words
    assert "Bursts of votes taken out" in words
    for secret in (entry.shown_title, entry.get_absolute_url(), voters[0].name):
        assert secret not in log


def test_the_page_takes_as_many_queries_for_many_as_for_few(desk, django_assert_max_num_queries):
    moderator = make_user("moderator")
    page_of(desk)
    numbers = []
    for _round in range(2):
        for target in (make_entry(), make_comment(), make_entry(), make_comment()):
            cast_many(target, young=10, minutes=5)
            burst = found_burst(target)
        keep(burst, by=moderator)
        with django_assert_max_num_queries(10) as queries:
            page_of(desk)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_page_from_before_a_change_decides_nothing(desk):
    entry = make_entry()
    cast_many(entry, young=11)
    burst = found_burst(entry)
    seen = page_of(desk).one("input", name="seen").get("value")
    keep(burst, by=make_user("moderator"))
    url = reverse("moderation_burst", args=[burst.pk])
    late = desk.post(url, {"action": "take_out", "reason": "One evening", "seen": seen})
    assert late.status_code == 400
    assert "One evening" in late.content.decode()
    assert counts(entry) == (11, 0)
