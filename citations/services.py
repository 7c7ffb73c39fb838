"""Rules about citing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from citations.document import from_document
from citations.importing.works import Broken, Found, key_for
from citations.models import Citation
from citations.schema import CitationDocument, cited_keys
from remedies_site.documents import Document
from remedies_site.revisions import NotReady


def unknown_keys(keys: Iterable[str]) -> set[str]:
    """Those of the keys that no citation in the library has."""
    wanted = set(keys)
    return wanted - set(Citation.objects.filter(key__in=wanted).values_list("key", flat=True))


GRADED_BY = frozenset({"study_type", "retracted_on"})
"""Columns of a work that grades look at."""

_LISTENERS: list[Callable[[Collection[str]], None]] = []


def on_change(listener: Callable[[Collection[str]], None]) -> None:
    """Have `listener` called with the keys of works whose graded columns changed.

    Packages above this one, which it must not import, ask for it when they start.
    """
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def tell_of_change(keys: Collection[str]) -> None:
    """Tell every listener, inside the transaction that changed the works."""
    for listener in _LISTENERS:
        listener(keys)


@transaction.atomic
def mark_retracted(dates: Mapping[str, date]) -> list[str]:
    """Mark works as retracted on a day, by their keys; those newly marked are returned, sorted.

    Every entry that cites one of them is graded again.
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
        tell_of_change(marked)
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


def check_citations(document: Document) -> None:
    """Raise NotReady where the document names a work that is not in the library."""
    cited = list(cited_keys(document.canonical()))
    unknown = unknown_keys(key for _field, key in cited)
    faults = [(field, f"no citation has the key {key!r}") for field, key in cited if key in unknown]
    if faults:
        raise NotReady(faults)
