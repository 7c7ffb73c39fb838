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
    if not settings.RATE_LIMITS:
        return
    key = f"network:{deed}:{_digest(request)}"
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        count = 1
    if count > at_most:
        raise TooMany(_("Too many of these came from your network. Try again later."), seconds)


def _digest(request: HttpRequest) -> str:
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        prefix = "unknown"
    else:
        bits = 24 if address.version == 4 else 48
        prefix = str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
    return hmac.new(settings.SECRET_KEY.encode(), prefix.encode(), "sha256").hexdigest()[:24]
