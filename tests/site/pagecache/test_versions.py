"""The version of a page comes from the database of now, or is not known."""

import pytest
from django.db import connection

from remedies_site.pagecache import versions
from remedies_site.pagecache.versions import current_version
from remedies_site.statement_limit import StatementLimit

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_connection_that_broke_is_opened_again_after_one_request():
    before = current_version(("all",))
    connection.connection.close()  # as after a restart of the database
    assert current_version(("all",)) is None
    assert current_version(("all",)) == before


def test_a_connection_that_nobody_has_opened_is_opened():
    before = current_version(("all", "content"))
    connection.close()
    assert current_version(("all", "content")) == before
    assert [scope for scope, _number in before] == ["all", "content"]


def test_a_connection_is_renewed_after_a_while(monkeypatch):
    current_version(("all",))
    monkeypatch.setattr(connection, "close_at", 0)
    current_version(("all",))
    kept = connection.connection
    monkeypatch.setattr(versions, "_SECONDS", -1)
    assert current_version(("all",))
    assert connection.connection is not kept


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL limits statements itself")
def test_the_time_of_an_earlier_statement_does_not_count():
    current_version(("all",))
    limit = StatementLimit(60)
    limit(lambda: None)
    limit._end = 0
    connection.execute_wrappers.insert(0, limit)
    connection.connection.set_progress_handler(limit.is_over, 1)
    try:
        assert current_version(("all",)) is not None
    finally:
        connection.execute_wrappers.remove(limit)
        connection.close()
