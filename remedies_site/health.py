"""/healthz: whether this process can serve requests."""

import secrets

from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_CACHE_KEY = "healthz"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 and `{"status": "ok"}` when database and cache respond, else 503 with the names of those that fail."""
    failing = [name for name, works in (("database", _database), ("cache", _cache)) if not works()]
    if failing:
        return JsonResponse({"status": "failing", "failing": failing}, status=503)
    return JsonResponse({"status": "ok"})


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except Error:
        return False


def _cache() -> bool:
    """One key for every call: a probe must not push other keys out of the cache."""
    token = secrets.token_hex(8)
    try:
        cache.set(_CACHE_KEY, token, 10)
        return cache.get(_CACHE_KEY) is not None
    except Exception:  # every cache library raises its own types
        return False
