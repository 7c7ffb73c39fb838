"""Which kept pages may be shown while the database says nothing: those that it last called current."""

import time

from remedies_site.pagecache.store import StoredPage
from remedies_site.pagecache.versions import Version

LONGEST_OUTAGE_SECONDS = 3600
"""After that, a process that alone has lost the database must not go on showing what others may have changed."""


class LastKnown:
    """The numbers that this process was told last, scope by scope (docs/adr/0055)."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def note(self, version: Version) -> None:
        """Remember what the database says now."""
        self._numbers.update(version)

    def may_show(self, page: StoredPage | None) -> bool:
        """Whether nothing that the page shows had changed when the database was last heard."""
        return (
            page is not None
            and time.monotonic() - page.confirmed_at < LONGEST_OUTAGE_SECONDS
            and all(self._numbers.get(scope) == number for scope, number in page.version)
        )
