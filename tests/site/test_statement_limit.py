"""A statement that takes too long on SQLite is a 503 in the web server, and goes on in a command."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from citations.models import Citation
from remedies_site.unavailable import is_unavailable
from tests.factories import make_citation

pytestmark = pytest.mark.django_db(transaction=True)

COUNTING = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {most})
    SELECT {columns} FROM numbers
"""
ENDLESS = COUNTING.format(most=10**12, columns="count(*)")
SHORT = COUNTING.format(most=10_000, columns="count(*)")


def endless(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(ENDLESS)
        return HttpResponse(str(cursor.fetchone()))


def short(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(SHORT)
        return HttpResponse(str(cursor.fetchone()))


urlpatterns = [path("endless/", endless), path("short/", short)]


@pytest.fixture(autouse=True)
def _limited(settings) -> Iterator[None]:
    """The connection of a web server, with a limit that tests can wait for."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a limit of its own")
    settings.STATEMENT_SECONDS = 0.3
    connection.close()
    yield
    settings.STATEMENT_SECONDS = None
    connection.close()
    connection.execute_wrappers.clear()


@pytest.mark.urls(__name__)
def test_an_endless_statement_is_a_503_and_the_next_request_is_served():
    reader = Client(raise_request_exception=False)
    response = reader.get("/endless/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert reader.get("/short/").content == b"(10000,)"


def test_rows_that_are_fetched_too_slowly_are_interrupted():
    with connection.cursor() as cursor:
        cursor.execute(
            COUNTING.format(most=10**12, columns="n") + " WHERE n = 1 OR n % 10000000 = 0"
        )
        with pytest.raises(OperationalError) as raised:
            cursor.fetchall()
    assert is_unavailable(raised.value)


def test_a_write_that_is_interrupted_leaves_nothing_and_the_connection_works():
    work = make_citation()
    with pytest.raises(OperationalError):
        change_endlessly()
    work.refresh_from_db()
    assert work.title != "changed"
    with transaction.atomic():
        Citation.objects.update(title="changed")
    work.refresh_from_db()
    assert work.title == "changed"


@transaction.atomic
def change_endlessly() -> None:
    Citation.objects.update(title="changed")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE citations_citation SET year = ({ENDLESS})")


def test_a_connection_that_is_opened_again_has_one_limit():
    for _time in range(3):
        connection.close()
        connection.ensure_connection()
    assert len(connection.execute_wrappers) == 1


PROCESS = """
from remedies_site import env
env.REQUEST_LIMITS = (5, 0.05)
{start}
from django.db import OperationalError, connection
with connection.cursor() as cursor:
    try:
        cursor.execute({sql!r})
        print(cursor.fetchone())
    except OperationalError as error:
        print(error)
"""


@pytest.mark.parametrize(
    ("start", "printed"),
    [
        ("import remedies_site.wsgi", "interrupted"),
        ("import django; django.setup()", "(2000000,)"),  # takes longer than the other's limit
    ],
)
def test_the_web_server_has_the_limit_and_commands_have_none(start, printed, tmp_path):
    sql = COUNTING.format(most=2 * 10**6, columns="count(*)")
    (tmp_path / "db.sqlite3").touch()  # the server makes none
    done = subprocess.run(
        [sys.executable, "-c", PROCESS.format(start=start, sql=sql)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "remedies_site.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == printed
