"""Retired names stay out of identifiers; docs/glossary.md has the words that are used instead."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["root_packages"]

# Retired word to the word of Django, HTTP, GRADE or medicine that stands in its place.
RETIRED = {
    "asked": "query",
    "desk": "admin",
    "faults": "errors",
    "fault": "error",
    "lived": "populated",
    "refusal": "error",
    "told": "message",
    "unready": "publish_errors",
    "unseen": "visibility",
    "upkeep": "index",
}
WHOLE = {
    "BadInput": "InvalidInput",
    "NotAllowed": "NotPermitted",
    "TooMany": "RateLimited",
    "Refused": "ServiceError",
    "see_other": "redirect_after_post",
    "make_world": "seed_demo",
    "moved_or_404": "redirect_or_404",
    "Parted": "Partition",
    "Piece": "Fragment",
    "OldAddress": "Redirect",
}
# The old name of a command stays for those who type it.
KEPT = {"workbench/management/commands/make_world.py"}


def identifiers(path: Path) -> Iterator[tuple[int, str]]:
    """Every name that a module defines or uses, with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Name():
                yield node.lineno, node.id
            case ast.Attribute():
                yield node.lineno, node.attr
            case ast.arg():
                yield node.lineno, node.arg
            case ast.FunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.keyword(arg=str(name)):
                yield node.value.lineno, name
            case ast.alias():
                yield node.lineno, node.name.rpartition(".")[2]


def parts(name: str) -> set[str]:
    """`fault_lines` and `FaultLines` as fault and lines."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {part.lower() for part in spaced.split("_") if part}


def retired(name: str) -> str:
    """The word to use instead; empty where the name is fine."""
    if name in WHOLE:
        return WHOLE[name]
    return next((RETIRED[part] for part in parts(name) if part in RETIRED), "")


def modules() -> list[Path]:
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [
        path
        for path in paths
        if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in KEPT
    ]


def test_retired_names_stay_out_of_identifiers():
    assert len(modules()) > 200
    found = {
        f"{path.relative_to(ROOT)}:{line}: {name}: say {instead}"
        for path in modules()
        for line, name in [*identifiers(path), (1, path.stem)]
        if (instead := retired(name))
    }
    assert sorted(found) == []


def test_a_retired_name_is_found_in_every_kind_of_identifier(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        "from a import told\n"
        "class DeskForm:\n"
        "    def unseen(self, fault, *, x=None):\n"
        "        refusal = self.asked\n"
        "        call(faults=1)\n"
    )
    names = {name for _line, name in identifiers(module) if retired(name)}
    assert names == {"told", "DeskForm", "unseen", "fault", "refusal", "asked", "faults"}


def test_only_whole_words_are_retired():
    assert [name for name in ("default", "basket", "masked") if retired(name)] == []
