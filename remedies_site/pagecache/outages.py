"""Which kept pages may be shown while the database says nothing: those that it last called current."""

import threading
import time
from itertools import count

from remedies_site.pagecache.store import StoredPage
from remedies_site.pagecache.versions import Version

LONGEST_OUTAGE_SECONDS = 3600
"""After that, a process that alone has lost the database must not go on showing what others may have changed."""


class LastKnown:
    """The numbers that this process was told last, scope by scope (docs/adr/0055)."""

    def __init__(self) -> None:
        self._numbers: dict[str, tuple[int | None, int]] = {}
        self._moments = count()
        self._lock = threading.Lock()

    def begin(self) -> int:
        """A moment before the database is asked, for `note`."""
        return next(self._moments)

    def note(self, version: Version, begun: int) -> None:
        """Remember what the database said to a request that began to ask at this moment.

        Where another request was told something else meanwhile, nobody knows which came later: then
        nothing of the scope is called current until the next one asks.
        """
        with self._lock:
            now = next(self._moments)
            for scope, number in version:
                known, heard = self._numbers.get(scope, (number, -1))
                if known == number or begun > heard:
                    self._numbers[scope] = (number, now)
                elif known is not None:
                    self._numbers[scope] = (None, now)

    def may_show(self, page: StoredPage | None) -> bool:
        """Whether nothing that the page shows had changed when the database was last heard."""
        return (
            page is not None
            and time.monotonic() - page.confirmed_at < LONGEST_OUTAGE_SECONDS
            and all(
                self._numbers.get(scope, (None, 0))[0] == number for scope, number in page.version
            )
        )
