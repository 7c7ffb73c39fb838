"""When this machine made its last backup: a small file beside the site's own files.

Not a row: a restored database would then speak of the backups of another day.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class LastBackup:
    """When the last backup was whole, the file's name and its bytes, and where it was written to."""

    made_at: datetime
    name: str
    size: int
    path: Path | None = None


def _file() -> Path:
    return Path(settings.VAR_DIR) / "last-backup.json"


def note_backup(path: Path) -> None:
    """Note that a backup was made now. A folder that cannot be written is no reason to fail it."""
    values = {
        "made_at": timezone.now().isoformat(),
        "name": path.name,
        "size": path.stat().st_size,
        "path": str(path.resolve()),
    }
    try:
        _file().write_text(json.dumps(values), encoding="utf-8")
    except OSError:
        return


def last_backup() -> LastBackup | None:
    """The last backup that this machine made; None where it knows of none."""
    try:
        values = json.loads(_file().read_text(encoding="utf-8"))
        made_at = datetime.fromisoformat(values["made_at"])
        path = Path(values["path"]) if "path" in values else None
        return LastBackup(made_at, str(values["name"]), int(values["size"]), path)
    except (OSError, ValueError, KeyError, TypeError):
        return None
