"""Writes to the library of works."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from citations.document import to_document
from citations.models import Citation
from citations.signals import library_changed, works_written
from remedies_site.transactions import short_transaction

RETRACTIONS = 5
"""Works marked in one transaction: each may be cited by a dozen entries, which are graded again in it."""


def unknown_keys(keys: Iterable[str]) -> set[str]:
    """The keys that no citation has."""
    cited = set(keys)
    return cited - set(Citation.objects.filter(key__in=cited).values_list("key", flat=True))


GRADED_BY = frozenset({"study_type", "retracted_on"})
"""The columns of a work that the grading rule reads."""


def send_library_changed(keys: Collection[str]) -> None:
    """Send the signal `library_changed`, in the transaction that changed the works."""
    library_changed.send(sender=Citation, keys=keys)


def mark_retracted(dates: Mapping[str, date]) -> list[str]:
    """Set the retraction date of works by key; returns the keys of those newly marked, sorted.

    The entries that cite them are graded again. A few works at a time are marked in one transaction
    with their entries: a call that was killed is finished by the next.
    """
    keys = sorted(
        Citation.objects.filter(key__in=dates.keys(), retracted_on__isnull=True).values_list(
            "key", flat=True
        )
    )
    marked: list[str] = []
    for first in range(0, len(keys), RETRACTIONS):
        with short_transaction():
            marked += _mark_retracted(keys[first : first + RETRACTIONS], dates)
    return marked


def _mark_retracted(keys: Collection[str], dates: Mapping[str, date]) -> list[str]:
    works = Citation.objects.select_for_update().filter(key__in=keys, retracted_on__isnull=True)
    marked, before = [], {}
    for work in works.order_by("key"):
        before[work.key] = to_document(work).canonical()
        work.retracted_on = dates[work.key]
        work.save(update_fields=["retracted_on"])
        marked.append(work.key)
    if marked:
        works_written.send(
            sender=Citation,
            before=before,
            author_name="list of retractions",
            note="Named by a list of retractions.",
        )
        send_library_changed(marked)
    return sorted(marked)
