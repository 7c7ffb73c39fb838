"""What a member deletes is gone from the database's file, not only from its pages."""

from pathlib import Path

import pytest
from django.db import connection, transaction

from discussions.services import delete_comment, edit_comment
from discussions.signals import words_erased
from search import index
from search.engine import PAGE_QUOTAS, candidates
from search.query import query_words
from tests.factories import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
WORD = (
    "Qjxvertigo"  # shares no beginning with another word, since the index stores common ones once
)


@pytest.fixture
def comment():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's autovacuum removes deleted rows")
    for number in range(20):  # segments of the index that hold more than this comment
        make_comment(body=f"Comment {number} of somebody else about sleep.")
    return make_comment(
        body=f"Since then I have {WORD} each morning, and {WORD.lower()}s at night."
    )


def stored() -> bytes:
    """All that lies on the disk, in lower case, after the log was written into the database."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert cursor.fetchone()[0] == 0
    database = Path(connection.settings_dict["NAME"])
    files = [database, *database.parent.glob(f"{database.name}-*")]
    assert len(files) >= 2
    return b"".join(file.read_bytes() for file in files).lower()


def test_a_deleted_comment_s_words_are_gone_from_the_file(comment):
    assert WORD.lower().encode() in stored()
    delete_comment(comment, by=comment.author)
    assert WORD.lower().encode() not in stored()
    assert b"somebody else about sleep" in stored()


def test_words_that_were_replaced_are_gone_from_the_file(comment):
    edit_comment(comment, by=comment.author, body="I would rather not say.")
    assert WORD.lower().encode() not in stored()
    assert b"rather not say" in stored()


def test_search_still_finds_the_others(comment):
    delete_comment(comment, by=comment.author)
    for word, count in ((WORD, 0), ("somebody", 20)):
        found = candidates(query_words(word), PAGE_QUOTAS)
        assert len(found) == count


def test_a_failure_of_the_index_does_not_undo_the_deletion(comment, monkeypatch, caplog):
    monkeypatch.setattr(index, "forget_erased", lambda: 1 / 0)
    delete_comment(comment, by=comment.author)
    comment.refresh_from_db()
    assert comment.body == ""
    assert "Error calling" in caplog.text


def test_a_rollback_forgets_nothing(comment, monkeypatch):
    calls = []
    monkeypatch.setattr(index, "forget_erased", lambda: calls.append(1))
    with transaction.atomic():
        words_erased.send(None)
        transaction.set_rollback(True)
    assert calls == []
