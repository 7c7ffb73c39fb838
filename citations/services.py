"""Rules about citing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.db import transaction

from citations.models import Citation
from citations.schema import cited_keys
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


def check_citations(document: Document) -> None:
    """Raise NotReady where the document names a work that is not in the library."""
    cited = list(cited_keys(document.canonical()))
    unknown = unknown_keys(key for _field, key in cited)
    faults = [(field, f"no citation has the key {key!r}") for field, key in cited if key in unknown]
    if faults:
        raise NotReady(faults)
