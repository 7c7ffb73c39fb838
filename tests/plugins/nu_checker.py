"""The Nu HTML checker, from its package: fetched once, held to a digest, run with the machine's Java."""

import base64
import hashlib
import json
import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.plugins.databases import Unavailable

PACKAGE = "vnu-jar"
VERSION = "26.9.27"
DIGEST = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
"""SHA-512 of the package, in base64 as its registry states it. Change it with the version."""

_INSIDE = "package/build/dist/vnu.jar"
_KEPT = Path(__file__).resolve().parents[2] / ".venv" / ".cache" / f"vnu-{VERSION}.jar"


@dataclass(frozen=True)
class Fault:
    """What the checker says of one place."""

    file: str
    line: int | None
    message: str
    extract: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message}  {' '.join(self.extract.split())}"


def check(files: Iterable[Path], *, css: bool = False) -> list[Fault]:
    """Everything that the checker finds wrong, or warns of, in these files."""
    java, jar = ensure()
    command = [java, "-Xss2m", "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json"]
    command += ["--css"] if css else []
    done = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, timeout=300, check=True
    )
    return [
        Fault(
            Path(message.get("url", "")).name,
            message.get("lastLine"),
            message["message"],
            message.get("extract", ""),
        )
        for message in json.loads(done.stdout)["messages"]
    ]


def ensure() -> tuple[str, str]:
    """A Java that runs and the checker's program, after fetching what is missing."""
    java = _java() or _install_java()
    if java is None:
        raise Unavailable(
            "No Java for the HTML checker: none is on this machine and none could be installed; "
            "install a Java runtime of version 17 or later, or name the program with JAVA."
        )
    if not _KEPT.exists():
        _fetch()
    return java, str(_KEPT)


def _java() -> str | None:
    candidates = [os.environ.get("JAVA"), shutil.which("java")]
    return next((path for path in candidates if path and _runs([path, "-version"])), None)


def _install_java() -> str | None:
    if platform.system() == "Linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing a Java runtime with apt-get …", flush=True)
        _runs(["apt-get", "update"], seconds=180)
        packages = ["default-jre-headless"]
        _runs(["apt-get", "install", "-y", "--no-install-recommends", *packages], seconds=900)
    return _java()


def _fetch() -> None:
    """Take the package by npm, which knows the machine's registry; refuse any other bytes."""
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable("No HTML checker: npm is needed once, to fetch its package; install npm.")
    print(f"Fetching {PACKAGE} {VERSION} …", flush=True)
    with tempfile.TemporaryDirectory() as room:
        if not _runs([npm, "pack", f"{PACKAGE}@{VERSION}", "--silent"], seconds=300, folder=room):
            raise Unavailable(f"No HTML checker: npm could not fetch {PACKAGE} {VERSION}.")
        package = next(Path(room).glob("*.tgz"))
        found = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
        if found != DIGEST:
            raise Unavailable(
                f"No HTML checker: the package {PACKAGE} {VERSION} is not the one we know."
            )
        with tarfile.open(package) as archive:
            program = archive.extractfile(_INSIDE)
            assert program is not None
            _KEPT.parent.mkdir(parents=True, exist_ok=True)
            unfinished = _KEPT.with_suffix(".new")
            unfinished.write_bytes(program.read())
            unfinished.replace(_KEPT)


def _runs(command: list[str], *, seconds: int = 60, folder: str | None = None) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            cwd=folder,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
