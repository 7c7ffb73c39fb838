"""Collects the static files of a new deployment beside those that a running server still serves.

Pages name static files by a hash of their content, and a server opens them when they are requested. So a
file of an earlier deployment stays for `KEEP_DAYS` after it went out of use, and no file is ever half
written in its place.
"""

import filecmp
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command as CollectStatic
from django.core.files.storage import storages
from django.core.management import call_command

KEEP_DAYS = 30
"""How long a file that the newest deployment does not have is kept, in days."""
_STAMP = "static.sources"
_RETIRED = "static.retired.json"
_MANIFEST = "staticfiles.json"


def is_current() -> bool:
    """Whether what was collected last is what the sources make now; compressing all is slow."""
    stamp = Path(settings.VAR_DIR) / _STAMP
    root = Path(settings.STATIC_ROOT)
    return root.exists() and stamp.exists() and stamp.read_text() == _fingerprint()


def collect(today: date) -> None:
    """Collect into a folder beside, move file after file into place, and remove what is too old.

    An interrupted call leaves the stamp of the sources as it was, so that the next one does all again.
    """
    sources = _fingerprint()
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    for abandoned in root.parent.glob(f"{root.name}.new-*"):
        shutil.rmtree(abandoned)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=f"{root.name}.new-") as folder:
        _collect_into(Path(folder))
        current = _move_into(root, Path(folder))
    _prune(root, current, today)
    (Path(settings.VAR_DIR) / _STAMP).write_text(sources)


def _collect_into(folder: Path) -> None:
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    command = CollectStatic()
    command.storage = storages.create_storage(
        {"BACKEND": backend, "OPTIONS": {"location": folder, "base_url": settings.STATIC_URL}}
    )
    call_command(command, interactive=False, verbosity=0)


def _move_into(root: Path, folder: Path) -> set[str]:
    """Put each file in its place in one step, the manifest last; return their paths in `root`."""
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    for name in sorted(names, key=lambda name: (name.name == _MANIFEST, name)):
        new, target = folder / name, root / name
        if target.is_file() and filecmp.cmp(new, target, shallow=False):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(new, target)
    return {name.as_posix() for name in names}


def _prune(root: Path, current: Iterable[str], today: date) -> None:
    """Note the day on which a file went out of use, and delete it `KEEP_DAYS` later."""
    record = Path(settings.VAR_DIR) / _RETIRED
    before = _read_retired(record)
    present = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    retired = {name: before.get(name, today) for name in sorted(present - set(current))}
    oldest = today - timedelta(days=KEEP_DAYS)
    for name in [name for name, since in retired.items() if since < oldest]:
        (root / name).unlink()
        del retired[name]
    temporary = record.with_suffix(".new")
    temporary.write_text(json.dumps({name: str(since) for name, since in retired.items()}))
    temporary.replace(record)


def _read_retired(record: Path) -> dict[str, date]:
    """The days by path; none where the record is missing or damaged, so that files stay longer."""
    try:
        days = json.loads(record.read_text())
        return {name: date.fromisoformat(day) for name, day in days.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _fingerprint() -> str:
    """A digest of path, size and modification time of every static source file."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
