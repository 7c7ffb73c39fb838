"""Takes what browsers report: something on a page that the Content-Security-Policy refused.

Nothing is stored. A line of the log has the rule, what kind of thing it refused, and the name of the route;
no address, no source code and nobody's name. Anybody can send such reports, so the body is bounded and a
process takes a bounded number a minute.
"""

import json
import logging
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from remedies_site.monitoring.counters import increment
from remedies_site.monitoring.request_ids import NO_ROUTE

logger = logging.getLogger(__name__)

MOST_BYTES = 16_384
MOST_A_MINUTE = 30
MOST_IN_ONE = 10
"""Reports of one request; browsers send several at once."""
_TYPES = ("application/csp-report", "application/reports+json", "application/json")
_DIRECTIVES = frozenset(
    {
        "base-uri", "block-all-mixed-content", "child-src", "connect-src", "default-src",
        "fenced-frame-src", "font-src", "form-action", "frame-ancestors", "frame-src", "img-src",
        "manifest-src", "media-src", "navigate-to", "object-src", "plugin-types", "prefetch-src",
        "report-to", "report-uri", "require-sri-for", "require-trusted-types-for", "sandbox",
        "script-src", "script-src-attr", "script-src-elem", "style-src", "style-src-attr",
        "style-src-elem", "trusted-types", "upgrade-insecure-requests", "worker-src",
    }
)  # fmt: skip
"""The rules there are: each is a label of a number that is kept, so nobody outside may invent one."""
_KEYWORDS = {"inline", "eval", "wasm-eval", "trusted-types-policy", "trusted-types-sink", "self"}
_SCHEMES = {"data", "blob", "about", "http", "https", "chrome-extension", "moz-extension"}


class _Minute:
    """How many reports came in the running minute."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.number, self.count = 0, 0

    def admits(self) -> bool:
        """Count one more; false where there were enough."""
        minute = int(time.time()) // 60
        with self.lock:
            if minute != self.number:
                self.number, self.count = minute, 0
            self.count += 1
            return self.count <= MOST_A_MINUTE

    def forget(self) -> None:
        """Begin anew, for tests."""
        self.count = 0


_minute = _Minute()


@never_cache
@csrf_exempt  # browsers send reports by themselves and without a token; nothing is changed by one
@require_POST
def browser_reports(request: HttpRequest) -> HttpResponse:
    """204; 400 for what is no report, 413 where it is too long, 429 where there were too many."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdecimal() or int(announced) > MOST_BYTES:
        return HttpResponse(status=413)
    if not _minute.admits():
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    if request.content_type not in _TYPES:
        return HttpResponse(status=400)
    try:
        reports = list(_violations(json.loads(request.body)))
    except (ValueError, RecursionError):  # no JSON, no UTF-8, or nested without end
        return HttpResponse(status=400)
    for directive, blocked, route in reports[:MOST_IN_ONE]:
        increment("browser_reports", directive)
        logger.warning("refused directive=%s kind=%s view=%s", directive, blocked, route)
    return HttpResponse(status=204)


def _violations(body: Any) -> Iterator[tuple[str, str, str]]:
    """Directive, kind of what was refused, and route of each report, in either of the two formats."""
    for report in body if isinstance(body, list) else [body]:
        if not isinstance(report, dict):
            raise ValueError("no report")
        inner = report.get("csp-report", report.get("body"))
        if not isinstance(inner, dict):
            continue  # a report of another kind
        directive = inner.get("effective-directive") or inner.get("effectiveDirective")
        directive = str(directive or inner.get("violated-directive", "")).partition(" ")[0]
        if directive not in _DIRECTIVES:
            continue
        blocked = str(inner.get("blocked-uri") or inner.get("blockedURL") or "")
        page = str(inner.get("document-uri") or inner.get("documentURL") or "")
        yield directive, _kind(blocked), _route(page)


def _kind(blocked: str) -> str:
    """A keyword of the standard or the scheme; never the address, which may be of somebody's extension."""
    word = blocked.partition(":")[0].strip().lower()
    return word if word in _KEYWORDS | _SCHEMES else "other"


def _route(page: str) -> str:
    try:
        return resolve(urlsplit(page).path[:300]).view_name or NO_ROUTE
    except (Resolver404, ValueError):
        return NO_ROUTE
