"""The ground the other tests stand on: the database that was asked for, and no network."""

import os
import socket
from pathlib import Path

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    expected = {"sqlite": "sqlite", "postgres": "postgresql"}[os.environ.get("TEST_DB", "sqlite")]
    assert connection.vendor == expected
    if expected == "sqlite":
        assert Path(connection.settings_dict["NAME"]).is_file()


def test_nothing_leaves_this_machine():
    # 198.51.100.0/24 is set aside for documentation: no such address exists.
    with pytest.warns(match="198"), pytest.raises(RuntimeError, match="198"):
        socket.create_connection(("198.51.100.7", 80), timeout=1)
