"""The files of an uploaded zip archive: bounded, and none of them with a path of its own choice."""

import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from remedies_site.exceptions import InvalidInput

MAX_ARCHIVE_BYTES = 20_000_000
MAX_BYTES = 40_000_000
"""What all files of an archive may unfold to."""
MAX_FILES = 2_000
_CHUNK = 65_536


def read_archive(file: IO[bytes], endings: tuple[str, ...]) -> dict[str, bytes]:
    """The archive's files with one of the endings, by path, without a folder that holds all of them.

    Sizes are counted while files unfold, whatever the archive says of itself. Raises InvalidInput.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = [one for one in archive.infolist() if not _is_ignored(one)]
            if len(members) > MAX_FILES:
                raise InvalidInput(_("The archive holds too many files."))
            paths = [_safe_path(one.filename, endings) for one in members]
            files, left = {}, MAX_BYTES
            for path, member in zip(paths, members, strict=True):
                if path in files:
                    raise InvalidInput(_("The archive holds %(path)s twice.") % {"path": path})
                files[path] = _unfold(archive, member, left)
                left -= len(files[path])
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise InvalidInput(_("This is no zip archive that can be read.")) from error
    return _without_common_folder(files)


def _is_ignored(member: zipfile.ZipInfo) -> bool:
    """Folders, and what systems add to archives of their own."""
    name = PurePosixPath(member.filename)
    return member.is_dir() or "__MACOSX" in name.parts or name.name in {".DS_Store", "Thumbs.db"}


def _safe_path(name: str, endings: tuple[str, ...]) -> str:
    path = PurePosixPath(name)
    is_odd = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
    if is_odd or len(path.parts) > 4:
        raise InvalidInput(_("The archive names a path outside itself: %(path)r.") % {"path": name})
    if path.suffix.lower() not in endings:
        wanted = ", ".join(endings)
        raise InvalidInput(
            _("%(path)s does not belong in a pack; its files end in %(wanted)s.")
            % {"path": name, "wanted": wanted}
        )
    return str(path)


def _unfold(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    parts = []
    with archive.open(member) as opened:
        while part := opened.read(_CHUNK):
            left -= len(part)
            if left < 0:
                limit = MAX_BYTES // 1_000_000
                raise InvalidInput(
                    _("The archive unfolds to more than %(limit)d MB.") % {"limit": limit}
                )
            parts.append(part)
    return b"".join(parts)


def _without_common_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """A zipped folder has its name before every path."""
    tops = {path.partition("/")[0] for path in files}
    if len(tops) != 1 or not all("/" in path for path in files):
        return files
    if tops == {"remedies"}:
        return files
    return {path.partition("/")[2]: content for path, content in files.items()}
