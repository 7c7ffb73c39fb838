"""The list of events in docs/security.md is the list of those that the program logs."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["root_packages"]
LOGGING = {"log_event", "_log"}
"""The function, and helpers that pass a name on to it."""


def name_in(node: ast.Call) -> ast.expr | None:
    """What a call logs: `log_event(NAME, …)`, `self._log(NAME, …)` or `partial(log_event, NAME, …)`."""
    called, *passed = [
        getattr(each, "attr", getattr(each, "id", "")) for each in (node.func, *node.args)
    ]
    if called in LOGGING and passed:
        return node.args[0]
    return node.args[1] if passed[:1] == ["log_event"] else None


def logged_in(source: str) -> Iterator[str]:
    """The names that the calls log, both of them where there is an `if` between."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := name_in(node)) is not None:
            for part in ast.walk(name):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


@cache
def logged() -> set[str]:
    return {
        name
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for name in logged_in(path.read_text(encoding="utf-8"))
    }


def documented() -> set[str]:
    """The names in code between the words that begin the list and those that end it."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"The logger `remedies\.events` has (.*?): people by their", page, re.S)
    return set(re.findall(r"`([a-z_]+)`", text))


def test_names_are_found_however_they_are_passed_on():
    source = "log_event('a' if x else 'b', actor=1)\nself._log(\n'c', row)\nother('x')\npartial(log_event, 'd')"
    assert set(logged_in(source)) == {"a", "b", "c", "d"}
    assert len(logged()) > 50


def test_every_event_that_is_logged_is_in_the_list_and_no_other():
    assert logged() - documented() == set(), "docs/security.md, “What is logged”, lacks these"
    assert documented() - logged() == set(), "nothing logs these any more"
