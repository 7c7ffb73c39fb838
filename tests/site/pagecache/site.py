"""Django with the store of pages in front of it, without a server."""

import io
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

from remedies_site.pagecache.application import PageCache

Answer = tuple[int, dict[str, str], bytes]


class Counted:
    """Django, and how often it was asked."""

    def __init__(self):
        self.django = get_wsgi_application()
        self.times = 0

    def __call__(self, environ, start_response):
        self.times += 1
        return self.django(environ, start_response)


class Site:
    def __init__(self):
        self.django = Counted()
        self.cache = PageCache(self.django, 10_000_000)

    def get(
        self, path: str, *, method: str = "GET", query: str = "", app=None, **headers: str
    ) -> Answer:
        """Status, headers, body."""
        environ: dict = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
        environ |= {"HTTP_HOST": "testserver", "wsgi.input": io.BytesIO()}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        answer: list = []
        chunks = (app or self.cache)(environ, lambda *args: answer.append(args))
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        status, found = answer[0][:2]
        return int(status[:3]), dict(found), body

    def get_address(self, address: str) -> Answer:
        """An address with its query."""
        parts = urlsplit(address)
        return self.get(parts.path, query=parts.query)

    def from_django(self, address: str) -> Answer:
        """The same past the store."""
        parts = urlsplit(address)
        return self.get(parts.path, query=parts.query, app=self.django.django)
