import pytest
from django.core.management import call_command

from discussions.models import Comment
from remedies.models import RemedyConditionEntry
from remedies.services import vote_on_entry
from tests.factories import make_comment, make_entry, make_user

pytestmark = pytest.mark.django_db


def test_wrong_counters_of_entries_are_set_to_the_votes(capsys):
    wrong, right = make_entry(), make_entry()
    for entry, value in ((wrong, 1), (wrong, 1), (wrong, -1), (right, 1)):
        vote_on_entry(entry, by=make_user(), value=value, consent=True)
    RemedyConditionEntry.objects.filter(pk=wrong.pk).update(up_count=9, down_count=0)
    call_command("recount_votes")
    assert capsys.readouterr().out == "1 mended\n"
    for entry, counters in ((wrong, (2, 1)), (right, (1, 0))):
        entry.refresh_from_db()
        assert (entry.up_count, entry.down_count) == counters


def test_wrong_counters_of_comments_are_set_to_their_rows(capsys):
    comment = make_comment(make_entry())
    make_comment(parent=comment)
    Comment.objects.filter(pk=comment.pk).update(reply_count=7, up_count=3)
    call_command("recount_comments")
    assert capsys.readouterr().out == "1 mended\n"
    comment.refresh_from_db()
    assert (comment.reply_count, comment.up_count) == (1, 0)
