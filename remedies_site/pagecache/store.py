"""Whole responses, the most recently used within a number of bytes, in the memory of one process."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import brotli

from remedies_site.pagecache.versions import Version

Headers = list[tuple[str, str]]
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=9),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""Once for each version of a page, and so harder than what is compressed for one response."""
_LEAST_BYTES = 200
_MOST_REFUSED = 2000
_ENTRY_BYTES = 2000
"""What a page takes beside its bodies: headers, key, objects."""


@dataclass
class StoredPage:
    """A response of status 200. `bodies` by encoding ("" is none); the others are made when wanted."""

    version: Version
    headers: Headers
    bodies: dict[str, bytes]
    etag: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """The tag is of the page and not of its bytes, so it is weak."""
        self.etag = self.etag or f'W/"{hashlib.sha256(self.bodies[""]).hexdigest()[:32]}"'

    @property
    def size(self) -> int:
        """Bytes of memory, nearly."""
        return _ENTRY_BYTES + sum(map(len, self.bodies.values()))

    def encodings(self) -> list[str]:
        """What the page may be sent in, the best first."""
        return [*_COMPRESS, ""] if len(self.bodies[""]) >= _LEAST_BYTES else [""]

    def body(self, encoding: str) -> bytes:
        """The bytes in an encoding."""
        if encoding not in self.bodies:
            with self.lock:
                if encoding not in self.bodies:
                    self.bodies[encoding] = _COMPRESS[encoding](self.bodies[""])
        return self.bodies[encoding]


class PageStore:
    """Pages by key. Whoever adds what goes beyond `most_bytes` pushes out what was not used longest."""

    def __init__(self, most_bytes: int) -> None:
        """The bound holds for all pages together; a single page may take an eighth of it."""
        self.most_bytes = most_bytes
        self._pages: OrderedDict[Hashable, StoredPage] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._refused: OrderedDict[Hashable, Version] = OrderedDict()

    @property
    def size(self) -> int:
        """Bytes in use."""
        with self._lock:
            return sum(self._sizes.values())

    def get(self, key: Hashable, version: Version) -> StoredPage | None:
        """The page of this version; one of another version is forgotten."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.version != version:
                self._forget(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: StoredPage) -> None:
        """Keep a page, or its size after a body was added, within the bound."""
        size = page.size
        with self._lock:
            self._forget(key)
            if size > self.most_bytes // 8:
                return
            self._pages[key] = page
            self._sizes[key] = size
            while sum(self._sizes.values()) > self.most_bytes:
                self._forget(next(iter(self._pages)))

    def refuse(self, key: Hashable, version: Version) -> None:
        """Remember that the answer of this version may not be kept, so that nobody waits for it."""
        with self._lock:
            self._refused[key] = version
            self._refused.move_to_end(key)
            while len(self._refused) > _MOST_REFUSED:
                self._refused.popitem(last=False)

    def is_refused(self, key: Hashable, version: Version) -> bool:
        """Whether the answer of this version is known not to be kept."""
        with self._lock:
            return self._refused.get(key) == version

    @contextmanager
    def making(self, key: Hashable, patience: float) -> Iterator[bool]:
        """One thread makes a page, the others wait for it: true for who makes it, or has waited enough."""
        with self._lock:
            lock = self._making.setdefault(key, threading.Lock())
        is_first = lock.acquire(blocking=False)
        mine = is_first or lock.acquire(timeout=patience)
        try:
            yield is_first or not mine
        finally:
            if mine:
                lock.release()
            if is_first:
                with self._lock:
                    self._making.pop(key, None)

    def _forget(self, key: Hashable) -> None:
        self._pages.pop(key, None)
        self._sizes.pop(key, None)
