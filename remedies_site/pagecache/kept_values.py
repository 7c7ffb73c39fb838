"""Numbers that are counted once for each state of the content, and kept until that changes.

What is counted over all entries would cost more with each entry. It depends on published content, whose
version the database moves with every change (`triggers`), so what was counted under one version holds for
as long as that version stands. Nothing is kept inside a transaction, which may see what no other one does,
nor where the database has no version. What one page shows of members' talk is kept by
`live_parts.kept_value`, for the version of that page.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar, cast

from django.db import connection

from remedies_site.pagecache.shown import CONTENT
from remedies_site.pagecache.versions import Version, version_in_request

MOST_KEPT = 20_000
"""Values that a process keeps; the oldest make room."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
_kept: OrderedDict[Hashable, tuple[Version, object]] = OrderedDict()
_lock = threading.Lock()


def derived(name: Hashable, compute: Callable[[], T]) -> T:
    """The value of `compute`, which reads published content alone, or what it was for this content."""
    return derived_many(name, [None], lambda _keys: {None: compute()})[None]


def derived_many(
    name: Hashable, keys: Iterable[K], compute: Callable[[list[K]], dict[K, T]]
) -> dict[K, T]:
    """The values of several keys; `compute` is called once, with those that are not kept.

    A key for which it returns nothing is not in the result, and is computed again next time.
    """
    wanted = list(keys)
    version = None if connection.in_atomic_block else version_in_request((CONTENT,))
    if not version:
        return compute(wanted)
    values: dict[K, T] = {}
    with _lock:
        for key in wanted:
            kept_version, value = _kept.get((name, key), (None, None))
            if kept_version == version:
                values[key] = cast(T, value)
    if missing := [key for key in wanted if key not in values]:
        computed = compute(missing)  # read after the version: never older than it says
        values |= computed
        with _lock:
            for key, value in computed.items():
                _kept[name, key] = (version, value)
                _kept.move_to_end((name, key))
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return values


def forget() -> None:
    """Keep nothing; for tests, which put databases back."""
    with _lock:
        _kept.clear()
