"""A command that is killed at any moment and run again ends as if it had never been killed."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.db import connection

from search.sqlite import prepare_connection
from tests.counts import count

KILLS = count(small=1, full=20)
# Modules are imported before "ready", so that kills fall into the work itself.
COMMAND = """
import sys
import django
django.setup()
from django.core.management import call_command
from remedies.grading import rule
print("ready", flush=True)
{code}
"""
CODE = {
    "load_content": "call_command('load_content', sys.argv[1], verbosity=0)",
    "regrade": "rule.MOST_BY_JUDGEMENT = 1\ncall_command('regrade')",
    "prepare": "call_command('prepare')",
}
OUTDATE = """
from django.db import connection
from publishing.models import DerivedVersion
from publishing.services import subject_types
from search import index
index.remove()
DerivedVersion.objects.all().delete()
for kind in subject_types():
    kind.model.objects.update(shown_text="", shown_citations=[])
    kind.all_revisions().update(html={}, renderer_version=0)
"""
"""A site as an upgrade leaves it that was killed after the migration: nothing derived is current."""
DERIVED_KEYS = {"remedies_searchitem", "remedies_mention"}
"""Tables whose rows are numbered by the order in which they happened to be derived."""
BY_NAME = {
    "django_content_type": "SELECT app_label, model FROM django_content_type",
    "auth_permission": """
        SELECT app_label, model, codename, auth_permission.name FROM auth_permission
        JOIN django_content_type ON content_type_id = django_content_type.id""",
    "auth_group_permissions": """
        SELECT auth_group.name, app_label, model, codename FROM auth_group_permissions
        JOIN auth_group ON group_id = auth_group.id
        JOIN auth_permission ON permission_id = auth_permission.id
        JOIN django_content_type ON content_type_id = django_content_type.id""",
}
"""Tables that Django numbers by the order in which migrations ended: a killed one ends in two parts."""
Dump = dict[str, list[tuple[Any, ...]]]


class Site(NamedTuple):
    """A folder with a site's database and static files."""

    folder: Path

    def start(self, code: str) -> subprocess.Popen[str]:
        """Start Python code on this site; return when its modules are imported."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {
            "VAR_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "remedies_site.settings.test",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND.format(code=code), str(settings.CONTENT_PACK)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    def run(self, code: str) -> float:
        """Run Python code to its end; return how many seconds its own work took."""
        process = self.start(code)
        start = time.monotonic()
        process.communicate(timeout=120)
        assert process.returncode == 0
        return time.monotonic() - start

    def kill(self, code: str, *, after: float) -> None:
        """Start Python code and kill it after so many seconds of its work."""
        process = self.start(code)
        time.sleep(after)
        process.kill()
        process.communicate()

    def copy_to(self, folder: Path) -> "Site":
        """The same site in another folder."""
        folder.mkdir()
        copy_database(self.folder / "db.sqlite3", folder / "db.sqlite3")
        return Site(folder)

    def dump(self) -> Dump:
        """Every table's rows without their times, the text of search, and the static files."""
        with closing(sqlite3.connect(self.folder / "db.sqlite3")) as database:
            prepare_connection(database)  # the view of texts calls our function
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            database.execute(
                "INSERT INTO remedies_searchfts(remedies_searchfts, rank) VALUES ('integrity-check', 1)"
            )
            names = "SELECT name FROM sqlite_master WHERE type = 'table'"
            dump = {
                table: rows_of(database, table)
                for (table,) in database.execute(names)
                if not table.startswith(("remedies_searchfts", "sqlite_"))
            }
        static = self.folder / "static"
        dump["static files"] = sorted(
            (str(path.relative_to(static)),) for path in static.rglob("*")
        )
        return dump


def copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as made:
        held.backup(made)


def rows_of(database: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    if table in BY_NAME:
        return sorted(database.execute(BY_NAME[table]))
    columns = [
        name
        for _number, name, kind, *_rest in database.execute(f'PRAGMA table_info("{table}")')
        if kind != "datetime" and not (name == "id" and table in DERIVED_KEYS)
    ]
    quoted = ", ".join(f'"{name}"' for name in columns)
    return sorted(database.execute(f'SELECT {quoted} FROM "{table}"'), key=repr)


@pytest.fixture
def migrated(transactional_db, tmp_path) -> Site:
    """A site whose database is migrated and holds nothing."""
    if connection.vendor != "sqlite":
        pytest.skip("copies the file of an SQLite database")
    copy_database(Path(connection.settings_dict["NAME"]), tmp_path / "db.sqlite3")
    return Site(tmp_path)


def check_kills(site: Site, code: str, *, changes: str) -> None:
    """Compare an undisturbed run with killed ones; `changes` is a table that has to change."""
    with closing(sqlite3.connect(site.folder / "db.sqlite3")) as database:
        before = rows_of(database, changes)
    undisturbed = site.copy_to(site.folder / "undisturbed")
    seconds = undisturbed.run(code)
    expected = undisturbed.dump()
    assert expected[changes] != before
    for number in range(KILLS):
        moment = random.random() * seconds
        killed = site.copy_to(site.folder / f"killed{number}")
        killed.kill(code, after=moment)
        killed.run(code)
        after = killed.dump()
        differing = [table for table in expected if after[table] != expected[table]]
        assert not differing, f"killed after {moment:.3f} of {seconds:.3f} seconds"
        assert after.keys() == expected.keys()


def test_a_killed_load_of_content_is_done_again_whole(migrated):
    check_kills(migrated, CODE["load_content"], changes="remedies_entryrevision")


def test_a_killed_regrading_is_finished(migrated):
    migrated.run(CODE["load_content"])
    check_kills(migrated, CODE["regrade"], changes="remedies_entryrevision")


def test_an_upgrade_killed_between_its_steps_is_finished_by_prepare(migrated):
    migrated.run(CODE["load_content"] + OUTDATE)
    check_kills(migrated, CODE["prepare"], changes="remedies_remedy")


@pytest.mark.drill
def test_a_first_start_that_is_killed_is_finished_by_prepare(migrated):
    (migrated.folder / "db.sqlite3").unlink()
    migrated.folder.joinpath("db.sqlite3").touch()
    undisturbed = migrated.copy_to(migrated.folder / "undisturbed")
    seconds = undisturbed.run(CODE["prepare"])
    expected = undisturbed.dump()
    for number in range(KILLS):
        killed = migrated.copy_to(migrated.folder / f"killed{number}")
        killed.kill(CODE["prepare"], after=random.random() * seconds)
        killed.run(CODE["prepare"])
        assert killed.dump() == expected
