"""Tells from the recorded saves of a draft who wrote its pending words. Pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_RUN = 4
"""Words in a row by which a text is recognised, wherever in the draft it is typed again."""


class Contributor(NamedTuple):
    """Who saved; without an id where the account is gone."""

    user_id: int | None
    name: str


class Edit(NamedTuple):
    """One save: the author, and each changed path with its texts before and after.

    What `discards` put published texts back: its author wrote none of them.
    """

    author: Contributor
    changes: Mapping[str, Sequence[str | None]]
    discards: bool = False


def pending_authors(
    edits: Iterable[Edit], draft: Mapping[str, str], given_up: Iterable[Edit] = ()
) -> list[Contributor]:
    """Everybody who wrote words of the draft that differ from what was published, first come first.

    `edits` are the saves since the draft was last as it is published, oldest first; `draft` holds the
    draft's texts by path; `given_up` are the saves before them that were discarded. Two signs count:

    - a field that differs now, with everybody whose saves led to its present text. Whoever takes
      back what they themselves changed last is no author of it; whoever restores a text that
      somebody else had given up is one;
    - words in a row that somebody typed, wherever they stand now: words that another person moves,
      or deletes and types again, stay the words of the first. So do those that were discarded.

    The author of a save that kept no changes (it is from before they were kept) always counts.
    """
    edits, earlier = list(edits), list(given_up)
    authors = [edit.author for edit in edits if not edit.changes]
    texts: dict[str, list[_Text]] = {}
    typed = _typed_runs([*earlier, *edits])
    for edit in edits:
        for path, (before, after) in edit.changes.items():
            history = texts.setdefault(path, [_Text(before or "")])
            _add_text(history, before or "", after or "", edit.author)
    public = _public_runs([*earlier, *edits])
    for path, history in texts.items():
        text = draft.get(path, "")
        if text != history[0].text:
            authors += history[-1].authors if history[-1].text == text else ()
            authors += [typed[run] for run in sorted(_runs(path, text) - public) if run in typed]
    return list(dict.fromkeys(authors))


def _typed_runs(edits: Iterable[Edit]) -> dict[str, Contributor]:
    """Each run of words with whoever typed it first."""
    typed: dict[str, Contributor] = {}
    for edit in edits:
        if not edit.discards:
            for path, (before, after) in edit.changes.items():
                for run in _runs(path, after or "") - _runs(path, before or ""):
                    typed.setdefault(run, edit.author)
    return typed


def _public_runs(edits: Iterable[Edit]) -> set[str]:
    """The runs of the texts that were published: what each changed field held at first."""
    first: dict[str, str] = {}
    for edit in edits:
        for path, (before, _after) in edit.changes.items():
            first.setdefault(path, before or "")
    return {run for path, text in first.items() for run in _runs(path, text)}


class _Text(NamedTuple):
    """A text that a field had: who saved it, and everybody whose saves led to it."""

    text: str
    saved_by: Contributor | None = None
    authors: tuple[Contributor, ...] = ()


def _add_text(history: list[_Text], old: str, new: str, author: Contributor) -> None:
    """Add a field's new text to those it had; the first is the published one."""
    for position in range(len(history) - 1, -1, -1):
        if history[position].text == new:  # somebody takes back what they alone changed since
            del history[position + 1 :]
            return
        if history[position].saved_by != author:
            break
    before = history[-1].authors if history[-1].text == old else ()
    authors = () if new == history[0].text else tuple(dict.fromkeys((*before, author)))
    history.append(_Text(new, author, authors))


def _runs(path: str, text: str) -> set[str]:
    """Each run of words in a text; a short text as a whole, with the name of its field."""
    words = _WORD.findall(text.casefold())
    if len(words) < _RUN:
        field = "/".join(part for part in path.split("/") if not part.isdecimal())
        return {f"{field}: {' '.join(words)}"} if words else set()
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def joined_names(authors: Sequence[Contributor], length: int = 80) -> str:
    """“ana, ben”; as many as fit into `length` characters, and how many more there are."""
    names = [author.name for author in authors]
    for count in range(len(names), 0, -1):
        rest = f" and {len(names) - count} more" if count < len(names) else ""
        if len(text := ", ".join(names[:count]) + rest) <= length:
            return text
    return names[0][:length] if names else ""
