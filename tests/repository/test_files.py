"""Rules about the files of this repository as a whole."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))

# Written in two parts, so that these rules do not find themselves.
MACHINE_PATHS = re.compile(r"(?<![\w.:/])/(?:wo" r"rk|ro" r"ot|ho" r"me/\w+|Us" r"ers/\w+)(?:/|\b)")
REGISTRIES = re.compile(
    r"files\.python" r"hosted\.org|py" r"pi\.org|test\.py" r"pi|registry\.np" r"mjs|deb\.deb" r"ian"
)  # fmt: skip
LOCK_FILES = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"}


def committed_files() -> list[Path]:
    """Everything that is in git or would be added to it; without git, nothing can be said."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    paths = [path for name in names if name and (path := ROOT / name).is_file()]
    assert len(paths) > 500
    return paths


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed_files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    return found


def test_the_files_of_the_repository_are_found():
    """The rules below hold of an empty list too."""
    names = {str(path.relative_to(ROOT)) for path in committed_files()}
    assert len(names) > 500
    assert {"README.md", "pyproject.toml", "tests/repository/test_files.py"} <= names
    assert [path.name for path in REQUIREMENTS] == ["dev.txt", "runtime.txt"]
    assert lines_with(re.compile("The rules below " + "hold of an empty list too")) != []


@pytest.mark.parametrize(
    "line", ["/ro" "ot/site", "see /ho" "me/ana/site.py", "'/Us" "ers/ana'", "/wo" "rk/main"]
)  # fmt: skip
def test_a_path_of_a_single_machine_is_seen(line):
    assert MACHINE_PATHS.search(line)


@pytest.mark.parametrize("line", ["https://example.org/root/", "/home/", "the/work/of"])
def test_other_paths_are_left_alone(line):
    assert not MACHINE_PATHS.search(line)


@pytest.mark.parametrize(
    "line", ["https://py" "pi.org/simple", "https://registry.np" "mjs.org/a", "files.python" "hosted.org"]
)  # fmt: skip
def test_an_address_of_a_registry_is_seen(line):
    assert REGISTRIES.search(line)


def test_no_path_of_a_single_machine():
    assert lines_with(MACHINE_PATHS) == []


def test_no_address_of_a_package_registry():
    assert lines_with(REGISTRIES) == []


def test_a_path_of_a_machine_and_a_registry_are_recognised():
    assert MACHINE_PATHS.search("see /{}/ana/notes".format("home"))
    assert REGISTRIES.search("https://{}.org/simple".format("pypi"))
    assert lines_with(re.compile(r"^MACHINE_PATHS = ")) != []


def test_no_lock_file_that_holds_addresses():
    names = {path.name for path in committed_files()}
    assert not names & LOCK_FILES
    assert not [name for name in names if name.startswith("pylock")]


def test_there_are_two_files_of_requirements():
    assert [path.name for path in REQUIREMENTS] == ["dev.txt", "runtime.txt"]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes_and_no_address(path):
    text = path.read_text(encoding="utf-8")
    pins = re.findall(r"^[A-Za-z0-9][^\n]*(?:\n +--hash=sha256:[0-9a-f]{64}[^\n]*)+", text, re.M)
    names = re.findall(r"^[A-Za-z0-9].*$", text, re.M)
    assert len(pins) == len(names) > 10
    assert all("==" in name for name in names)
    assert "://" not in text


def test_the_locked_versions_agree():
    runtime, dev = (
        set(re.findall(r"^[A-Za-z0-9]\S*==\S+", (ROOT / "requirements" / name).read_text(), re.M))
        for name in ("runtime.txt", "dev.txt")
    )
    assert len(runtime) > 10
    assert runtime < dev


def test_every_dependency_is_locked_and_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    locked = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8").lower()
    named = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    assert len(named) > 20
    for requirement in named:
        line = next(line for line in text.splitlines() if f'"{requirement}"' in line)
        assert re.search(r'",\s+# \w.{10,}', line), f"{requirement} needs a reason beside it"
        name = re.match(r"[A-Za-z0-9-]+", requirement)[0].lower()
        assert f"\n{name}==" in f"\n{locked}", f"{requirement} is not locked: run make lock"
