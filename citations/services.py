"""Writes to the library of works."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from citations.document import from_document
from citations.importing.works import Broken, Found, key_for
from citations.models import Citation
from citations.schema import CitationDocument
from citations.signals import library_changed


def unknown_keys(keys: Iterable[str]) -> set[str]:
    """The keys that no citation has."""
    cited = set(keys)
    return cited - set(Citation.objects.filter(key__in=cited).values_list("key", flat=True))


GRADED_BY = frozenset({"study_type", "retracted_on"})
"""The columns of a work that the grading rule reads."""


def send_library_changed(keys: Collection[str]) -> None:
    """Send the signal `library_changed`, in the transaction that changed the works."""
    library_changed.send(sender=Citation, keys=keys)


@transaction.atomic
def mark_retracted(dates: Mapping[str, date]) -> list[str]:
    """Set the retraction date of works by key; returns the keys of those newly marked, sorted.

    The entries that cite them are graded again, in the same transaction.
    """
    works = Citation.objects.select_for_update().filter(
        key__in=dates.keys(), retracted_on__isnull=True
    )
    marked = []
    for work in works.order_by("key"):
        work.retracted_on = dates[work.key]
        work.save(update_fields=["retracted_on"])
        marked.append(work.key)
    if marked:
        send_library_changed(marked)
    return marked


@dataclass(frozen=True)
class Imported:
    """What came of an import: new works, works that the library had, and broken records."""

    added: list[str]
    known: list[str]
    broken: list[Broken]


@transaction.atomic
def import_works(works: Iterable[Found]) -> Imported:
    """Store works that the library does not have; they get a key of author and year.

    A work is known by its DOI, PMID or PMCID, and then left as it is. A record is checked as a whole
    before it is stored; those that are broken are named, and the others kept.
    """
    result = Imported([], [], [])
    keys = set(Citation.objects.values_list("key", flat=True))
    for work in works:
        if isinstance(work, Broken):
            result.broken.append(work)
        elif known := _known(work.document):
            result.known.append(known)
        else:
            key = key_for(work.document, keys)
            from_document(Citation(), work.document.model_copy(update={"key": key}))
            keys.add(key)
            result.added.append(key)
    return result


def _known(document: CitationDocument) -> str:
    """The key of the library's work with one of these identifiers; empty where there is none."""
    for name in ("doi", "pmid", "pmcid"):
        value = getattr(document, name)
        if value and (work := Citation.objects.filter(**{f"{name}__iexact": value}).first()):
            return work.key
    return ""
