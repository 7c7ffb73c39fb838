"""A file that only looks like a backup is refused at once, whatever lengths it claims."""

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from remedies_site.backups import CannotRestore
from remedies_site.backups.archives import DATABASE, MANIFEST, SUMS, open_archive

TEXT = b'{"format": 1, "made_at": "2026-01-01T00:00:00Z", "vendor": "sqlite", "rows": {}}'
CONTENT = b"content of a database"


class BoundedFile(io.BytesIO):
    """Takes no more than a few parts, so that a test of a loop without end comes to its end."""

    def write(self, content: bytes) -> int:
        assert len(self.getvalue()) < 10_000
        self.writes = getattr(self, "writes", 0) + 1
        assert self.writes < 10, "the archive has no end"
        return super().write(content)


def made_up(path: Path, sizes: dict[str, int]) -> Path:
    digests = (hashlib.sha256(TEXT).hexdigest(), hashlib.sha256(CONTENT).hexdigest())
    sums = f"{digests[0]}  {MANIFEST}\n{digests[1]}  {DATABASE}\n".encode()
    with path.open("wb") as file:
        for name, content in ((MANIFEST, TEXT), (SUMS, sums), (DATABASE, CONTENT)):
            info = tarfile.TarInfo(name)
            info.size = sizes.get(name, len(content))
            file.write(info.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % 512))
        file.write(bytes(1024))
    return path


def test_a_made_up_archive_with_honest_sizes_is_read(tmp_path):
    target = BoundedFile()
    with open_archive(made_up(tmp_path / "copy", {}), None) as archive:
        archive.copy_database(target, lambda _line: None)
    assert target.getvalue() == CONTENT


@pytest.mark.parametrize("name", [MANIFEST, SUMS, DATABASE])
def test_a_size_below_nothing_is_refused_before_anything_is_read(tmp_path, name):
    path = made_up(tmp_path / "copy", {name: -1024})
    with (
        pytest.raises(CannotRestore, match=f"{name} is not there"),
        open_archive(path, None) as archive,
    ):
        archive.copy_database(BoundedFile(), lambda _line: None)
