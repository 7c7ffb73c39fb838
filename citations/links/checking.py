"""One look at an address on the web: whether it answers, and if not, in which words to say so.

Nothing but the status is read. Redirects are followed a few steps, each to a public address alone: the
addresses are typed by editors, and must not reach what only this machine can reach.
"""

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import httpx

_SECONDS, _CONNECT_SECONDS = 15, 5
_MOST_REDIRECTS = 6
_REJECTS_ROBOTS = frozenset({401, 403, 405, 406, 418, 429, 999})
"""Statuses by which a publisher keeps programs out: the page may well be there for people."""


@dataclass(frozen=True)
class LinkResult:
    """What one look gave: `status` is the last HTTP status, None where there was no response.

    `is_broken` is False too where the host only keeps programs out; `message` says what happened.
    """

    status: int | None
    message: str
    is_broken: bool


class ForbiddenAddress(Exception):
    """The URL is not of the web, or leads to an address that is not public."""


def check_url(url: str, client: "httpx.Client") -> LinkResult:
    """Look at an address with HEAD, and with GET where the host does not take HEAD."""
    import httpx  # here: it takes a tenth of a server's start, and few processes need it

    try:
        response = _follow(url, "HEAD", client)
        if response.status_code in {403, 404, 405, 501}:  # hosts that know no HEAD say any of these
            response = _follow(url, "GET", client)
    except ForbiddenAddress as error:
        return LinkResult(None, str(error), is_broken=True)
    except httpx.TimeoutException:
        return LinkResult(None, _("No answer in %(n)d seconds.") % {"n": _SECONDS}, is_broken=True)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError):
        return LinkResult(None, _("The host cannot be reached."), is_broken=True)
    status = response.status_code
    if status in _REJECTS_ROBOTS:
        message = _("The host answers programs with %(status)d; people may see the page.")
        return LinkResult(status, message % {"status": status}, is_broken=False)
    message = "" if response.is_success else _("The host answers with %(n)d.") % {"n": status}
    return LinkResult(status, message, is_broken=not response.is_success)


def make_client() -> "httpx.Client":
    """A client with the limits of time of a look; close it after use."""
    import httpx

    timeout = httpx.Timeout(_SECONDS, connect=_CONNECT_SECONDS)
    agent = f"{settings.SITE_NAME} (checks the links of its references)"
    return httpx.Client(
        timeout=timeout, follow_redirects=False, trust_env=False, headers={"User-Agent": agent}
    )


def _follow(url: str, method: str, client: "httpx.Client") -> "httpx.Response":
    """The response at the end of the redirects. Raises ForbiddenAddress and the errors of httpx."""
    for _step in range(_MOST_REDIRECTS + 1):
        _check_public(url)
        with client.stream(method, url) as response:
            if not response.is_redirect:
                return response
            url = urljoin(url, response.headers["location"])
    raise ForbiddenAddress(_("It redirects too often."))


def _check_public(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ForbiddenAddress(_("This is not an address of the web."))
    if parts.hostname in settings.LOOKUP_TEST_HOSTS:
        return
    try:
        places = socket.getaddrinfo(parts.hostname, None, proto=socket.IPPROTO_TCP)
    except OSError as error:
        raise ForbiddenAddress(_("The host does not exist.")) from error
    if not all(ipaddress.ip_address(place[4][0]).is_global for place in places):
        raise ForbiddenAddress(_("It leads to a network that is not public."))
