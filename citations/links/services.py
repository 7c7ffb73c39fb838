"""Looks at the addresses of many works, and keeps what it saw."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from citations.links.checking import LinkResult, check_url, make_client
from citations.models import Citation, LinkCheck

OLD = timedelta(days=30)
"""After this time an address is looked at again; a broken one after a day."""
BROKEN_OLD = timedelta(days=1)
HOST_PAUSE_SECONDS = 1.0
"""Between two looks at one host."""


def due_works(now: datetime, *, every: bool = False) -> list[Citation]:
    """The works whose address was not looked at lately, or has changed since, by key."""
    works = Citation.objects.select_related("link_check").order_by("key")
    return [work for work in works if work.link and (every or _is_due(work, now))]


def _is_due(work: Citation, now: datetime) -> bool:
    check = getattr(work, "link_check", None)
    if check is None or check.url != work.link:
        return True
    old = BROKEN_OLD if check.broken_since else OLD
    return bool(check.checked_at <= now - old)


def check_works(works: list[Citation]) -> Iterator[tuple[Citation, LinkResult]]:
    """Look at the address of each work and keep the result at once; hosts are given a pause."""
    last: dict[str, float] = {}
    with make_client() as client:
        for work in works:
            host = urlsplit(work.link).hostname or ""
            wait = last.get(host, float("-inf")) + HOST_PAUSE_SECONDS - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            result = check_url(work.link, client)
            last[host] = time.monotonic()
            record_result(work, result)
            yield work, result


@transaction.atomic
def record_result(work: Citation, result: LinkResult) -> LinkCheck:
    """Keep what a look at the work's address saw; since when it is broken stays as it was."""
    now = timezone.now()
    before = LinkCheck.objects.select_for_update().filter(citation=work).first()
    since = before.broken_since if before and before.url == work.link else None
    check, _created = LinkCheck.objects.update_or_create(
        citation=work,
        defaults={
            "url": work.link,
            "checked_at": now,
            "status": result.status,
            "message": result.message,
            "broken_since": (since or now) if result.is_broken else None,
        },
    )
    return check
