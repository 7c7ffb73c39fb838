"""Limits for people who are not logged in, by network. Only a keyed digest is kept, and for a while."""

import hmac
import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from remedies_site.refusals import TooMany


def allow_network(request: HttpRequest, deed: str, *, at_most: int, seconds: int) -> None:
    """Count one deed of the request's network; raise TooMany beyond `at_most` in `seconds`."""
    allow(f"{deed}:{_prefix(request)}", at_most=at_most, seconds=seconds)


def allow(name: str, *, at_most: int, seconds: int) -> None:
    """Count one deed under a name; raise TooMany beyond `at_most` in `seconds`."""
    if not settings.RATE_LIMITS:
        return
    key = _key(name)
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        count = 1
    if count > at_most:
        raise TooMany(_("Too many tries. Try again in a few minutes."), seconds)


def forget(name: str) -> None:
    """Begin to count anew: whoever knew the password need not wait for their typing errors."""
    cache.delete(_key(name))


def _prefix(request: HttpRequest) -> str:
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _key(name: str) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), name.encode(), "sha256").hexdigest()
    return f"limit:{digest[:24]}"
