"""A test that commits leaves the database as Django would, without what Django does for it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import TransactionTestCase

from accounts.models import User
from remedies_site.pagecache import triggers
from search import index
from tests.emptying import keep_empty
from tests.remedies.conftest import everything
from tests.world import build_world

ROUNDS = 3


@pytest.fixture
def empty(transactional_db):
    connection.ensure_connection()
    return keep_empty(connection)


def versions() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {triggers.TABLE} ORDER BY 1")
        return cursor.fetchall()


def test_what_was_committed_is_gone_and_what_was_deleted_is_there_again(empty):
    before = everything(), versions()
    assert before[0]["auth_group"]
    for _round in range(ROUNDS):
        build_world()
        Group.objects.all().delete()
        Permission.objects.all().delete()
        assert empty.put_back(connection)
        assert (everything(), versions()) == before
    build_world()  # numbers, rules and triggers work as before
    assert versions() != before[1]


def test_a_changed_schema_is_found_and_left_to_django(empty):
    before = everything()
    index.remove()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user ADD COLUMN height integer NULL")
    on_sqlite = connection.vendor == "sqlite"
    assert empty.put_back(connection) is on_sqlite
    if not on_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE accounts_user DROP COLUMN height")
    assert everything() == before


@pytest.mark.parametrize("_again", range(2))
def test_each_test_begins_with_an_empty_database(transactional_db, _again):
    assert TransactionTestCase._fixture_teardown.__module__ == "tests.emptying"
    assert not User.objects.exists()
    assert index.refresh() is False
    triggers.remove()
    index.remove()
    build_world()
