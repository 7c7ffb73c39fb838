"""Whether a copy is one of this site that this release can read, and whether a database may be overwritten."""

from collections.abc import Mapping

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.migrations.loader import MigrationLoader

from remedies_site.backups import CannotRestore

Migrations = set[tuple[str, str]]
"""Migrations that were applied to a database, as (app, name)."""


def check_migrations(applied: Migrations) -> None:
    """Raise CannotRestore where they are those of something else, or of a newer release."""
    if get_user_model()._meta.app_label not in {app for app, _name in applied}:
        raise CannotRestore("it is a database of something else: it has no members of this site")
    installed = {config.label for config in apps.get_app_configs()}
    known = MigrationLoader(None).disk_migrations.keys()
    newer = sorted(f"{app}.{name}" for app, name in applied - known if app in installed)
    if newer:
        raise CannotRestore(f"it was made by a newer release: it has {', '.join(newer)}")


def check_rows(rows: Mapping[str, int], expected: Mapping[str, int]) -> None:
    """Raise CannotRestore where a table has not the rows that the manifest counts."""
    for table in sorted(rows.keys() | expected.keys()):
        if rows.get(table) != expected.get(table):
            raise CannotRestore(
                f"it is damaged: {table} has {rows.get(table, 'no')} rows, and the manifest counts "
                f"{expected.get(table, 'none')}"
            )


def own_tables() -> set[str]:
    """The tables of all apps but Django's own, which migrations fill."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if not model.__module__.startswith("django.")}
