"""/healthz: whether this process can serve requests."""

import secrets
import shutil
from pathlib import Path

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from remedies_site.locks import short_wait
from remedies_site.sqlite_connections import close_kept

FREE_BYTES = 50_000_000
"""With less space for the database, writes are about to fail."""

_CACHE_KEY = "healthz"
_WRITE_OF_NOTHING = "DELETE FROM django_session WHERE 1 = 0"
"""Takes what a write takes (the lock of SQLite, a server that is not read-only), and changes no row."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 and `{"status": "ok"}` when all parts work, else 503 with the names of those that fail.

    `database`: nothing can be read. `writes`: pages can be read, but nothing can be stored. `disk`: little
    space is left for the database file. `cache`: it does not keep what it is given.
    """
    database = (("writes", _writes), ("disk", _disk)) if _reads() else (("database", _fails),)
    failing = [name for name, works in (*database, ("cache", _cache)) if not works()]
    if failing:
        return JsonResponse({"status": "failing", "failing": failing}, status=503)
    return JsonResponse({"status": "ok"})


def _reads() -> bool:
    close_kept(connection)  # whether the file can be opened is part of the question
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        return False


def _fails() -> bool:
    return False


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
