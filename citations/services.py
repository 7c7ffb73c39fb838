"""Rules about citing."""

from collections.abc import Iterable

from citations.models import Citation
from citations.schema import cited_keys
from remedies_site.documents import Document
from remedies_site.revisions import NotReady


def unknown_keys(keys: Iterable[str]) -> set[str]:
    """Those of the keys that no citation in the library has."""
    wanted = set(keys)
    return wanted - set(Citation.objects.filter(key__in=wanted).values_list("key", flat=True))


def check_citations(document: Document) -> None:
    """Raise NotReady where the document names a work that is not in the library."""
    cited = list(cited_keys(document.canonical()))
    unknown = unknown_keys(key for _field, key in cited)
    faults = [(field, f"no citation has the key {key!r}") for field, key in cited if key in unknown]
    if faults:
        raise NotReady(faults)
