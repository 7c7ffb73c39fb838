"""The contract that nobody imports the workbench: it covers every package, and it fails when broken."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
PACKAGES = SETTINGS["importlinter"]["root_packages"]
CONTRACT = "workbench-on-top"


@pytest.fixture(scope="module")
def copied_packages(tmp_path_factory) -> Path:
    """The packages in a folder of their own, where a module may be added."""
    folder = tmp_path_factory.mktemp("packages")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    options = ["--no-cache", "--no-logo", "--contract", CONTRACT]
    return subprocess.run(
        [sys.executable, "-c", command, *options],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_contract_covers_every_other_package():
    contracts = SETTINGS["importlinter"]["contracts"]
    contract = next(each for each in contracts if each.get("id") == CONTRACT)
    assert contract["forbidden_modules"] == ["workbench"]
    assert {"workbench", *contract["source_modules"]} == set(PACKAGES)


def test_an_import_of_the_workbench_breaks_the_contract(copied_packages):
    assert lint(copied_packages).returncode == 0
    violation = copied_packages / "accounts" / "violation.py"
    violation.write_text(
        "def size():\n    from workbench.demo.sizes import Sizes\n\n    return Sizes\n"
    )
    broken = lint(copied_packages)
    assert broken.returncode == 1
    assert "accounts.violation -> workbench.demo.sizes" in broken.stdout
