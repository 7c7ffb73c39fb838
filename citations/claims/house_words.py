"""Words that editors' texts leave out, and what to write instead. Pure functions."""

import re
from collections.abc import Iterator
from typing import Any

from remedies_site.documents import field_path

_INSTEAD = (
    (r"natural(?:ly)?", "say what it is made of"),
    (
        r"safe(?! for| level| to use for|ty)(?<!how safe)",
        "say for whom it is safe, and how that is known",
    ),
    (r"boost(?:s|ed|ing)?", "say what changed, and by how much"),
    (r"detox\w*", "say what was measured"),
    (r"miracle\w*|breakthrough\w*", "say what was found"),
    (r"clinically proven|scientifically proven", "say in which study, and how sure that makes us"),
    (r"doctors (?:recommend|hate)", "name the guideline"),
    (r"promising|emerging research", "say that we do not know"),
    (r"cur(?:e|es|ed|ing)|heal(?:s|ed|ing)?", "say what got better"),
    (r"no side effects", "say which side effects were looked for"),
    (
        r"take \d[\d.,]* ?(?:mg|g|mcg|IU|micrograms|drops|tablets|capsules)",
        "write “studies used …”",
    ),
)
_BANNED = [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), say) for words, say in _INSTEAD]
_NO_PROSE = frozenset(
    {"citation", "citations", "reviews", "slug", "remedy", "condition", "url", "authority"}
)


def banned(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each banned word in a canonical document, as (field path, sentence to an editor)."""
    yield from _banned(document, ())


def _banned(value: Any, path: tuple[int | str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_PROSE:
                yield from _banned(part, (*path, name))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from _banned(part, (*path, position))
    elif isinstance(value, str):
        for pattern, instead in _BANNED:
            if found := pattern.search(value):
                yield field_path(path), f"must not say “{found[0]}”: {instead}"
