"""`manage.py reconcile_votes` says which counters are not those of the votes, and mends them when asked."""

import pytest
from django.core.management import CommandError, call_command

from discussions.models import Comment
from discussions.services import order_score, vote_on_comment
from remedies.models import RemedyConditionEntry
from remedies.services import vote_on_entry
from tests.discussions.counters import assert_counters_equal_rows
from tests.factories import make_comment, make_entry, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def voted() -> tuple[RemedyConditionEntry, Comment]:
    """An entry and a comment with two votes up and one down each, among others without any."""
    make_comment(make_entry())
    entry, comment = make_entry(), make_comment()
    for value in (1, 1, -1):
        member = make_user()
        vote_on_entry(entry, by=member, value=value)
        vote_on_comment(comment, by=member, value=value)
    return entry, comment


def distort(entry: RemedyConditionEntry, comment: Comment) -> None:
    RemedyConditionEntry.objects.filter(pk=entry.pk).update(up_count=7)
    Comment.objects.filter(pk=comment.pk).update(down_count=0, score=0.5)


def test_equal_counters_are_all_right(voted, capsys):
    call_command("reconcile_votes")
    assert capsys.readouterr().out == "0 differ\n"


def test_what_differs_is_printed_and_left(voted, capsys):
    entry, comment = voted
    distort(entry, comment)
    with pytest.raises(CommandError) as raised:
        call_command("reconcile_votes")
    assert raised.value.returncode == 1
    assert capsys.readouterr().out.splitlines() == [
        f"entry {entry.pk}: 7 up, 1 down; the votes are 2 up, 1 down",
        f"comment {comment.pk}: 2 up, 0 down; the votes are 2 up, 1 down",
        "2 differ",
    ]
    entry.refresh_from_db()
    assert entry.up_count == 7


def test_it_is_mended_when_asked(voted, capsys):
    entry, comment = voted
    distort(entry, comment)
    call_command("reconcile_votes", fix=True)
    assert "2 differ, corrected" in capsys.readouterr().out
    comment.refresh_from_db()
    assert comment.score == order_score(2, 1)
    assert_counters_equal_rows()
    call_command("reconcile_votes")


def test_tables_are_compared_in_few_queries(voted, django_assert_max_num_queries):
    for _ in range(5):
        make_comment()
    with django_assert_max_num_queries(4):
        call_command("reconcile_votes")
