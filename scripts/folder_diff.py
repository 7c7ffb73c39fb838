"""What differs between two folders of text files, with equal changes told once."""

import difflib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

MOST_WORDS = 1_000
"""In a change that is compared word by word."""


def files_below(folder: Path) -> dict[str, Path]:
    """Every file by its path from the folder."""
    return {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}


def changed_lines(before: Path, after: Path, around: int = 0) -> tuple[str, ...]:
    """A unified diff with so many lines around each change, without its two heading lines."""
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (before, after))
    return tuple(difflib.unified_diff(old, new, n=around, lineterm=""))[2:]


def changed_words(lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The words taken out and put in, without those that stay on a changed line: the same for one
    edit of a template, whatever name stands beside it. Long changes are their lines."""
    old, new = (
        [word for line in lines if line.startswith(sign) for word in line[1:].split()]
        for sign in ("-", "+")
    )
    if len(old) + len(new) > MOST_WORDS or not old + new:
        return (tuple(line for line in lines if not line.startswith("@@")),)
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    parts = [(old[a:b], new[c:d]) for step, a, b, c, d in steps if step != "equal"]
    return tuple(tuple(words) for part in parts for words in part)


def differences(before: Path, after: Path) -> list[list[str]]:
    """Names of the files that differ or are in one folder only, the most frequent change first.

    Files of one group differ in the same words: one edit of a template is one group.
    """
    old, new = files_below(before), files_below(after)
    groups: dict[object, list[str]] = defaultdict(list)
    for name in sorted(old.keys() | new.keys()):
        if name not in old or name not in new:
            groups[name in old].append(name)
        elif old[name].read_bytes() != new[name].read_bytes():
            groups[changed_words(changed_lines(old[name], new[name]))].append(name)
    return sorted(groups.values(), key=len, reverse=True)


def shortened(lines: Sequence[str], most: int) -> Iterator[str]:
    """The first lines, and how many more there are."""
    yield from lines[:most]
    if len(lines) > most:
        yield f"… and {len(lines) - most} more"


def diff(before: Path, after: Path, most: int = 20) -> int:
    """Print every difference with at most so many names and lines; 1 where there is any, or nothing
    to compare."""
    groups = differences(before, after)
    for names in groups:
        missing = [folder for folder in (before, after) if not (folder / names[0]).exists()]
        lines = tuple(f"not in {folder}" for folder in missing) or changed_lines(
            before / names[0], after / names[0], around=2
        )
        print(f"== {len(names)} files ==", *shortened(names, most), sep="\n  ")
        print(*shortened(lines, most), "", sep="\n")
    compared = len(files_below(before).keys() & files_below(after).keys())
    print(f"{compared} files compared; {sum(map(len, groups))} differ, in {len(groups)} ways.")
    return int(bool(groups) or not compared)
