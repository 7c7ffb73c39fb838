"""The WSGI application in front of Django: answers readers without a cookie from kept pages.

Whatever it does not know for certain goes to Django: other methods, a cookie, a body, a part of a page
for htmx, a range, a query that no page knows. While the database does not answer and Django has only a
503, pages are shown that were current when it was last heard (outages.py). What Django answers is kept
where it is a public page of status 200; its version is read before the page is made, so a change that
comes in between is met by the next request.
"""

import logging
import threading
import time
from collections.abc import Hashable, Iterable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from queue import SimpleQueue
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.utils import timezone
from django.utils.http import parse_etags

from remedies_site.compression import accepted_encodings
from remedies_site.monitoring.counters import increment
from remedies_site.pagecache.outages import LastKnown
from remedies_site.pagecache.shown import scopes_of
from remedies_site.pagecache.store import Headers, PageStore, StoredPage
from remedies_site.pagecache.versions import PAGE_VERSION, Version, current_version

_logger = logging.getLogger(__name__)
WAIT_SECONDS = 10
"""How long a request waits for another one that makes the same page."""
_QUERIES = frozenset({"", "sort=evidence", "sort=name", "sort=cautions"})
_LONGEST_PATH = 300
_BYPASS_PATHS = ("/static/", "/admin/", "/accounts/", "/healthz", "/readyz", "/api/v1/")
"""What is never kept does not wait for the database either."""
_BYPASS_HEADERS = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_HX_REQUEST",
    "HTTP_RANGE",
    "HTTP_TRANSFER_ENCODING",
)
"""A request with one of these is no plain reader's."""
_VARIES = {"cookie", "hx-request", "accept-encoding"}
_RECOMPUTED_HEADERS = {"content-length", "content-encoding", "etag"}
_TEXTS = ("text/", "application/json", "application/xml", "application/rss", "application/atom")


class PageCache:
    """Wraps a WSGI application. `store` may be looked into, by tests and by measures."""

    def __init__(self, application: WSGIApplication, most_bytes: int) -> None:
        """`most_bytes` bounds the memory of the kept pages."""
        self._application = application
        self.store: PageStore[StoredPage] = PageStore(most_bytes)
        self._last_known = LastKnown()
        self._settled: SimpleQueue[tuple[Hashable, StoredPage]] = SimpleQueue()
        # A daemon, so that a process that ends does not wait for what is queued.
        threading.Thread(target=self._compress_settled, name="compressor", daemon=True).start()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the store, or have the page made."""
        key = _key(environ)
        if key is None:
            increment("kept_pages", "not asked for")
            return self._application(environ, start_response)
        begun = self._last_known.begin()
        version = current_version(scopes_of(environ["PATH_INFO"]))
        if version is None:
            return self._answer_without_version(key, environ, start_response)
        self._last_known.note(version, begun)
        page = self.store.get(key, version)
        if page is not None:
            page.confirmed_at = time.monotonic()
            increment("kept_pages", "hit")
            return self._send(key, page, environ, start_response)
        increment("kept_pages", "miss")
        if environ["REQUEST_METHOD"] != "GET" or self.store.is_uncacheable(key, version):
            return self._application(environ, start_response)
        with self.store.making(key, WAIT_SECONDS) as is_maker:
            page = None if is_maker else self.store.get(key, version)
            if page is not None:
                return self._send(key, page, environ, start_response)
            return self._make(key, version, environ, start_response)

    def _answer_without_version(
        self, key: Hashable, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Django's response; in the place of its 503 the kept page, where that may be shown."""
        page = self.store.last(key)
        if page is None or not self._last_known.may_show(page):
            return self._application(environ, start_response)
        status, headers, body = self._whole_answer(environ)
        if status.startswith("503 "):
            return self._send(key, page, environ, start_response)
        start_response(status, headers)
        return [body]

    def _whole_answer(self, environ: WSGIEnvironment) -> tuple[str, Headers, bytes]:
        answered: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, exc_info: object = None) -> object:
            answered[:] = [(status, headers)]
            return lambda _data: None

        chunks = self._application(environ, note)  # type: ignore[arg-type]
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        return (*answered[0], body)

    def _make(
        self,
        key: Hashable,
        version: Version,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        """Django's response, whole and without compression; kept where it may be."""
        plain = {
            name: value
            for name, value in environ.items()
            if name not in {"HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}
        }
        plain[PAGE_VERSION] = version
        status, headers, body = self._whole_answer(plain)
        if not _may_be_kept(status, headers):
            self.store.mark_uncacheable(key, version)
            start_response(status, headers)
            return [body]
        kept = [(name, value) for name, value in headers if name.lower() not in _RECOMPUTED_HEADERS]
        page = StoredPage(version, _varied(kept), {"": body})
        self.store.put(key, page)
        return self._send(key, page, environ, start_response)

    def _send(
        self,
        key: Hashable,
        page: StoredPage,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        if _is_known(page.etag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response("304 Not Modified", page.headers_of_304.copy())
            return []
        encoding = page.encoding(accepted_encodings(environ.get("HTTP_ACCEPT_ENCODING", "")))
        is_new = encoding not in page.bodies
        body = page.body(encoding)
        if is_new:
            self.store.resize(key, page)
        if encoding == "br" and page.is_settled:
            page.is_smallest = True
            self._settled.put((key, page))
        start_response("200 OK", page.headers_of_200(encoding, body))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _compress_settled(self) -> None:
        """In a thread of its own, while readers get the page as it is."""
        while True:
            key, page = self._settled.get()
            try:
                page.compress_hard()
            except Exception:  # the thread goes on, or pages would queue up for ever
                _logger.exception("A page could not be compressed again.")
            else:
                self.store.resize(key, page)


def _key(environ: WSGIEnvironment) -> Hashable | None:
    """What tells one kept page from another; None for a request that is Django's own matter.

    The day is part of it, since pages say that a review is overdue.
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    if not environ.keys().isdisjoint(_BYPASS_HEADERS):
        return None
    if environ.get("CONTENT_LENGTH") not in (None, "", "0"):
        return None
    path = environ.get("PATH_INFO", "")
    query = environ.get("QUERY_STRING", "")
    if query not in _QUERIES or len(path) > _LONGEST_PATH or path.startswith(_BYPASS_PATHS):
        return None
    return (
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_X_FORWARDED_PROTO", "")[:20],
        environ.get("HTTP_HOST", "")[:260],
        path,
        query,
        _day(int(time.time()) // 60, timezone.get_default_timezone()),
    )


@lru_cache(maxsize=4)
def _day(minute: int, zone: tzinfo) -> date:
    """The day of a minute since 1970: in every zone a day begins with a whole one."""
    return datetime.fromtimestamp(minute * 60, zone).date()


def _is_known(etag: str, if_none_match: str) -> bool:
    """Whether the client has the page with this weak tag."""
    if not if_none_match or if_none_match == etag:  # nearly always
        return bool(if_none_match)
    known = parse_etags(if_none_match)
    return "*" in known or any(_weak(tag) == etag for tag in known)


def _may_be_kept(status: str, headers: Headers) -> bool:
    """Whether a response is a page that is the same for everybody."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name.lower() in {"set-cookie", "content-encoding"}:
            return False
        found[name.lower()] = value
    varies = {name.strip().lower() for name in found.get("vary", "").split(",") if name.strip()}
    return (
        status.startswith("200 ")
        and found.get("cache-control", "") == "public, no-cache"
        and varies <= _VARIES
        and found.get("content-type", "").startswith(_TEXTS)
    )


def _varied(headers: Headers) -> Headers:
    """The headers with Vary naming Accept-Encoding, as the compressed page of Django does."""
    return [
        (name, f"{value}, Accept-Encoding")
        if name.lower() == "vary" and "accept-encoding" not in value.lower()
        else (name, value)
        for name, value in headers
    ]


def _weak(tag: str) -> str:
    return tag if tag.startswith("W/") else f"W/{tag}"
