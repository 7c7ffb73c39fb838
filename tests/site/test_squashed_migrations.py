"""A new database, which takes the squashed migrations, is the one that took every step (ADR 63)."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from tests.killed import Site, connected
from tests.site.first_release import EveryStep

EVERY_STEP = """
from tests.site.first_release import every_step
with every_step():
    call_command('migrate', verbosity=0)
"""
SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
POSTGRES = (
    """SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision,
        numeric_scale, is_nullable, column_default, identity_generation, generation_expression
    FROM information_schema.columns WHERE table_schema = 'public'""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
    WHERE NOT tgisinternal""",
    """SELECT proname, pg_get_functiondef(pg_proc.oid), lanname FROM pg_proc
    JOIN pg_language ON prolang = pg_language.oid
    WHERE pronamespace = 'public'::regnamespace AND lanname = 'plpgsql'""",
)


def test_the_squashed_migrations_make_the_models_that_every_step_makes() -> None:
    squashed, stepwise = MigrationLoader(None), EveryStep(None)
    assert len(squashed.graph.nodes) < len(stepwise.graph.nodes)
    detector = MigrationAutodetector(stepwise.project_state(), squashed.project_state())
    assert detector.changes(stepwise.graph) == {}


@pytest.mark.drill
def test_a_new_database_has_the_structure_of_one_that_took_every_step(
    transactional_db, tmp_path
) -> None:
    site = Site(tmp_path / "site")
    try:
        site.run(EVERY_STEP)
        with connected(site.database) as stepwise:
            expected = sorted(_structure(stepwise))
    finally:
        site.remove()
    found = sorted(_structure(connection))
    assert len(expected) > 400
    assert found == expected


def _structure(database: BaseDatabaseWrapper) -> Iterator[tuple[str, ...]]:
    """Tables, columns, constraints, indexes and triggers, in no order."""
    is_sqlite = database.vendor == "sqlite"
    with closing(database.cursor()) as cursor:
        for query in (SQLITE,) if is_sqlite else POSTGRES:
            cursor.execute(query)
            for *names, definition in cursor.fetchall():
                # SQLite keeps the statement, whose columns may stand in another order.
                words = sorted(re.findall(r"[^\s,()]+", definition)) if is_sqlite else [definition]
                yield tuple(map(str, (*names, *words)))
