"""What editors still owe readers: warnings nobody has checked, pages without a search, works not read."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from publishing.models import Revision, Subject
from publishing.services import subject_types
from remedies.models import RemedyConditionEntry
from remedies_site.editing.read_only import admin_url

_SAFETY_ROWS = ("interactions", "precautions", "red_flags")


class DebtKind(StrEnum):
    """What is owed, most pressing first."""

    UNCHECKED = "unchecked"
    NO_SEARCH = "no_search"
    UNREAD = "unread"


@dataclass(frozen=True)
class Debt:
    """One debt of a published page; `message` says how much of it, for an editor."""

    kind: DebtKind
    subject: Subject[Revision]
    message: str

    @property
    def admin_url(self) -> str:
        """Where to pay it."""
        return admin_url(self.subject, "change", self.subject.pk)


def debts() -> list[Debt]:
    """The debts of everything published, most pressing first, then by page."""
    order = list(DebtKind)
    return sorted(_debts(), key=lambda debt: (order.index(debt.kind), str(debt.subject)))


def _debts() -> Iterator[Debt]:
    for subject_type in subject_types():
        rows = subject_type.model.objects.published().with_parts().with_current_revision()
        for subject in rows:
            if subject.current_revision is not None:
                yield from _debts_of(subject, subject.current_revision.document)


def _debts_of(subject: Subject[Revision], document: dict[str, Any]) -> Iterator[Debt]:
    rows = [row for name in _SAFETY_ROWS for row in document.get(name, [])]
    if unchecked := sum(row.get("checked") is False for row in rows):
        message = f"{unchecked} of {len(rows)} warnings not yet checked against a source"
        yield Debt(DebtKind.UNCHECKED, subject, message)
    if not isinstance(subject, RemedyConditionEntry):
        return
    search = document.get("search", {})
    if not search.get("searched_on"):
        yield Debt(DebtKind.NO_SEARCH, subject, "no search on record")
    if unread := search.get("unread_works", []):
        yield Debt(DebtKind.UNREAD, subject, f"known and not read: {'; '.join(unread)}")
