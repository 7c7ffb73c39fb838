"""One bare Django view without middleware, behind the site's own server: what `make bench` calls F.

    python -m scripts.bench.bare_view PORT FILE

The view answers each request with the bytes of FILE, the page that is measured.
"""

import logging
import sys
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from remedies_site.server import serve

THREADS = 8
"""As many as the site's server has by default."""


def main(port: int, file: Path) -> int:
    """Serve until SIGTERM."""
    body = file.read_bytes()

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(body)

    settings.configure(
        ROOT_URLCONF=(path("", view),), ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], DATABASES={}
    )
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # as ours
    return serve(get_wsgi_application(), host="127.0.0.1", port=port, threads=THREADS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2])))
