"""The file of a backup: a tar with manifest, checksums and database, written and read in one pass.

Plain copies (an SQLite file, a dump of pg_dump) are read too: earlier releases wrote them, and other
programs do. They have no manifest.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Protocol

from pydantic import BaseModel, ConfigDict, NonNegativeInt, StringConstraints, ValidationError

from remedies_site.backups import CannotRestore, ReportProgress
from remedies_site.backups.encryption import MAGIC, DecryptingReader, EncryptingWriter

FORMAT = 1
MANIFEST, SUMS, DATABASE = "manifest.json", "SHA256SUMS", "database"
_PLAIN = {b"SQLite format 3\0": "sqlite", b"PGDMP": "postgresql"}
_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_CHUNK = 1 << 20
_MOST_MANIFEST = 10_000_000

TableName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]+$")]


class Manifest(BaseModel):
    """What a backup says of itself: when it was made, of which kind of database, the rows of each table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: NonNegativeInt
    made_at: datetime
    vendor: str
    rows: dict[TableName, NonNegativeInt]


class _ByteSource(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _ByteSink(Protocol):
    def write(self, content: bytes, /) -> int: ...


def write_archive(
    target: IO[bytes],
    manifest: Manifest,
    database: Path,
    report_progress: ReportProgress,
    *,
    key: bytes | None = None,
) -> None:
    """Write the database's copy with its manifest to an open file, encrypted where there is a key."""
    text = json.dumps(manifest.model_dump(mode="json"), indent=1, sort_keys=True).encode()
    with database.open("rb") as copy:
        digest = hashlib.file_digest(copy, "sha256").hexdigest()
        sums = _sums(hashlib.sha256(text).hexdigest(), digest)
        copy.seek(0)
        writer: _ByteSink = EncryptingWriter(target, key) if key else target
        _put(writer, MANIFEST, io.BytesIO(text), len(text), manifest, lambda _line: None)
        _put(writer, SUMS, io.BytesIO(sums), len(sums), manifest, lambda _line: None)
        size = database.stat().st_size
        _put(writer, DATABASE, copy, size, manifest, report_progress)
        writer.write(_END)
        if isinstance(writer, EncryptingWriter):
            writer.finish()


def _sums(manifest: str, database: str) -> bytes:
    """As `sha256sum --check` reads them."""
    return f"{manifest}  {MANIFEST}\n{database}  {DATABASE}\n".encode()


def _put(
    writer: _ByteSink,
    name: str,
    content: IO[bytes],
    size: int,
    manifest: Manifest,
    report_progress: ReportProgress,
) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(manifest.made_at.timestamp())
    writer.write(info.tobuf(tarfile.GNU_FORMAT))
    written = 0
    while chunk := content.read(_CHUNK):
        writer.write(chunk)
        written += len(chunk)
        report_progress(f"{written // 1_000_000} of {size // 1_000_000} MB written …")
    if written != size:
        raise OSError(f"{name} changed while it was being read")
    writer.write(bytes(-size % _BLOCK))


class Archive:
    """A backup that is being read: its manifest, None for a plain copy, and its database."""

    def __init__(self, vendor: str, manifest: Manifest | None, content: Iterator[bytes]) -> None:
        self.vendor = vendor
        self.manifest = manifest
        self._content = content

    def copy_database(self, target: IO[bytes], report_progress: ReportProgress) -> None:
        """Write the database to an open file. Raises CannotRestore where the backup is not whole."""
        written = 0
        for chunk in self._content:
            target.write(chunk)
            written += len(chunk)
            report_progress(f"{written // 1_000_000} MB read …")

    def read_through(self, report_progress: ReportProgress) -> None:
        """Read the whole database and compare its checksum. Raises CannotRestore."""
        read = 0
        for chunk in self._content:
            read += len(chunk)
            report_progress(f"{read // 1_000_000} MB checked …")


@contextmanager
def open_archive(path: Path, key: bytes | None) -> Iterator[Archive]:
    """Open a backup, or a plain copy of a database. Raises CannotRestore with what is wrong with it.

    With a key only what was encrypted with it: whoever can write to the folder of backups but has no key
    could lay a database of their own there.
    """
    try:
        with path.open("rb") as file:
            begin = file.read(_BLOCK)
            file.seek(0)
            for magic, vendor in _PLAIN.items():
                if begin.startswith(magic):
                    _refuse_plain(key)
                    yield Archive(vendor, None, iter(lambda: file.read(_CHUNK), b""))
                    return
            yield _archive(_decrypted(file, begin, key))
    except CannotRestore as error:
        raise CannotRestore(f"{path}: {error}") from error
    except IsADirectoryError as error:
        raise CannotRestore(f"{path} is a folder") from error
    except FileNotFoundError as error:
        raise CannotRestore(f"{path} is not a file") from error


def _decrypted(file: IO[bytes], begin: bytes, key: bytes | None) -> _ByteSource:
    if begin.startswith(MAGIC):
        if key is None:
            raise CannotRestore("it is encrypted. Name the key with --key-file or BACKUP_KEY_FILE")
        return DecryptingReader(file, key)
    if not begin.startswith(MANIFEST.encode() + b"\0") and begin != MANIFEST.encode()[: len(begin)]:
        raise CannotRestore("it is no backup of this site")
    if not begin:
        raise CannotRestore("it is empty: no backup of this site")
    _refuse_plain(key)
    return file


def _refuse_plain(key: bytes | None) -> None:
    if key is not None:
        raise CannotRestore(
            "it is not encrypted, and a key was named: anybody may have written it. --plain restores it "
            "all the same"
        )


def _archive(reader: _ByteSource) -> Archive:
    text = _exactly(reader, _size(reader, MANIFEST, most=_MOST_MANIFEST))
    _exactly(reader, -len(text) % _BLOCK)
    sums = _exactly(reader, _size(reader, SUMS, most=_BLOCK))
    _exactly(reader, -len(sums) % _BLOCK)
    manifest_sum = hashlib.sha256(text).hexdigest()
    lines = sums.decode(errors="replace").split()
    if len(lines) != 4 or sums != _sums(manifest_sum, lines[2]):
        raise CannotRestore(
            "it is damaged: the manifest has another checksum than when it was written"
        )
    manifest = _manifest(text)
    return Archive(manifest.vendor, manifest, _database(reader, lines[2]))


def _manifest(text: bytes) -> Manifest:
    try:
        values = json.loads(text)
        if isinstance(values, dict) and values.get("format", 0) != FORMAT:
            raise CannotRestore(
                f"it was made by a newer release: its format is {values.get('format')}, and this release "
                f"reads {FORMAT}"
            )
        return Manifest.model_validate(values)
    except (ValueError, ValidationError) as error:
        raise CannotRestore("it is damaged: its manifest cannot be read") from error


def _database(reader: _ByteSource, expected: str) -> Iterator[bytes]:
    left = size = _size(reader, DATABASE)
    digest = hashlib.sha256()
    while left:
        chunk = _exactly(reader, min(left, _CHUNK))
        digest.update(chunk)
        left -= len(chunk)
        yield chunk
    if digest.hexdigest() != expected:
        raise CannotRestore(
            "it is damaged: the database has another checksum than when it was written"
        )
    _exactly(reader, -size % _BLOCK)
    if _exactly(reader, len(_END)) != _END or reader.read(1):
        raise CannotRestore("it is damaged: something follows after its end")


def _size(reader: _ByteSource, name: str, most: int | None = None) -> int:
    try:
        info = tarfile.TarInfo.frombuf(_exactly(reader, _BLOCK), "utf-8", "strict")
    except (tarfile.TarError, UnicodeError) as error:
        raise CannotRestore(f"it is damaged: {name} is not where it should be") from error
    if info.name != name or info.size < 0 or (most is not None and info.size > most):
        raise CannotRestore(f"it is damaged or no backup of this site: {name} is not there")
    return info.size


def _exactly(reader: _ByteSource, size: int) -> bytes:
    content = reader.read(size) if size else b""
    if len(content) < size:
        raise CannotRestore("it is cut off: its end is missing")
    return content
