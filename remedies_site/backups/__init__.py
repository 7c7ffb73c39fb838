"""Backups of the site's database: one checked file, encrypted by choice, and the way back.

A backup is a tar file with `manifest.json`, `SHA256SUMS` and `database`: a copy of SQLite's file, or a dump
of PostgreSQL in the custom format. docs/adr/0054 argues the choice.
"""

from collections.abc import Callable

ReportProgress = Callable[[str], None]
"""Gets a line that says how far the work is."""


class CannotBackUp(Exception):
    """No backup was made; `str()` is the reason."""


class CannotRestore(Exception):
    """Nothing was restored; `str()` is the reason."""
