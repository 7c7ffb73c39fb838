"""Which backups of a folder stay: the newest, and never only damaged ones."""

import errno
import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from remedies_site.backups import services
from remedies_site.backups.retention import backups_in, delete_old, file_name
from tests.backups import use_programs_of_the_tests

NOW = datetime(2026, 5, 17, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _programs(monkeypatch) -> None:
    use_programs_of_the_tests(monkeypatch)


@pytest.fixture
def folder(tmp_path):
    """Backups of five days, and a file that is none."""
    for days in range(5):
        (tmp_path / file_name(NOW - timedelta(days))).write_text("x")
    (tmp_path / "notes.backup").write_text("mine")
    return tmp_path


def test_the_newest_stay_and_files_of_other_names_too(folder):
    first, second, *older = backups_in(folder)
    assert delete_old(folder, keep=2, newest=first) == older
    assert backups_in(folder) == [first, second]
    assert (folder / "notes.backup").exists()


@pytest.mark.parametrize("keep", [1, 2, 5, 9])
def test_as_many_stay_as_were_asked_for(folder, keep):
    delete_old(folder, keep=keep, newest=backups_in(folder)[0])
    assert len(backups_in(folder)) == min(keep, 5)


def test_the_one_that_was_just_made_stays_though_a_wrong_clock_named_others_later(folder):
    made = backups_in(folder)[-1]
    delete_old(folder, keep=1, newest=made)
    assert backups_in(folder) == [made]


@pytest.mark.django_db(transaction=True)
def test_a_backup_into_a_folder_is_named_by_its_time_and_takes_the_old_ones_away(folder):
    call_command("backup", folder, keep=3, verbosity=0)
    newest, *others = backups_in(folder)
    assert newest.stat().st_size > 1000
    assert len(others) == 2


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_failed_takes_no_old_one_away(folder, monkeypatch):
    def no_space(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = backups_in(folder)
    monkeypatch.setattr(services.os, "fsync", no_space)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", folder, keep=1)
    assert backups_in(folder) == before


def test_a_number_to_keep_wants_a_folder(tmp_path):
    with pytest.raises(CommandError, match="--keep wants a folder"):
        call_command("backup", tmp_path / "file", keep=3)
    with pytest.raises(CommandError, match="--keep wants a folder"):
        call_command("backup", tmp_path, keep=0)
