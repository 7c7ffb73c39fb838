"""`make audit`: known weaknesses of the locked packages, as pip-audit finds them.

Where it could not look it says so and fails. pip-audit itself says “No known vulnerabilities found” of
packages that it could ask nobody about; here each of those is named.

Exits with 0 where every package was looked up and none has a known weakness, with 1 where one has, with 2
where something could not be looked up.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "runtime.txt"
CLEAN, WEAK, NOT_LOOKED = 0, 1, 2
_SECONDS = 600
_NOTHING_KNOWN = "Of weaknesses in the locked packages nothing is known."


class CouldNotLook(Exception):
    """The sentence that says why."""


def main() -> int:
    """Audit the packages and print what came of it."""
    # In an environment of its own, thrown away after: the auditor is not audited with us.
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        try:
            auditor = install_auditor(room)
            lines, status = judge(ask(auditor, REQUIREMENTS))
        except CouldNotLook as error:
            lines, status = [f"{error} {_NOTHING_KNOWN}"], NOT_LOOKED
    print("\n".join(lines))
    return status


def install_auditor(room: Path) -> Path:
    """The program pip-audit, newly installed. Raises CouldNotLook."""
    _run([sys.executable, "-m", "venv", "--without-pip", str(room)])
    python = room / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    done = _run([*pip, "--disable-pip-version-check", "--retries", "1", "pip-audit"])
    if done.returncode:
        raise CouldNotLook(
            "The audit could not look: pip-audit cannot be installed, the package index is out of reach "
            f"({_last_line(done.stderr)})."
        )
    return python.with_name("pip-audit")


def ask(auditor: Path, requirements: Path) -> dict[str, Any]:
    """What the auditor says of each package. Raises CouldNotLook."""
    options = ["--disable-pip", "--require-hashes", "--format=json", "--progress-spinner=off"]
    done = _run([str(auditor), *options, "--requirement", str(requirements)])
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise CouldNotLook(
            "The audit could not look: the list of weaknesses is out of reach "
            f"({_last_line(done.stderr)})."
        ) from None
    return answer


def judge(answer: dict[str, Any]) -> tuple[list[str], int]:
    """Lines for a person, and the exit status. Raises CouldNotLook where no package was looked up."""
    packages = answer.get("dependencies", [])
    skipped = [package for package in packages if "skip_reason" in package]
    if len(skipped) == len(packages):
        reason = f" ({skipped[0]['skip_reason']})" if skipped else ""
        raise CouldNotLook(
            f"The audit could not look: none of {len(packages)} packages was found in the list of "
            f"weaknesses, which may be out of reach{reason}."
        )
    lines = [
        f"{package['name']} {package['version']}: {weakness['id']}, {_mended(weakness)}"
        for package in packages
        for weakness in package.get("vulns", [])
    ]
    status = WEAK if lines else CLEAN
    for package in skipped:
        lines.append(f"{package['name']} could not be looked up: {package['skip_reason']}")
        status = status or NOT_LOOKED
    looked_up = len(packages) - len(skipped)
    known = "" if status == WEAK else "; they have no known weakness"
    return [*lines, f"{looked_up} of {len(packages)} packages were looked up{known}."], status


def _mended(weakness: dict[str, Any]) -> str:
    versions = ", ".join(weakness.get("fix_versions", []))
    return f"mended in {versions}" if versions else "not mended in any release"


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise CouldNotLook(
            f"The audit could not look: no answer within {_SECONDS // 60} minutes."
        ) from None


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


if __name__ == "__main__":
    sys.exit(main())
