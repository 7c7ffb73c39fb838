"""`make audit` fails where it could not look, and says so."""

import sys
from pathlib import Path

import pytest

from scripts import audit

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK = {
    "name": "pillow",
    "version": "1.0",
    "vulns": [
        {"id": "CVE-2026-1", "fix_versions": ["1.1", "2.0"]},
        {"id": "CVE-2026-2", "fix_versions": []},
    ],
}
SKIPPED = {"name": "nh3", "skip_reason": "Dependency not found on PyPI"}


def test_without_a_package_index_it_says_that_it_could_not_look(monkeypatch, capsys):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody listens there
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    assert audit.main() == audit.NOT_LOOKED
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("The audit could not look: pip-audit cannot be installed")
    assert line.endswith("Of weaknesses in the locked packages nothing is known.")


def auditor(folder: Path, *, prints: str, fails: str = "") -> Path:
    """A program in the place of pip-audit."""
    program = folder / "auditor"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nprint({prints!r})\nsys.exit({fails!r} or 0)\n"
    )
    program.chmod(0o755)
    return program


def test_an_auditor_that_has_nobody_to_ask_could_not_look(tmp_path):
    program = auditor(tmp_path, prints="", fails="ERROR: Could not connect to PyPI")
    with pytest.raises(audit.CouldNotLook, match=r"out of reach .*Could not connect to PyPI"):
        audit.ask(program, audit.REQUIREMENTS)


def test_what_the_auditor_prints_is_read(tmp_path):
    program = auditor(tmp_path, prints='{"dependencies": []}', fails="Found 1 vulnerability")
    assert audit.ask(program, audit.REQUIREMENTS) == {"dependencies": []}


@pytest.mark.parametrize("packages", [[], [SKIPPED], [SKIPPED, SKIPPED]])
def test_packages_that_nobody_was_asked_about_are_no_clean_bill(packages):
    with pytest.raises(audit.CouldNotLook, match=f"none of {len(packages)} packages"):
        audit.judge({"dependencies": packages})


def test_a_weakness_is_named_with_its_mending():
    lines, status = audit.judge({"dependencies": [CLEAN, WEAK, SKIPPED]})
    assert status == audit.WEAK
    assert lines == [
        "pillow 1.0: CVE-2026-1, mended in 1.1, 2.0",
        "pillow 1.0: CVE-2026-2, not mended in any release",
        "nh3 could not be looked up: Dependency not found on PyPI",
        "2 of 3 packages were looked up.",
    ]


def test_one_package_that_was_not_looked_up_fails_it():
    lines, status = audit.judge({"dependencies": [CLEAN, SKIPPED]})
    assert status == audit.NOT_LOOKED
    assert lines[-1] == "1 of 2 packages were looked up; they have no known weakness."


def test_all_looked_up_and_clean_is_success():
    lines, status = audit.judge({"dependencies": [CLEAN, CLEAN]})
    assert (lines, status) == (
        ["2 of 2 packages were looked up; they have no known weakness."],
        audit.CLEAN,
    )
