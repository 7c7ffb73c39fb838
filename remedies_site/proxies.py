"""Whose request it is, behind proxies: only those that TRUSTED_PROXIES names are believed.

The first middleware puts the client's address into REMOTE_ADDR and takes away every forwarding header
that nobody vouches for, so that whatever asks later (limits, events, django-allauth, Django's own notion
of https) gets the same answer. waitress has options for this too; they know one proxy with a fixed number
of hops, and are off.
"""

import ipaddress
import logging
from collections.abc import Callable, Sequence
from itertools import takewhile

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

logger = logging.getLogger(__name__)

_FOR = "HTTP_X_FORWARDED_FOR"
_PROTO = "HTTP_X_FORWARDED_PROTO"
_REQUEST_ID = "HTTP_X_REQUEST_ID"
_UNUSED = tuple(f"HTTP_{name}" for name in ("FORWARDED", "X_REAL_IP")) + tuple(
    f"HTTP_X_FORWARDED_{name}" for name in ("HOST", "PORT", "BY", "PREFIX", "SERVER", "SSL")
)
"""Nothing of the site reads these; they are taken away lest something once does."""

IPV4_BITS, IPV6_BITS = 24, 48
"""What one household or office holds at most, mostly, and so what one guesser changes within at will."""


def parse_address(text: str) -> Address | None:
    """An address as proxies write it: bare, or with a port (`192.0.2.1:80`, `[2001:db8::1]:80`).

    An IPv4 address in IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. None for anything else.
    """
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def forwarded_client(
    peer: Address | None, forwarded_for: str, trusted: Sequence[Network]
) -> Address | None:
    """The right-most address that is no trusted proxy's, beginning with the peer of the connection.

    Each proxy appends the address that it was called from, so whatever a client wrote itself stands to
    the left of its own. Where all are trusted, the left-most is returned; where a trusted proxy passes
    on something that is no address, the proxy's own.
    """
    hops = map(parse_address, reversed(forwarded_for.split(",")))
    client = peer
    for hop in takewhile(lambda hop: hop is not None, hops):
        if not _is_trusted(client, trusted):
            break
        client = hop
    return client


def client_address(request: HttpRequest) -> Address | None:
    """The client's address, proxies seen through; None where the server knows none."""
    return parse_address(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """The client's network, as limits count it: /24 of IPv4, /48 of IPv6; `unknown` without an address."""
    address = client_address(request)
    if address is None:
        return "unknown"
    bits = IPV4_BITS if address.version == 4 else IPV6_BITS
    return str(ipaddress.ip_network((address, bits), strict=False))


def believe_trusted_proxies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, to stand first: REMOTE_ADDR is the client's, and only what is vouched for stays."""
    hint_was_given = False

    def middleware(request: HttpRequest) -> HttpResponse:
        nonlocal hint_was_given
        meta = request.META
        peer = parse_address(meta.get("REMOTE_ADDR", ""))
        forwarded_for = meta.pop(_FOR, "")
        proto = meta.pop(_PROTO, "")
        request_id = meta.pop(_REQUEST_ID, "")
        for name in _UNUSED:
            meta.pop(name, None)
        if _is_trusted(peer, settings.TRUSTED_PROXIES):
            if _is_https(proto):
                meta[_PROTO] = "https"
            if request_id:
                meta[_REQUEST_ID] = request_id
            client = forwarded_client(peer, forwarded_for, settings.TRUSTED_PROXIES)
            meta["REMOTE_ADDR"] = str(client)
        elif forwarded_for and peer and peer.is_private and not hint_was_given:
            hint_was_given = True
            logger.warning(
                "X-Forwarded-For from %s is not believed: TRUSTED_PROXIES does not name it.", peer
            )
        return get_response(request)

    return middleware


def _is_trusted(address: Address | None, trusted: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in trusted)


def _is_https(proto: str) -> bool:
    """Whether every hop says so: a client's own word may stand beside that of the proxy."""
    return {value.strip().lower() for value in proto.split(",")} == {"https"}
