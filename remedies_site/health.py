"""/healthz: this process answers. /readyz: it can serve requests, and what of its surroundings is missing.

Whoever probes calls one machine by its address and on plain http, so `believe_probes` lifts the rules for
Host and scheme from these two paths, and takes cookies away: nothing is looked up for a session.
"""

import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from remedies_site.locks import short_wait
from remedies_site.replica.admission import replica_answers
from remedies_site.sqlite_connections import close_kept

PATHS = ("/healthz", "/readyz")
FREE_BYTES = 50_000_000
"""With less space for the database, writes are about to fail."""
WORKER_SECONDS = 300
"""A worker that gave no sign for so long is missing; a round with many mails takes a while."""
SIGN_SECONDS = 20
"""How often a worker gives a sign, at most."""

_CACHE_KEY = "readyz"
_WORKER_KEY = "worker-sign"
_WRITE_OF_NOTHING = "DELETE FROM django_session WHERE 1 = 0"
"""Takes what a write takes (the lock of SQLite, a server that is not read-only), and changes no row."""
_migrated: set[tuple[str, str]] = set()
"""The databases, by vendor and name, on which no migration was missing: it stays so for this process."""


def believe_probes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: requests for `PATHS` count as ones to the site's own address, from nobody in particular."""
    site = urlsplit(settings.SITE_URL)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PATHS:
            request.META.pop("HTTP_COOKIE", None)
            request.META["wsgi.url_scheme"] = site.scheme
            request.get_host = lambda: site.netloc  # type: ignore[method-assign]
        return get_response(request)

    return middleware


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 and `{"status": "ok"}`: the process is alive. A supervisor restarts one that does not answer."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether readers may be sent here: 200, or 503 with `failing`; `degraded` is what else is missing.

    `failing` is `database` (nothing can be read) or `migrations` (some are not applied). Readers are served
    without the others: `writes` (pages can be read, nothing can be stored), `disk` (little space for the
    database file), `cache` (it keeps nothing), `replica` (it gives no answer), `worker` (no sign of life).
    With `?strict` any of them is a 503, for a monitor that knows statuses alone.
    """
    failing = _failing()
    degraded = [] if "database" in failing else _degraded()
    is_bad = bool(failing or (degraded and "strict" in request.GET))
    status = "failing" if failing else "degraded" if degraded else "ok"
    lists = {name: names for name, names in (("failing", failing), ("degraded", degraded)) if names}
    return JsonResponse({"status": status, **lists}, status=503 if is_bad else 200)


def note_worker() -> None:
    """The worker's sign of life, where every process sees it that shares the cache."""
    cache.set(_WORKER_KEY, int(time.time()), WORKER_SECONDS)


def _failing() -> list[str]:
    if not _reads():
        return ["database"]
    return [] if _is_migrated() else ["migrations"]


def _degraded() -> list[str]:
    looks = {
        "writes": _writes,
        "disk": _disk,
        "cache": _cache,
        "replica": replica_answers,
        "worker": _worker,
    }
    missing = [name for name, works in looks.items() if not works()]
    # Its sign is in the cache: where that is away, nothing can be said of the worker.
    return [name for name in missing if name != "worker" or "cache" not in missing]


def _reads() -> bool:
    close_kept(connection)  # whether the file can be opened is part of the question
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        return False


def _is_migrated() -> bool:
    key = (connection.vendor, str(connection.settings_dict["NAME"]))
    if key in _migrated:
        return True
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False
    if not missing:
        _migrated.add(key)
    return not missing


def _writes() -> bool:
    try:
        with connection.cursor() as cursor, short_wait():
            cursor.execute(_WRITE_OF_NOTHING)
        return True
    except Error:
        return False


def _disk() -> bool:
    if connection.vendor != "sqlite":
        return True  # the database has a disk of its own
    try:
        return shutil.disk_usage(Path(connection.settings_dict["NAME"]).parent).free > FREE_BYTES
    except OSError:
        return False


def _cache() -> bool:
    """One key for every call: a probe must not push other keys out of the cache."""
    token = secrets.token_hex(8)
    try:
        cache.set(_CACHE_KEY, token, 10)
        return cache.get(_CACHE_KEY) is not None
    except Exception:  # every cache library raises its own types
        return False


def _worker() -> bool:
    try:
        return cache.get(_WORKER_KEY) is not None
    except Exception:
        return False
