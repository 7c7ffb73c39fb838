"""What a merge would change, and why it cannot be made."""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from publishing.merging.rewriting import Rewritten


@dataclass
class MergePlan:
    """A merge before it is made: lines for people, and the published pages that it changes.

    With `conflicts` it is not made: an editor settles them first.
    """

    changes: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    pages: list[Rewritten] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Tells whether a plan is the one that somebody looked at."""
        return sha256(json.dumps([self.changes, self.conflicts]).encode()).hexdigest()

    def add_pages(self, pages: list[Rewritten]) -> None:
        """Take pages up, with the reasons of those that could not be published."""
        self.pages = pages
        for page in pages:
            url = page.subject.get_absolute_url()
            if page.errors:
                reasons = "; ".join(f"{path}: {message}" for path, message in page.errors)
                self.conflicts.append(f"{url}: {reasons}")
            else:
                self.changes.append(f"{url}: a revision of the system, in nobody's words")
