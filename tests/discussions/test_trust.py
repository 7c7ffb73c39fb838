"""Newcomers and members: who is which, and what each may post. Every number is a setting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Allowance, User
from accounts.rate_limits import POSTS, POSTS_OF_MEMBERS
from discussions.models import Comment
from discussions.moderation.services import (
    keep_comment,
    remove_comment,
    report_comment,
    restore_comment,
)
from discussions.services import delete_comment, edit_comment, post_comment
from discussions.trust import Level, count_links, level_of
from remedies_site.exceptions import InvalidInput, RateLimited
from tests.factories import make_comment, make_entry, make_user

pytestmark = pytest.mark.django_db
OLD = timedelta(days=30)


def make_member(**values: object) -> User:
    """Somebody with a month and three comments that stand."""
    member = make_user(age=OLD, **values)
    for _ in range(3):
        make_comment(by=member)
    Allowance.objects.all().delete()
    return member


def links(count: int) -> str:
    return " ".join(f"https://example.org/{number}" for number in range(count))


def post(by: User, body: str = "Words.", **values: object) -> Comment:
    entry = values.pop("subject", None) or make_entry()
    return post_comment(by=by, subject=entry, body=body, **values).comment


@pytest.mark.parametrize(
    ("age", "level"),
    [
        (timedelta(days=3) - timedelta(minutes=1), Level.NEWCOMER),
        (timedelta(days=3), Level.MEMBER),
    ],
)
def test_a_member_has_an_account_of_three_days(age, level):
    member = make_member()
    assert level_of(member, now=member.joined_at + age) == level


@pytest.mark.parametrize(("standing", "level"), [(2, Level.NEWCOMER), (3, Level.MEMBER)])
def test_a_member_has_three_comments_that_stand(standing, level):
    member = make_user(age=OLD)
    for _ in range(standing):
        make_comment(by=member)
    assert level_of(member) == level


@pytest.mark.parametrize("how", ["hidden", "held", "removed", "deleted"])
def test_a_comment_that_does_not_stand_does_not_count(how):
    member = make_member()
    comment = member.comments.first()
    if how == "deleted":
        delete_comment(comment, by=member)
    else:
        reason = "spam" if how == "removed" else ""
        Comment.objects.filter(pk=comment.pk).update(state=how, removal_reason=reason)
    assert level_of(member) == Level.NEWCOMER


def test_an_upheld_report_makes_a_newcomer_and_a_restored_comment_a_member_again():
    member, moderator = make_member(), make_user("moderator")
    for _ in range(3):
        make_comment(by=member)
    comment = member.comments.first()
    report_comment(comment, by=make_user(), reason="spam")
    assert level_of(member) == Level.MEMBER
    keep_comment(comment, by=moderator)
    assert level_of(member) == Level.MEMBER
    report_comment(comment, by=make_user(), reason="spam")
    remove_comment(comment, by=moderator, reason="Selling")
    assert level_of(member) == Level.NEWCOMER
    restore_comment(comment, by=moderator)
    assert level_of(member) == Level.MEMBER


def test_a_removal_that_nobody_reported_is_no_upheld_report():
    member = make_member()
    extra = make_comment(by=member)
    remove_comment(extra, by=make_user("moderator"), reason="Off topic")
    assert level_of(member) == Level.MEMBER


def test_the_numbers_of_the_levels_are_settings(settings):
    member = make_user(age=timedelta(days=5))
    settings.MEMBER_AFTER_DAYS, settings.MEMBER_AFTER_COMMENTS = 5, 0
    assert level_of(member) == Level.MEMBER
    settings.MEMBER_AFTER_DAYS = 6
    assert level_of(member) == Level.NEWCOMER
    settings.MEMBER_AFTER_DAYS, settings.MEMBER_AFTER_COMMENTS = 0, 1
    assert level_of(member) == Level.NEWCOMER
    make_comment(by=member)
    assert level_of(member) == Level.MEMBER


def test_a_level_costs_one_query_at_the_most(django_assert_num_queries):
    member, newcomer, staff = make_member(), make_user(), make_user("editor", age=OLD)
    for person, queries in ((member, 1), (newcomer, 0), (staff, 0)):
        with django_assert_num_queries(queries):
            level_of(person)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 0),
        ("www.example.org and https://www.example.org", 2),
        ("[a](http://a.org) [b](HTTPS://b.org) `https://c.org`", 3),
        ("awww.that helped", 0),
        ("[a][1] [b][1]\n\n[1]: https://a.org", 1),
    ],
)
def test_links_are_counted_as_they_are_written(body, count):
    assert count_links(body) == count


def make_newcomer() -> User:
    """Somebody whose first comment was looked at, so that a link waits for nobody."""
    newcomer = make_user()
    make_comment(by=newcomer)
    Allowance.objects.all().delete()
    return newcomer


@pytest.mark.parametrize(("make", "most"), [(make_newcomer, 2), (make_member, 8)])
def test_a_comment_has_few_links(make, most):
    person = make()
    comment = post(person, links(most))
    with pytest.raises(InvalidInput, match=f"{most + 1} links; {most} are the most"):
        post(person, links(most + 1))
    assert count_links(edit_comment(comment, by=person, body=f"So: {links(most)}").body) == most
    with pytest.raises(InvalidInput, match=f"{most} are the most"):
        edit_comment(comment, by=person, body=links(most + 1))
    comment.refresh_from_db()
    assert count_links(comment.body) == most


def test_the_numbers_of_links_are_settings(settings):
    settings.NEWCOMER_LINKS, settings.MEMBER_LINKS = 0, 1
    newcomer, member = make_user(), make_member()
    post(member, links(1))
    for person, count in ((newcomer, 1), (member, 2)):
        with pytest.raises(InvalidInput):
            post(person, links(count))


def test_the_first_day_has_three_threads_and_ten_replies(settings):
    newcomer = make_user(age=timedelta(hours=1))
    for number in range(3):
        post(newcomer, f"Thread {number}.")
    Allowance.objects.all().delete()
    with pytest.raises(
        RateLimited, match=r"threads for a first day\. Try again in 23 hours"
    ) as raised:
        post(newcomer, "One more.")
    assert 22.9 * 3600 < raised.value.seconds <= 23 * 3600
    root = make_comment()
    for number in range(10):
        Allowance.objects.all().delete()
        post(newcomer, f"Reply {number}.", subject=root.thread.subject, parent=root)
    Allowance.objects.all().delete()
    with pytest.raises(RateLimited, match="replied a lot for a first day"):
        post(newcomer, "One more.", subject=root.thread.subject, parent=root)
    settings.RATE_LIMITS = False
    assert post(newcomer, "Without limits.")


@pytest.mark.parametrize(
    ("age", "allowed"),
    [
        (timedelta(days=1) - timedelta(minutes=1), False),
        (timedelta(days=1) + timedelta(seconds=1), True),
    ],
)
def test_the_first_day_ends_after_24_hours(settings, age, allowed):
    settings.FIRST_DAY_THREADS = 0
    newcomer = make_user(age=age)
    if allowed:
        assert post(newcomer)
    else:
        with pytest.raises(RateLimited, match="Try again in"):
            post(newcomer)


def test_the_numbers_of_the_first_day_are_settings(settings):
    settings.FIRST_DAY_THREADS, settings.FIRST_DAY_REPLIES = 1, 0
    newcomer = make_user(age=timedelta(0))
    root = post(newcomer)
    with pytest.raises(RateLimited):
        post(newcomer, "Again.")
    with pytest.raises(RateLimited):
        post(newcomer, "Again.", subject=root.thread.subject, parent=root)


@pytest.mark.parametrize(
    ("make", "seconds"), [(make_user, 30), (make_member, 15)], ids=["newcomer", "member"]
)
def test_after_five_posts_each_waits_as_long_as_its_level_says(make, seconds):
    person, entry = make(), make_entry()
    for number in range(5):
        post(person, f"Number {number}.", subject=entry)
    with pytest.raises(RateLimited) as raised:
        post(person, "One more.", subject=entry)
    assert seconds - 5 <= raised.value.seconds <= seconds
    spent = Allowance.objects.get(user=person)
    spent.spent_until -= timedelta(seconds=raised.value.seconds)
    spent.save()
    assert post(person, "Now it goes.", subject=entry)


def test_a_newcomer_who_becomes_a_member_goes_on_with_the_same_allowance():
    assert (POSTS.action, POSTS.burst) == (POSTS_OF_MEMBERS.action, POSTS_OF_MEMBERS.burst)
    assert POSTS_OF_MEMBERS.interval < POSTS.interval


def test_staff_are_not_counted():
    for role in ("moderator", "editor"):
        person = make_user(role, age=timedelta(0))
        entry = make_entry()
        for number in range(7):
            post(person, f"{links(9)} {number}", subject=entry)


def test_a_post_costs_a_member_one_query_more_than_a_newcomer(django_assert_max_num_queries):
    member, newcomer, entry = make_member(), make_newcomer(), make_entry()
    make_comment(entry)
    numbers = []
    for person in (newcomer, member):
        Allowance.objects.get_or_create(
            user=person, deed="post", defaults={"spent_until": timezone.now()}
        )
        with django_assert_max_num_queries(40) as queries:
            post(person, subject=entry)
        numbers.append(len(queries))
    assert numbers[1] == numbers[0] + 1
