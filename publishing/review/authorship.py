"""Tells from the recorded saves of a draft who wrote its pending words. Pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_RUN = 4
"""Words in a row by which a text is recognised, wherever in the draft it is typed again."""


class Author(NamedTuple):
    """Who saved; without an id where the account is gone."""

    user_id: int | None
    name: str


class Edit(NamedTuple):
    """One save: the author, and each changed path with its texts before and after."""

    author: Author
    changes: Mapping[str, Sequence[str | None]]


def pending_authors(edits: Iterable[Edit], draft: Mapping[str, str]) -> list[Author]:
    """Everybody who wrote words of the draft that differ from what was published, first come first.

    `edits` are the saves since the last publication, oldest first; `draft` holds the draft's texts
    by path. Two signs count:

    - a field that differs now, with everybody whose saves led to its present text. Whoever took
      their own change back is no author of it;
    - words in a row that somebody typed, wherever they stand now: words that another person moves,
      or deletes and types again, stay the words of the first.

    The author of a save that kept no changes (it is from before they were kept) always counts.
    """
    edits = list(edits)
    authors = [edit.author for edit in edits if not edit.changes]
    published: dict[str, str] = {}
    seen: dict[str, dict[str, tuple[Author, ...]]] = {}
    typed: dict[str, Author] = {}
    for edit in edits:
        for path, (before, after) in edit.changes.items():
            old, new = before or "", after or ""
            published.setdefault(path, old)
            texts = seen.setdefault(path, {old: ()})
            texts.setdefault(new, (*texts.get(old, ()), edit.author))
            for run in _runs(path, new) - _runs(path, old):
                typed.setdefault(run, edit.author)
    public = {run for path, text in published.items() for run in _runs(path, text)}
    for path, texts in seen.items():
        text = draft.get(path, "")
        if text != published[path]:
            authors += texts.get(text, ())
            authors += [typed[run] for run in sorted(_runs(path, text) - public) if run in typed]
    return list(dict.fromkeys(authors))


def _runs(path: str, text: str) -> set[str]:
    """Each run of words in a text; a short text as a whole, with the name of its field."""
    words = _WORD.findall(text.casefold())
    if len(words) < _RUN:
        field = "/".join(part for part in path.split("/") if not part.isdecimal())
        return {f"{field}: {' '.join(words)}"} if words and field.rpartition("/")[2] != "position" else set()
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def joined_names(authors: Sequence[Author], length: int = 80) -> str:
    """“ana, ben”; as many as fit into `length` characters, and how many more there are."""
    names = [author.name for author in authors]
    for count in range(len(names), 0, -1):
        rest = f" and {len(names) - count} more" if count < len(names) else ""
        if len(text := ", ".join(names[:count]) + rest) <= length:
            return text
    return names[0][:length] if names else ""
