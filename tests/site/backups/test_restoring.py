"""A backup comes back row by row into an empty place, and an unfit one is refused before anything changes."""

import base64
import io
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from citations.models import Citation
from remedies_site.backups import archives, services
from remedies_site.backups.archives import Manifest, open_archive, write_archive
from tests.backups import database_of, use_programs_of_the_tests
from tests.counts import count
from tests.factories import make_entry, make_user
from tests.killed import Site, assert_alike, check_untouched

pytestmark = pytest.mark.django_db(transaction=True)
RESTORE = "call_command('restore', sys.argv[1], replace=True)"


@pytest.fixture(autouse=True)
def _programs(monkeypatch) -> None:
    use_programs_of_the_tests(monkeypatch)


@dataclass
class Room:
    """A site whose database the commands of a test work on, and a folder for backups."""

    folder: Path
    site: Site
    monkeypatch: pytest.MonkeyPatch

    def work_on(self, site: Site) -> None:
        connection.close()
        self.site = site
        self.monkeypatch.setitem(connection.settings_dict, "NAME", site.database)

    @contextmanager
    def empty_place(self) -> Iterator[Site]:
        before, empty = self.site, Site(self.folder / "empty")
        self.work_on(empty)
        yield empty
        self.work_on(before)
        empty.remove()


@pytest.fixture
def room(tmp_path, monkeypatch, settings) -> Iterator[Room]:
    make_user(name="ana")
    make_entry()
    name = str(connection.settings_dict["NAME"])
    connection.close()
    (tmp_path / "backups").mkdir()
    site = Site(tmp_path / "site", copy_of=name)
    settings.VAR_DIR = site.folder
    with monkeypatch.context() as patch:
        room = Room(tmp_path, site, patch)
        room.work_on(site)
        yield room
        connection.close()
    site.remove()


@pytest.fixture
def backup(room) -> Path:
    call_command("backup", room.folder / "backups" / "copy", verbosity=0)
    connection.close()
    return room.folder / "backups" / "copy"


@pytest.fixture
def key_file(tmp_path) -> Path:
    return make_key(tmp_path / "key")


def make_key(path: Path, byte: bytes = b"k") -> Path:
    path.write_bytes(base64.b64encode(byte * 32))
    path.chmod(0o600)
    return path


def names() -> list[str]:
    names = sorted(User.objects.values_list("name", flat=True))
    connection.close()
    return names


def restore_error(*arguments: object, **options: object) -> str:
    with pytest.raises(CommandError) as error:
        call_command("restore", *arguments, **options)
    return str(error.value)


def test_a_backup_comes_back_row_by_row_and_says_what_to_do_next(room, backup, capsys):
    expected = room.site.dump()
    with room.empty_place() as empty:
        call_command("restore", backup)
        assert_alike(empty.dump(), expected, "restored")
    printed = capsys.readouterr().out
    assert "Run `manage.py prepare`" in printed
    assert re.search(r"`member_erased` and `consent_withdrawn` after 20\d\d-\d\d-\d\d", printed)


def test_an_encrypted_backup_holds_nothing_readable_and_comes_back(room, key_file, settings):
    settings.BACKUP_KEY_FILE = key_file
    expected = room.site.dump()
    backup = room.folder / "backups" / "sealed"
    call_command("backup", backup, encrypt=True, verbosity=0)
    assert b"accounts_user" not in backup.read_bytes()
    assert [path.name for path in backup.parent.iterdir()] == ["sealed"]
    assert not list(room.site.folder.glob(".*backup*"))
    with room.empty_place() as empty:
        call_command("restore", backup)
        assert_alike(empty.dump(), expected, "restored")


def test_encrypting_wants_a_key_from_a_file(room, key_file):
    for options, reason in (
        ({"encrypt": True}, "--encrypt wants a key"),
        ({"key_file": key_file}, "--key-file is for --encrypt"),
        ({"encrypt": True, "key_file": room.folder / "nowhere"}, "cannot be read"),
    ):
        with pytest.raises(CommandError, match=reason):
            call_command("backup", room.folder / "backups" / "copy", **options)
    assert list((room.folder / "backups").iterdir()) == []


def test_a_backup_can_be_opened_by_hand(room, backup, tmp_path):
    with tarfile.open(backup) as tar:
        assert tar.getnames() == ["manifest.json", "SHA256SUMS", "database"]
        assert b'"accounts_user": 1' in tar.extractfile("manifest.json").read()
        assert tar.extractfile("database").read(5) in (b"SQLit", b"PGDMP")


def test_the_plain_copies_of_earlier_releases_come_back_too(room, backup):
    plain = database_of(backup, room.folder)
    User.objects.update(name="changed")
    call_command("restore", plain, replace=True)
    assert names() == ["ana"]


def test_content_is_overwritten_only_where_that_is_said(room, backup):
    User.objects.update(name="changed")
    assert "there is content in" in restore_error(backup)
    assert names() == ["changed"]
    call_command("restore", backup, replace=True)
    assert names() == ["ana"]


def test_what_is_something_else_is_not_overwritten_without_a_word(room, backup):
    with room.empty_place():
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE notes (body TEXT)")
        assert "--replace overwrites it" in restore_error(backup)


def test_tables_that_only_a_newer_release_has_are_gone_after_a_restore(room, backup):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_tomorrow (body TEXT)")
    call_command("restore", backup, replace=True)
    assert "of_tomorrow" not in connection.introspection.table_names()


# ---- unfit backups -----------------------------------------------------------------------------


def cut(part: float) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * part)])

    return spoil


def cut_last_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def flip(place: int) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[place] ^= 4
        path.write_bytes(content)

    return spoil


def replace_by_another_tar(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo("manifest.json")
        info.size = 2
        tar.addfile(info, io.BytesIO(b"{}"))
        tar.addfile(tarfile.TarInfo("notes"))


def write_again(path: Path, **changes: object) -> None:
    """The same database with another manifest, as a program that means it would write it."""
    database = database_of(path, path.parent)
    with open_archive(path, None) as archive:
        manifest = archive.manifest.model_copy(update=changes)
    with path.open("wb") as file:
        write_archive(file, manifest, database, lambda _line: None)
    database.unlink()


def count_wrongly(path: Path) -> None:
    with open_archive(path, None) as archive:
        rows = dict(archive.manifest.rows)
    write_again(path, rows=rows | {"accounts_user": 7})


def of_the_other_kind(path: Path) -> None:
    write_again(path, vendor="postgresql" if connection.vendor == "sqlite" else "sqlite")


SPOILS = [
    (cut(0.5), "is cut off"),
    (cut_last_byte, "is cut off"),
    (cut(0.0001), "is cut off"),
    (append, "something follows after its end"),
    (flip(700), "is damaged"),  # in the manifest
    (flip(-100_000), "the database has another checksum"),
    (replace_by_another_tar, "is damaged"),
    (lambda path: path.write_text("PK" * 5000), "is no backup of this site"),
    (lambda path: path.write_bytes(b""), "is empty"),
    (lambda path: write_again(path, format=archives.FORMAT + 1), "by a newer release"),
    (count_wrongly, "accounts_user has"),
    (of_the_other_kind, "and DATABASE_URL names"),
    (Path.unlink, "is not a file"),
    (lambda path: (path.unlink(), path.mkdir()), "is a folder"),
]


def test_an_unfit_backup_is_refused_with_its_reason_and_changes_nothing(room, backup):
    User.objects.update(name="changed")
    connection.close()
    for number, (spoil, reason) in enumerate(SPOILS):
        spoiled = backup.with_name(f"spoiled{number}")
        shutil.copy(backup, spoiled)
        spoil(spoiled)
        assert reason in restore_error(spoiled, replace=True), number
        assert names() == ["changed"], number
        assert not list(room.site.folder.glob(".*backup*")), number


def test_a_backup_of_a_newer_release_is_refused_with_what_it_has(room):
    record = "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_x', %s)"
    with connection.cursor() as cursor:
        cursor.execute(record, ["2026-01-01 00:00:00+00:00"])
    backup = room.folder / "backups" / "copy"
    call_command("backup", backup, verbosity=0)
    assert "by a newer release: it has accounts.9999_x" in restore_error(backup, replace=True)


def test_an_encrypted_backup_wants_its_key(room, key_file):
    backup = room.folder / "backups" / "sealed"
    call_command("backup", backup, encrypt=True, key_file=key_file, verbosity=0)
    other = make_key(room.folder / "other", b"o")
    assert "it is encrypted. Name the key" in restore_error(backup, replace=True)
    assert "with another key" in restore_error(backup, replace=True, key_file=other)
    backup.write_bytes(backup.read_bytes()[:-20])
    assert "damaged or cut off" in restore_error(backup, replace=True, key_file=key_file)
    assert names() == ["ana"]


def test_a_plain_file_is_refused_where_a_key_is_named_since_anybody_may_have_laid_it_there(
    room, backup, key_file, settings
):
    settings.BACKUP_KEY_FILE = key_file
    User.objects.update(name="changed")
    reason = "it is not encrypted, and a key was named"
    for planted in (backup, database_of(backup, room.folder)):
        assert reason in restore_error(planted, replace=True)
        assert reason in restore_error(planted, replace=True, key_file=key_file)
        with pytest.raises(CommandError, match=reason):
            call_command("restore_drill", planted)
    assert names() == ["changed"]
    call_command("restore_drill", backup, plain=True)
    call_command("restore", backup, plain=True, replace=True)
    assert names() == ["ana"]


def test_a_table_whose_name_cannot_be_queried_is_a_reason_and_no_traceback(room, backup):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts the rows of its own tables by their quoted names.")
    database = database_of(backup, room.folder)
    with closing(sqlite3.connect(database)) as copy:
        copy.execute('CREATE TABLE "a""b" (body TEXT)')
    with open_archive(backup, None) as archive:
        manifest = archive.manifest
    with backup.open("wb") as file:
        write_archive(file, manifest, database, lambda _line: None)
    assert "unrecognized token" in restore_error(backup, replace=True)
    with pytest.raises(CommandError, match="unrecognized token"):
        call_command("restore_drill", backup)


def test_a_restore_that_is_killed_leaves_the_database_as_it_was_or_restored_whole(room, backup):
    Citation.objects.bulk_create(
        Citation(key=f"Copied{n}", title="A study", url="https://example.org/", study_type="cohort")
        for n in range(count(small=300, full=5_000))
    )
    connection.close()
    check_untouched(room.site, RESTORE, backup, or_done=True)


# ---- drills ------------------------------------------------------------------------------------


def test_a_drill_restores_the_last_backup_elsewhere_and_says_how_long_it_took(room, backup, capsys):
    User.objects.update(name="changed")
    call_command("restore_drill")
    assert re.search(
        r"copy can be restored: \d+ rows in \d+ tables, as its manifest counts\. It took \d+\.\d seconds",
        capsys.readouterr().out,
    )
    assert names() == ["changed"]
    assert not (room.site.folder / ".restore-drill").exists()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE '%%drill'")
            assert cursor.fetchall() == []


def test_a_drill_with_a_folder_takes_its_newest_backup(room, capsys):
    folder = room.folder / "backups"
    (folder / "remedies-2020-01-01T000000Z.backup").write_text("old")
    call_command("backup", folder, verbosity=0)
    call_command("restore_drill", folder)
    assert "can be restored" in capsys.readouterr().out


def test_a_drill_fails_where_the_backup_is_damaged_or_not_there(room, backup):
    cut(0.5)(backup)
    for place, reason in (
        (backup, "is cut off"),
        (room.folder, "no backup in"),
        (room.folder / "nowhere", "is not a file"),
    ):
        with pytest.raises(CommandError, match=reason):
            call_command("restore_drill", place)
    (room.site.folder / "last-backup.json").unlink()
    with pytest.raises(CommandError, match="knows of no backup"):
        call_command("restore_drill")


def test_two_restores_do_not_work_in_one_folder_at_once(room, backup):
    with services._work_in(room.site.folder):
        assert "another backup or restore is at work" in restore_error(backup, replace=True)


def test_a_manifest_names_no_table_that_could_be_read_as_sql():
    with pytest.raises(ValueError, match="should match pattern"):
        Manifest.model_validate(
            {"format": 1, "made_at": "2026-01-01T00:00:00Z", "vendor": "sqlite",
             "rows": {'x"; DROP TABLE y': 1}}
        )  # fmt: skip
