"""manage.py prepare: migrate, load content and collect static files, each only where it is needed."""

import hashlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_STAMP = "static.sources"


class Command(BaseCommand):
    help = "Migrate, load the content pack into an empty database, collect changed static files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is needed; a second run does nothing and is fast."""
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        if self._has_pending_migrations():
            self.stdout.write("Migrating the database …")
            call_command("migrate", verbosity=0)
            if apps.is_installed("remedies"):
                call_command("rebuild_shown", verbosity=0)  # fills new columns from the revisions
        if apps.is_installed("remedies"):
            call_command("load_content", settings.CONTENT_PACK, if_empty=True)
        self._collect_static()
        if not get_user_model()._default_manager.filter(is_staff=True).exists():
            self.stdout.write(
                "There is no editor yet. To make one:\n"
                "  .venv/bin/python manage.py add_member you@example.org "
                "--password '…' --role editor\n"
                f"and log in at {settings.SITE_URL}/admin/ (or use createsuperuser)."
            )
        self.stdout.write(self.style.SUCCESS(f"Serving {settings.SITE_URL}"))

    def _has_pending_migrations(self) -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def _collect_static(self) -> None:
        """Collect only where a source has changed: compressing all files is slow."""
        stamp = Path(settings.VAR_DIR) / _STAMP
        sources = _fingerprint()
        if stamp.exists() and stamp.read_text() == sources and settings.STATIC_ROOT.exists():
            return
        self.stdout.write("Collecting static files …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(sources)


def _fingerprint() -> str:
    """A digest of path, size and modification time of every static source file."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
