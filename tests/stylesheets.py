"""Reads the site's stylesheets for the tests that keep their rules. Plain CSS only, as ours is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STYLES = Path(__file__).parents[1] / "static" / "css"
TOKENS = (STYLES / "tokens.css", STYLES / "tokens_hero.css")

COMMENT = re.compile(r"/\*.*?\*/", re.S)
MIX = re.compile(r"light-dark\((.+?),\s*(.+)\)")


@dataclass(frozen=True)
class Declaration:
    """One property with its value, below the rules that it stands in, outermost first."""

    path: Path
    rules: tuple[str, ...]
    name: str
    value: str

    def __str__(self) -> str:
        return f"{self.path.name}: {' '.join(self.rules)} {{ {self.name}: {self.value} }}"


def stylesheets() -> list[Path]:
    return sorted(STYLES.rglob("*.css"))


def declarations(path: Path) -> Iterator[Declaration]:
    """Everything that a stylesheet declares."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    rules: list[str] = []
    for part in re.findall(r"[^{};]*[{};]", text):
        words, end = " ".join(part[:-1].split()), part[-1]
        if end == "{":
            rules.append(words)
            continue
        name, colon, value = words.partition(":")
        if colon and rules:
            yield Declaration(path, tuple(rules), name.strip(), value.strip())
        if end == "}":
            rules.pop()


def colours() -> dict[str, dict[str, str]]:
    """The tokens that are colours, by the ways in which a page comes to them.

    `system …` follows the reader's system, `fixed …` is what a page or a box has chosen.
    """
    found: dict[str, dict[str, str]] = {
        "system light": {},
        "system dark": {},
        "fixed light": {},
        "fixed dark": {},
    }
    for each in (each for path in TOKENS for each in declarations(path)):
        if not each.name.startswith("--") or "#" not in each.value:
            continue
        mixed = MIX.fullmatch(each.value)
        for way in found:
            scheme = way.split()[1]
            value = mixed.group(["light", "dark"].index(scheme) + 1) if mixed else each.value
            if _meant_for(way, each.rules):
                found[way][each.name] = value.strip()
    return found


def _meant_for(way: str, rules: tuple[str, ...]) -> bool:
    whole = " ".join(rules)
    selector = rules[-1]
    for scheme in ("light", "dark"):
        if f'data-scheme="{scheme}"' in selector and way == f"fixed {scheme}":
            return True
    if "prefers-color-scheme: dark" in whole:
        return way == "system dark"
    return ":root" in selector and (way.startswith("system") or "data-scheme" not in selector)


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour.lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
