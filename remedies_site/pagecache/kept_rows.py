"""The row that a page is about, kept with the version of what the page shows.

Which parts a page has is known once it was made; from then on one query says that row and parts are still
what they were.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import models
from django.http import HttpRequest

from remedies_site.pagecache.live_parts import kept_value, note_version

MOST_PATHS = 5_000
"""Of which the parts are known; the oldest make room."""
_ROW_BYTES = 6_000
"""What a row takes with those that are joined to it."""

R = TypeVar("R", bound=models.Model)
_Scopes = tuple[tuple[str, ...], tuple[str, ...]]
_parts: OrderedDict[str, _Scopes] = OrderedDict()
"""By path: the scopes of the page, and those of its row."""
_lock = threading.Lock()


def kept_row(
    request: HttpRequest,
    find: Callable[[], R | None],
    *,
    parts: Callable[[R], Sequence[str]],
    shows: Callable[[R], Sequence[str]],
) -> R | None:
    """The row that `find` returns, or returned for this version of content and of what it shows of itself.

    `parts` are the scopes of the page (`render_kept`), and `shows` those among them that the row's own
    columns depend on. It is the same for all requests, and nobody may change it.
    """
    known = _known(request.path)
    if known is not None and note_version(request, known[0]):
        key = ("row", request.path, known)
        kept = kept_value(request, key, known[1], find, lambda _row: _ROW_BYTES)
        if kept is not None and (tuple(parts(kept)), tuple(shows(kept))) == known:
            return kept
    row = find()  # the first of this path, or another row than the one that was known by it
    if row is not None:
        _remember(request.path, (tuple(parts(row)), tuple(shows(row))))
    return row


def _known(path: str) -> _Scopes | None:
    with _lock:
        if (known := _parts.get(path)) is not None:
            _parts.move_to_end(path)
        return known


def _remember(path: str, known: _Scopes) -> None:
    with _lock:
        _parts[path] = known
        _parts.move_to_end(path)
        while len(_parts) > MOST_PATHS:
            _parts.popitem(last=False)
