"""A cache in Redis or Valkey without which the site works: what it cannot keep is as if it had been forgotten.

Nothing that has to be right lies in it (limits, sessions and versions of pages are in the database), so a
server that is away, slow or talks nonsense costs a short wait, once in a while, and a line in the log.
Values are JSON: whoever can write to the cache can make nobody run code, as pickles would.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from remedies_site.circuit_breaker import CircuitBreaker

AWAY_SECONDS = 5
"""How long nobody asks a cache that gave no answer; then one request tries."""

breaker = CircuitBreaker("The cache gives no answer; the site goes on without it", AWAY_SECONDS)

T = TypeVar("T")
_UNREADABLE = object()


class JSONSerializer:
    """Plain values as JSON; whole numbers as they are, for the server counts with them."""

    def dumps(self, value: object) -> bytes | int:
        """Raises: TypeError, for what JSON has no word for."""
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, data: bytes) -> object:
        """The value; what is no JSON is another program's, and nothing of ours."""
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            return _UNREADABLE


class SharedCache(RedisCache):
    """Django's cache in Redis, with an answer for every failure of the server."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        own = {"serializer": JSONSerializer, "protocol": 2}
        super().__init__(server, params | {"OPTIONS": own | params.get("OPTIONS", {})})

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        """Without a server every key is new."""
        return _attempt(lambda: super(SharedCache, self).add(key, value, timeout, version), True)

    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        """Without a server no key is there."""
        value = _attempt(lambda: super(SharedCache, self).get(key, default, version), default)
        return default if value is _UNREADABLE else value

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        """Without a server nothing is kept."""
        _attempt(lambda: super(SharedCache, self).set(key, value, timeout, version), None)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Without a server no key is there."""
        return _attempt(lambda: super(SharedCache, self).touch(key, timeout, version), False)

    def delete(self, key: str, version: Any = None) -> bool:
        """Without a server no key is there."""
        return _attempt(lambda: super(SharedCache, self).delete(key, version), False)

    def get_many(self, keys: Iterable[str], version: Any = None) -> dict[str, Any]:
        """Those that are there."""
        wanted = list(keys)
        nothing: dict[str, Any] = {}
        values = _attempt(lambda: super(SharedCache, self).get_many(wanted, version), nothing)
        return {key: value for key, value in values.items() if value is not _UNREADABLE}

    def has_key(self, key: str, version: Any = None) -> bool:
        """Without a server no key is there."""
        return _attempt(lambda: super(SharedCache, self).has_key(key, version), False)

    def incr(self, key: str, delta: int = 1, version: Any = None) -> int:
        """Raises: ValueError, where the key is not there, and so without a server."""
        count = _attempt(lambda: super(SharedCache, self).incr(key, delta, version), None)
        if count is None:
            raise ValueError(f"Key {key!r} not found.")
        return count

    def set_many(
        self,
        data: dict[str, Any],
        timeout: float | None = DEFAULT_TIMEOUT,
        version: Any = None,
    ) -> list[str]:
        """The keys that are not kept: all of them without a server."""
        kept = _attempt(lambda: super(SharedCache, self).set_many(data, timeout, version), None)
        return list(data) if kept is None else kept

    def delete_many(self, keys: Iterable[str], version: Any = None) -> None:
        """Without a server none of them is there."""
        wanted = list(keys)
        _attempt(lambda: super(SharedCache, self).delete_many(wanted, version), None)

    def clear(self) -> None:
        """Without a server there is nothing."""
        _attempt(lambda: super(SharedCache, self).clear(), None)


def _attempt(operation: Callable[[], T], without: T) -> T:
    """What the operation returns, and `without` where the server gives no answer or was away a moment ago."""
    if not breaker.allows_request():
        return without
    try:
        result = operation()
    except (RedisError, OSError) as error:
        breaker.record_failure(type(error).__name__)
        return without
    breaker.record_success()
    return result
