"""Whole responses, the most recently used within a number of bytes, in the memory of one process."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import brotli

from remedies_site.compression import LEAST_BYTES
from remedies_site.pagecache.versions import Version

Headers = list[tuple[str, str]]
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=11),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""Once for each version of a page, and so harder than what is compressed for one response."""
_MOST_UNCACHEABLE = 2000
_PAGE_BYTES = 2000
"""What a page takes beside its bodies: headers, key, objects."""


@dataclass
class StoredPage:
    """A response of status 200. `bodies` by encoding ("" is none); the others are made when wanted."""

    version: Version
    headers: Headers
    bodies: dict[str, bytes]
    etag: str = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """The tag is of the page and not of its bytes, so it is weak."""
        self.etag = f'W/"{hashlib.sha256(self.bodies[""]).hexdigest()[:32]}"'

    @property
    def size(self) -> int:
        """Bytes of memory, nearly."""
        bodies = list(self.bodies.values())  # at once: another thread may add one
        return _PAGE_BYTES + sum(map(len, bodies))

    def encodings(self) -> list[str]:
        """What the page may be sent in, the best first."""
        return [*_COMPRESS, ""] if len(self.bodies[""]) >= LEAST_BYTES else [""]

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
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._uncacheable: OrderedDict[Hashable, Version] = OrderedDict()

    @property
    def size(self) -> int:
        """Bytes in use."""
        with self._lock:
            return self._size()

    def get(self, key: Hashable, version: Version) -> StoredPage | None:
        """The page of this version; one of another version is forgotten."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.version != version:
                del self._pages[key]
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Hashable, page: StoredPage) -> None:
        """Keep a page, or look at its size again after a body was added, within the bound."""
        with self._lock:
            self._pages.pop(key, None)
            if page.size > self.most_bytes // 8:
                return
            self._pages[key] = page
            while self._size() > self.most_bytes:
                self._pages.popitem(last=False)

    def mark_uncacheable(self, key: Hashable, version: Version) -> None:
        """Remember that the answer of this version may not be kept, so that nobody waits for it."""
        with self._lock:
            self._uncacheable[key] = version
            self._uncacheable.move_to_end(key)
            while len(self._uncacheable) > _MOST_UNCACHEABLE:
                self._uncacheable.popitem(last=False)

    def is_uncacheable(self, key: Hashable, version: Version) -> bool:
        """Whether the answer of this version is known not to be kept."""
        with self._lock:
            return self._uncacheable.get(key) == version

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

    def _size(self) -> int:
        return sum(page.size for page in self._pages.values())
