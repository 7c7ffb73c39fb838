"""The form of a new work, filled in by its DOI or PMID."""

from dataclasses import dataclass, field
from typing import Any

from django.forms.models import model_to_dict

from citations.document import fill_columns
from citations.importing.library import LibraryIndex
from citations.importing.lookup import LookupFailed, look_up
from citations.importing.records import UnreadableRecord
from citations.models import Citation

LONGEST_NUMBER = 500


@dataclass(frozen=True)
class Prefill:
    """What a register says of a work: the row that the library has already, or values for a new one."""

    known: Citation | None = None
    initial: dict[str, Any] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


def prefill(number: str) -> Prefill:
    """Look a DOI or PMID up, for an editor who then fills in what registers do not say."""
    try:
        record = look_up(number[:LONGEST_NUMBER])
    except LookupFailed as failed:
        return Prefill(messages=(str(failed),))
    if isinstance(record, UnreadableRecord):
        return Prefill(messages=(record.reason,))
    index = LibraryIndex()
    index.refresh()
    if works := index.named(record.document):
        return Prefill(known=Citation.objects.filter(key=works[0].key).first())
    document = record.document.model_copy(update={"key": index.free_key(record.document)})
    initial = model_to_dict(fill_columns(Citation(), document))
    return Prefill(initial=initial, messages=record.warnings)
