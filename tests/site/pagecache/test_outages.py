"""While the database is gone, readers get the pages that were current when it was last heard."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, connections

from remedies_site.pagecache import outages
from remedies_site.pagecache.outages import LastKnown
from remedies_site.pagecache.store import StoredPage
from tests.factories import make_condition, make_entry, make_remedy
from tests.site.pagecache.site import Site

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = "/remedies/alpha/beta/"


@pytest.fixture
def site() -> Site:
    make_entry(make_remedy("Alpha"), make_condition("Beta"))
    return Site()


@pytest.fixture
def lose_database(monkeypatch) -> Callable[[], None]:
    """The server is gone: the connection is closed, and no new one can be made."""

    def lose() -> None:
        def gone(*_arguments: object, **_options: object) -> None:
            raise OperationalError("the server is gone") from Exception("the driver")

        connection.close()
        monkeypatch.setattr(type(connections["default"]), "get_new_connection", gone)

    return lose


def test_a_page_that_was_read_before_is_shown_and_others_are_a_503(site, lose_database):
    before = site.get(ENTRY)
    assert before[0] == 200
    lose_database()
    assert site.get(ENTRY) == before
    assert site.get(ENTRY, if_none_match=before[1]["ETag"])[0] == 304
    status, headers, _body = site.get("/remedies/alpha/")
    assert status == 503
    assert headers["Retry-After"]


def test_members_and_forms_get_the_503(site, lose_database):
    site.get(ENTRY)
    lose_database()
    assert site.get(ENTRY, cookie="sessionid=x")[0] == 503
    assert site.get("/accounts/login/", method="POST")[0] in (403, 503)


def test_a_page_that_the_database_had_called_old_is_not_shown(site, lose_database):
    """Another page was read after a change of content: this one may lack a warning."""
    site.get(ENTRY)
    make_entry(make_remedy("Gamma"), make_condition("Delta"))
    site.get("/remedies/gamma/delta/")
    lose_database()
    assert site.get(ENTRY)[0] == 503
    assert site.get("/remedies/gamma/delta/")[0] == 200


def test_after_an_hour_without_the_database_nothing_is_shown(site, lose_database, monkeypatch):
    site.get(ENTRY)
    lose_database()
    monkeypatch.setattr(outages, "LONGEST_OUTAGE_SECONDS", -1)
    assert site.get(ENTRY)[0] == 503


def test_what_was_never_called_current_is_not_shown():
    page = StoredPage((("content", 1), ("remedy:1", 2)), [], {"": b"page"})
    known = LastKnown()
    assert not known.may_show(None)
    assert not known.may_show(page)
    known.note((("content", 1), ("remedy:1", 2)), known.begin())
    assert known.may_show(page)
    known.note((("content", 3),), known.begin())
    assert not known.may_show(page)


def test_a_slow_request_does_not_call_a_withdrawn_page_current_again():
    """It was told the version before the withdrawal, and gets on only after one that was told it."""
    old = StoredPage((("content", 1),), [], {"": b"withdrawn"})
    new = StoredPage((("content", 2),), [], {"": b"page"})
    known = LastKnown()
    slow, quick = known.begin(), known.begin()
    known.note(new.version, quick)
    known.note(old.version, slow)
    assert not known.may_show(old)
    known.note(old.version, slow)
    assert not known.may_show(old)
    known.note(new.version, known.begin())
    assert known.may_show(new)
    assert not known.may_show(old)


def test_requests_at_once_that_are_told_the_same_agree():
    page = StoredPage((("content", 1),), [], {"": b"page"})
    known = LastKnown()
    first, second = known.begin(), known.begin()
    known.note(page.version, second)
    known.note(page.version, first)
    assert known.may_show(page)
