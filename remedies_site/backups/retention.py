"""The backups of a folder: their names, which is the newest, and which are old enough to go."""

import re
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"remedies-\d{4}-\d\d-\d\dT\d{6}Z\.backup")
"""The names that `backup FOLDER` gives; files with other names are nobody's to delete."""


def file_name(now: datetime) -> str:
    """The name of a backup that is made now; names sort by time."""
    return f"remedies-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.backup"


def backups_in(folder: Path) -> list[Path]:
    """The backups that lie in a folder, the newest first."""
    files = [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()]
    return sorted(files, key=lambda path: path.name, reverse=True)


def delete_old(folder: Path, *, keep: int, newest: Path) -> list[Path]:
    """Delete the oldest backups until `keep` are there; return the deleted ones.

    `newest` was just made and checked. It stays whatever the names of the others say: a clock that was
    wrong once must not cost the only good one.
    """
    others = [path for path in backups_in(folder) if path.name != newest.name]
    old = others[max(keep - 1, 0) :]
    for path in old:
        path.unlink()
    return old
