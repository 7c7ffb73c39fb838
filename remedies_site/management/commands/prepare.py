"""manage.py prepare: migrate, rebuild derived data, load content, collect static files, where needed."""

import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import locks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from remedies_site import collected_files

_DERIVED: tuple[tuple[str, str, dict[str, bool]], ...] = (
    ("publishing", "rebuild_shown", {"if_outdated": True}),
    ("publishing", "rerender_revisions", {}),
    ("search", "rebuild_search", {"if_outdated": True}),
    ("publishing", "check_drafts", {"if_outdated": True}),
)
"""Commands that rebuild data where it was derived by other definitions: app, name, options.

Each decides by a version stored with the data, so that a run after an interrupted one finishes it.
"""


class Command(BaseCommand):
    help = (
        "Migrate, rebuild outdated derived data, load the content pack into an empty database, "
        "collect changed static files."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is needed; a second run does nothing and is fast."""
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with (Path(settings.VAR_DIR) / "prepare.lock").open("a") as lock:
            if not locks.lock(lock, locks.LOCK_EX | locks.LOCK_NB):
                self.stdout.write("Another `prepare` is at work in this folder; waiting for it …")
                self.stdout.flush()
                locks.lock(lock, locks.LOCK_EX)
            self._prepare()

    def _prepare(self) -> None:
        if self._has_pending_migrations():
            self.stdout.write("Migrating the database …")
            call_command("migrate", verbosity=0)
        else:  # permissions, roles and the index come after migrations, which may have been killed
            emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
        self._rebuild_derived()
        if apps.is_installed("remedies"):
            call_command("load_content", settings.CONTENT_PACK, if_empty=True)
        if not collected_files.is_current():
            self.stdout.write("Collecting static files …")
            collected_files.collect(timezone.now().date())
        if not get_user_model()._default_manager.filter(is_staff=True).exists():
            self.stdout.write(
                "There is no editor yet. To make one:\n"
                f"  {_python()} manage.py add_member you@example.org "
                "--password '…' --role editor\n"
                f"and log in at {settings.SITE_URL}/admin/ (or use createsuperuser)."
            )
        self.stdout.write(self.style.SUCCESS(f"Serving {settings.SITE_URL}"))

    def _rebuild_derived(self) -> None:
        """An unreadable document is named and does not keep the rest of the site from starting."""
        for app, command, options in _DERIVED:
            if apps.is_installed(app):
                try:
                    call_command(command, verbosity=0, **options)
                except CommandError as error:
                    self.stderr.write(self.style.WARNING(f"{command}: {error}"))

    def _has_pending_migrations(self) -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _python() -> Path:
    """The program that runs this command, as it is called from the folder of the site."""
    program, folder = Path(sys.executable), Path(settings.BASE_DIR)
    return program.relative_to(folder) if program.is_relative_to(folder) else program
