"""Which database a request reads from, on a second database that lags until it is copied again.

A stand-in: it has the numbers of the versions that a streaming replica would have at some moment.
tests/deploy/test_cluster.py has a real one.
"""

import logging

import pytest
from django.db import InterfaceError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from remedies_site.pagecache.versions import current_version, version_in_request
from remedies_site.replica import admission
from remedies_site.replica.routing import REPLICA, read_from_replica, reading_connection
from tests.conftest import forget_all
from tests.factories import log_in, make_comment, make_condition, make_entry, make_remedy, make_user
from tests.prepared import PreparedDatabases
from tests.site.pagecache.site import Site

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = "/remedies/alpha/beta/"
SCOPES = ("content", "remedy:alpha")


class Replica:
    """A copy of the test's database under the alias of the replica."""

    def __init__(self) -> None:
        self._databases = PreparedDatabases(connection)
        self.name = self._databases._path("replica")

    def catch_up(self) -> None:
        """It has now what the primary has."""
        connections[REPLICA].close()
        self._databases._create(self.name, source=str(connection.settings_dict["NAME"]))

    def stop(self) -> None:
        """Nobody answers under its name any more."""
        connections[REPLICA].close()
        self._databases._drop(self.name)


@pytest.fixture
def entry():
    return make_entry(make_remedy("Alpha"), make_condition("Beta"))


def connect_anywhere(wrapper: BaseDatabaseWrapper) -> None:
    """Django's own, without the rule of its test cases that a test names its databases beforehand."""
    if wrapper.connection is None:
        with wrapper.wrap_database_errors:
            wrapper.connect()


@pytest.fixture
def replica(entry, settings, monkeypatch):
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", connect_anywhere)
    made = Replica()
    settings.DATABASE_ROUTERS = ["remedies_site.replica.routing.ReplicaRouter"]
    own = connection.settings_dict | {"NAME": made.name, "CONN_MAX_AGE": None}
    if connection.vendor == "sqlite":
        from remedies_site.sqlite_connections import ExistingDatabase

        own["OPTIONS"] = own["OPTIONS"] | {"factory": ExistingDatabase}
    connections.settings[REPLICA] = own
    admission.breaker.reset()
    made.catch_up()
    yield made
    made.stop()
    read_from_replica(admitted=False)
    admission.breaker.reset()
    del connections.settings[REPLICA]
    del connections[REPLICA]


def queries_of(client, path: str, **options) -> tuple[int, int, str]:
    """How many queries the primary and the replica were sent, and the page."""
    with (
        CaptureQueriesContext(connection) as primary,
        CaptureQueriesContext(connections[REPLICA]) as other,
    ):
        response = client.get(path, **options)
    assert response.status_code == 200
    return len(primary), len(other), response.content.decode()


@pytest.mark.parametrize("path", [ENTRY, "/remedies/", "/search/?q=alpha", "/sitemap.xml"])
def test_a_reader_is_served_by_the_replica_alone(client, replica, path):
    primary, other, _page = queries_of(client, path)
    assert primary == 0
    assert other > 0


def test_a_replica_that_lags_serves_nobody_what_has_changed(client, replica, entry):
    make_comment(entry, body="Said a moment ago.")
    primary, other, page = queries_of(client, ENTRY)
    assert "Said a moment ago." in page
    assert primary > 0
    assert other == 0
    replica.catch_up()
    forget_all()  # what the first reader's page was made of would do for the second
    primary, other, page = queries_of(client, ENTRY)
    assert "Said a moment ago." in page
    assert (primary, other > 0) == (0, True)


def test_a_replica_that_lags_elsewhere_serves_what_has_not_changed(client, replica):
    other_entry = make_entry(make_remedy("Gamma"), make_condition("Delta"))
    replica.catch_up()
    make_comment(other_entry)
    primary, other, _page = queries_of(client, ENTRY)
    assert (primary, other > 0) == (0, True)


def test_members_read_their_own_writes_from_the_primary(client, replica):
    log_in(client, make_user())
    replica.catch_up()
    primary, other, _page = queries_of(client, ENTRY)
    assert primary > 0
    assert other == 0


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (ENTRY, {"Cookie": "csrftoken=" + "x" * 32}),
        (ENTRY, {"Authorization": "Bearer nonsense"}),
        ("/accounts/login/", {}),
    ],
)
def test_who_may_have_written_a_moment_ago_reads_from_the_primary(client, replica, path, headers):
    assert queries_of(client, path, headers=headers)[1] == 0


def test_a_form_is_handled_by_the_primary(client, replica, rf):
    assert not admission.is_anonymous_read(rf.post(ENTRY))


def test_whoever_writes_reads_from_the_primary_afterwards(replica, entry):
    read_from_replica(admitted=True)
    assert reading_connection().alias == REPLICA
    entry.up_count = 3
    entry.save()
    assert reading_connection().alias == "default"
    assert type(entry).objects.get(pk=entry.pk).up_count == 3


def test_inside_a_transaction_everything_is_read_from_the_primary(replica, entry):
    from django.db import transaction

    read_from_replica(admitted=True)
    with transaction.atomic():
        assert reading_connection().alias == "default"
    assert reading_connection().alias == REPLICA


def test_what_is_kept_within_a_request_has_the_version_of_what_it_was_read_from(replica, entry):
    before = current_version(SCOPES)
    make_comment(entry)
    assert current_version(SCOPES) != before
    read_from_replica(admitted=True)
    assert version_in_request(SCOPES) == before


def test_no_old_page_is_kept_under_a_new_version(replica, entry):
    """The version is the primary's; the page is made where all of that version is."""
    site = Site()
    site.get(ENTRY)
    make_comment(entry, body="Said a moment ago.")
    assert "Said a moment ago." in site.get(ENTRY)[2].decode()
    replica.catch_up()
    assert "Said a moment ago." in site.get(ENTRY)[2].decode()
    assert site.django.times == 2
    make_comment(entry, body="And this afterwards.")
    assert "And this afterwards." in site.get(ENTRY)[2].decode()


def test_readers_go_to_the_primary_while_the_replica_is_away_and_come_back(
    client, replica, caplog, monkeypatch, entry
):
    replica.stop()
    with caplog.at_level(logging.WARNING, "remedies_site.circuit_breaker"):
        for _request in range(3):
            make_comment(entry)  # so that the page is made again
            primary, other, _page = queries_of_primary(client, ENTRY)
            assert (primary > 0, other) == (True, 0)
    assert len(caplog.records) == 1
    make_comment(entry)
    replica.catch_up()
    assert queries_of_primary(client, ENTRY)[0] > 0  # it is left alone for a while
    monkeypatch.setattr(admission.breaker, "_until", 0.0)
    assert queries_of(client, ENTRY)[0] == 0


def queries_of_primary(client, path: str) -> tuple[int, int, str]:
    """The same without a connection to the replica."""
    with CaptureQueriesContext(connection) as primary:
        response = client.get(path)
    assert response.status_code == 200
    return len(primary), 0, response.content.decode()


def test_a_replica_that_fails_within_a_page_costs_nobody_the_page(client, replica):
    def fail(*_arguments):
        raise InterfaceError("the connection is lost")

    with connections[REPLICA].execute_wrapper(fail):
        primary, _other, page = queries_of(client, ENTRY)
    assert "Alpha" in page
    assert primary > 0


def test_a_primary_that_fails_as_well_is_a_503(client, replica):
    def fail(*_arguments):
        raise InterfaceError("the connection is lost")

    with connections[REPLICA].execute_wrapper(fail), connection.execute_wrapper(fail):
        assert client.get(ENTRY).status_code == 503


def test_readyz_names_a_replica_that_is_away(client, replica):
    assert "replica" not in client.get("/readyz").json().get("degraded", [])
    replica.stop()
    response = client.get("/readyz")
    assert response.status_code == 200
    assert "replica" in response.json()["degraded"]
