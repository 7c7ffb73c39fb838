"""A backup that is made while members write holds one moment: whole transactions, row by row."""

import random
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from django.db import connection, transaction

from citations.models import Citation
from remedies_site.backups import services, sqlite_files
from tests.backups import use_programs_of_the_tests
from tests.counts import count
from tests.killed import KILLS, Site, end_well, start
from tests.servers import database_url

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = count(small=2, full=30)
BEFORE = 5
"""Transactions of each writer before the backup begins."""
BACK_UP = "call_command('backup', sys.argv[1], verbosity=0)"


class Writer(threading.Thread):
    """Writes two works in each transaction until it is told to stop."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.stop = threading.Event()
        self.committed = 0

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                with transaction.atomic():
                    for half in "ab":
                        Citation.objects.create(
                            key=f"{self.name}x{self.committed + 1:06}{half}", title=f"Half {half}",
                            url="https://example.org/", study_type="cohort",
                        )  # fmt: skip
                self.committed += 1
        finally:
            connection.close()

    def wait_for(self, number: int) -> None:
        end = time.monotonic() + 30
        while self.committed < number:
            assert time.monotonic() < end, "the writer does not come forward"
            time.sleep(0.01)


@pytest.fixture
def writers():
    writers = [Writer(f"Writer{number:02}") for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    yield writers
    for writer in writers:
        writer.stop.set()
    for writer in writers:
        writer.join()


def test_a_backup_under_writing_is_one_moment_row_by_row(writers, tmp_path, monkeypatch, settings):
    use_programs_of_the_tests(monkeypatch)
    monkeypatch.setattr(sqlite_files, "_PAGES", 20)
    monkeypatch.setattr(services, "_REPORT_SECONDS", 0)
    for writer in writers:
        writer.wait_for(BEFORE)
    before = {writer.name: writer.committed for writer in writers}
    backup = tmp_path / "copy"
    services.back_up(connection, backup, lambda _line: time.sleep(0.005))
    for writer in writers:
        writer.wait_for(before[writer.name] + BEFORE)  # they went on
        writer.stop.set()
        writer.join()
    site = restored(backup, tmp_path / "restored", monkeypatch, settings)
    live, rows = list(Citation.objects.values_list()), works_of(site)
    connection.close()
    keys = {row[1] for row in rows}
    for writer in writers:
        last = max(int(key[-7:-1]) for key in keys if key.startswith(writer.name))
        assert before[writer.name] <= last < writer.committed
        assert {key for key in keys if key.startswith(writer.name)} == pairs(writer, last)
    assert sorted(rows) == sorted(row for row in live if row[1] in keys)
    site.remove()


def test_a_backup_that_is_killed_under_writing_leaves_no_half_and_takes_no_write_away(
    writers, tmp_path, monkeypatch, settings
):
    use_programs_of_the_tests(monkeypatch)
    for writer in writers:
        writer.wait_for(BEFORE)
    begin = partial(start, database_url(), tmp_path, BACK_UP)
    seconds = end_well(begin(tmp_path / "undisturbed"))
    backups = [tmp_path / "undisturbed"]
    for number in range(KILLS):
        folder = tmp_path / f"copies{number}"
        folder.mkdir()
        killed = begin(folder / "monday")
        time.sleep(random.random() * seconds)
        killed.kill()
        killed.communicate()
        end_well(begin(folder / "tuesday"))
        names = {path.name for path in folder.iterdir()}
        assert names in ({"tuesday"}, {"monday", "tuesday"})
        backups += [folder / name for name in sorted(names)]
    for writer in writers:
        writer.stop.set()
        writer.join()
    kept = set(Citation.objects.values_list("key", flat=True))
    for writer in writers:
        assert pairs(writer, writer.committed) <= kept
    for number, backup in enumerate(backups):
        site = restored(backup, tmp_path / f"restored{number}", monkeypatch, settings)
        keys = {row[1] for row in works_of(site)}
        site.remove()
        for writer in writers:
            own = {key for key in keys if key.startswith(writer.name)}
            assert own == pairs(writer, len(own) // 2), backup
            assert len(own) >= 2 * BEFORE


def pairs(writer: Writer, number: int) -> set[str]:
    """The keys of so many of a writer's transactions."""
    return {f"{writer.name}x{n:06}{half}" for n in range(1, number + 1) for half in "ab"}


def restored(backup: Path, folder: Path, monkeypatch, settings) -> Site:
    site = Site(folder)
    settings.VAR_DIR = folder
    other = connection.copy()
    other.settings_dict["NAME"] = site.database
    services.restore_backup(other, backup, lambda _line: None)
    other.close()
    return site


def works_of(site: Site) -> list[tuple]:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = site.database
    try:
        return list(Citation.objects.values_list())
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
