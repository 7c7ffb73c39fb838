"""A database as the first release left it, for tests of upgrades.

`first_release.json` holds what that release itself stored: three entries of its content pack, members,
their comments and votes, a withdrawn page, a renamed one and drafts. Passwords were taken out.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

MIGRATIONS = {
    "accounts": "0002_allowance",
    "citations": "0001_initial",
    "conditions": "0002_revisions_are_final",
    "discussions": "0001_initial",
    "remedies": "0004_remedy_stops",
}
"""The last migration of each app in that release; Django's own apps are at theirs of today."""
ROWS = Path(__file__).with_suffix(".json")
_FOREIGN = ("account", "admin", "auth", "contenttypes", "sessions")


def create() -> None:
    """Migrate the empty database of `connection` to the first release and store its rows."""
    with every_step():
        for app, name in [*((app, None) for app in _FOREIGN), *MIGRATIONS.items()]:
            call_command("migrate", app, *([name] if name else []), verbosity=0)
        loader = MigrationExecutor(connection).loader
    apps = loader.project_state(list(MIGRATIONS.items())).apps
    with transaction.atomic(), connection.constraint_checks_disabled():
        for label, rows in json.loads(ROWS.read_text(encoding="utf-8")).items():
            _store(apps, label, rows)
    _set_sequences(apps)


class EveryStep(MigrationLoader):
    """Knows no squashed migration, as a database that is older than they are."""

    def load_disk(self) -> None:
        """Leave out what replaces others."""
        super().load_disk()
        self.disk_migrations = {
            key: migration
            for key, migration in self.disk_migrations.items()
            if not migration.replaces
        }


@contextmanager
def every_step() -> Iterator[None]:
    """Migrations take every step within it."""
    with mock.patch("django.db.migrations.executor.MigrationLoader", EveryStep):
        yield


def _store(apps: Apps, label: str, rows: list[dict[str, object]]) -> None:
    if label == "accounts.User_groups":
        users, groups = apps.get_model("accounts", "User"), apps.get_model("auth", "Group")
        for row in rows:
            users.objects.get(pk=row["user"]).groups.add(groups.objects.get(name=row["group"]))
        return
    model = apps.get_model(*label.split("."))
    fields = {field.attname: field for field in model._meta.concrete_fields}
    model._base_manager.bulk_create(
        model(**{name: fields[name].to_python(value) for name, value in row.items()})
        for row in rows
    )


def _set_sequences(apps: Apps) -> None:
    """The rows brought their numbers along."""
    stored: list[type[models.Model]] = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), stored):
            cursor.execute(sql)
