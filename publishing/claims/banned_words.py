"""Words that are banned from editors' texts, and what to write instead. Pure functions."""

import re
from collections.abc import Iterator

from remedies_site.documents import Document, NotProse, RefersTo, field_path
from remedies_site.patterns import lazy_pattern

_REPLACEMENTS = (
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
_BANNED = [
    (lazy_pattern(rf"\b(?:{words})\b", re.IGNORECASE), replacement)
    for words, replacement in _REPLACEMENTS
]


def banned_words(document: Document) -> Iterator[tuple[str, str]]:
    """Each banned word in a document, as (field path, message to an editor).

    Names and URLs (`NotProse`) and keys of other rows (`RefersTo`) may hold any word.
    """
    for leaf in document.leaves():
        if leaf.marker(NotProse) or leaf.marker(RefersTo):
            continue
        texts = enumerate(leaf.value) if isinstance(leaf.value, list) else [(None, leaf.value)]
        for position, text in texts:
            path = leaf.path if position is None else (*leaf.path, position)
            yield from ((field_path(path), message) for message in _messages(text))


def _messages(text: object) -> Iterator[str]:
    if not isinstance(text, str):
        return
    for pattern, replacement in _BANNED:
        if match := pattern.search(text):
            yield f"must not say “{match[0]}”: {replacement}"
