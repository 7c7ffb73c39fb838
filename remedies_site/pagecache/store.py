"""Whole responses, the most recently used within a number of bytes, in the memory of one process."""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import brotli

from remedies_site.compression import LEAST_BYTES
from remedies_site.pagecache.versions import Version

Headers = list[tuple[str, str]]
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""Quickly, since a reader waits for it."""
_HARDEST = 11
"""Brotli's best: an eighth smaller, and a hundred times the work."""
SETTLED_SECONDS = 30
"""A page that has stood so long is compressed again: its version has readers enough to pay for it."""
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
    headers_of_304: Headers = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)
    made_at: float = field(default_factory=time.monotonic)
    confirmed_at: float = field(default_factory=time.monotonic)
    """When the database last said that this version is the current one."""
    is_smallest: bool = False

    def __post_init__(self) -> None:
        """The tag is of the page and not of its bytes, so it is weak."""
        self.etag = f'W/"{hashlib.sha256(self.bodies[""]).hexdigest()[:32]}"'
        self.headers = [*self.headers, ("ETag", self.etag)]
        self.headers_of_304 = [
            pair for pair in self.headers if not pair[0].lower().startswith("content-")
        ]

    @property
    def size(self) -> int:
        """Bytes of memory, nearly."""
        bodies = list(self.bodies.values())  # at once: another thread may add one
        return _PAGE_BYTES + sum(map(len, bodies))

    def encoding(self, accepted: Set[str]) -> str:
        """The best that a client accepts; a small page is not compressed."""
        if len(self.bodies[""]) >= LEAST_BYTES:
            for name in _COMPRESS:
                if name in accepted:
                    return name
        return ""

    def headers_of_200(self, encoding: str, body: bytes) -> Headers:
        """All headers of the response with a body in an encoding."""
        headers = [*self.headers, ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return headers

    def body(self, encoding: str) -> bytes:
        """The bytes in an encoding."""
        if encoding not in self.bodies:
            with self.lock:
                if encoding not in self.bodies:
                    self.bodies[encoding] = _COMPRESS[encoding](self.bodies[""])
        return self.bodies[encoding]

    @property
    def is_settled(self) -> bool:
        """Whether it is time to make it as small as can be; once for each version."""
        return not self.is_smallest and time.monotonic() - self.made_at > SETTLED_SECONDS

    def compress_hard(self) -> None:
        """Put the smallest body in the place of the one that was made quickly."""
        hard = brotli.compress(self.bodies[""], quality=_HARDEST)
        self.bodies["br"] = min(hard, self.bodies["br"], key=len)


class Versioned(Protocol):
    """What a store holds: made from one version of what it shows, and of a size in bytes."""

    @property
    def version(self) -> Version: ...

    @property
    def size(self) -> int: ...


Kept = TypeVar("Kept", bound=Versioned)


class PageStore(Generic[Kept]):
    """Pages by key. Whoever adds what goes beyond `most_bytes` pushes out what was not used longest."""

    def __init__(self, most_bytes: int) -> None:
        """The bound holds for all pages together; a single page may take an eighth of it."""
        self.most_bytes = most_bytes
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._size = 0
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._uncacheable: OrderedDict[Hashable, Version] = OrderedDict()

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._size

    def get(self, key: Hashable, version: Version) -> Kept | None:
        """The page of this version; one of another version is forgotten."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.version != version:
                self._remove(key)
                return None
            self._pages.move_to_end(key)
            return page

    def last(self, key: Hashable) -> Kept | None:
        """The page as it was kept, of whatever version."""
        with self._lock:
            return self._pages.get(key)

    def put(self, key: Hashable, page: Kept) -> None:
        """Keep a page within the bound."""
        with self._lock:
            if key in self._pages:
                self._remove(key)
            size = page.size
            if size > self.most_bytes // 8:
                return
            self._pages[key] = page
            self._sizes[key] = size
            self._size += size
            while self._size > self.most_bytes:
                self._remove(next(iter(self._pages)))

    def resize(self, key: Hashable, page: Kept) -> None:
        """Look at the size of a page again after a body was added, if it is still the one that is kept."""
        with self._lock:
            if self._pages.get(key) is page:
                size = page.size
                self._size += size - self._sizes[key]
                self._sizes[key] = size
                while self._size > self.most_bytes:
                    self._remove(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._pages.clear()
            self._sizes.clear()
            self._size = 0

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

    def _remove(self, key: Hashable) -> None:
        del self._pages[key]
        self._size -= self._sizes.pop(key)
