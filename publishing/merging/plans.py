"""What a merge would change, and why it cannot be made."""

from dataclasses import dataclass, field

from publishing.merging.rewriting import Rewritten


@dataclass
class MergePlan:
    """A merge before it is made: lines for people, and the published pages that it changes.

    With `conflicts` it is not made: an editor settles them first.
    """

    changes: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    pages: list[Rewritten] = field(default_factory=list)

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
