"""The records of the API, in the order of the pack."""

from collections.abc import Callable, Iterable, Iterator

from pydantic import BaseModel

from api.open_records import citation_record, condition_record, entry_record, remedy_record
from api.schema import CitationRecord, ConditionRecord, EntryRecord, RemedyRecord
from conditions.models import Condition
from publishing.banners.selectors import read_active_banners
from remedies.content.pack import Pack
from remedies.models import Remedy, RemedyConditionEntry

RECORDS: dict[str, type[BaseModel]] = {
    "remedies": RemedyRecord,
    "conditions": ConditionRecord,
    "entries": EntryRecord,
    "citations": CitationRecord,
}
"""The kinds of records: a file each."""


def record_groups(pack: Pack, report: Callable[[], None]) -> Iterator[tuple[str, list[BaseModel]]]:
    """The records of each kind; `report` is called after each record."""
    makers: dict[str, Callable[[Pack], Iterator[BaseModel]]] = {
        "remedies": _remedies,
        "conditions": _conditions,
        "entries": _entries,
        "citations": lambda pack: (citation_record(work) for work in pack.citations),
    }
    for name in RECORDS:
        records = []
        for record in makers[name](pack):
            records.append(record)
            report()
        yield name, records


def json_lines(records: Iterable[BaseModel]) -> str:
    """A line of JSON for each."""
    return "".join(record.model_dump_json(by_alias=True) + "\n" for record in records)


def records_in(pack: Pack) -> int:
    """How many records the files of a pack hold."""
    entries = sum(len(part.entries) for part in pack.remedies)
    return len(pack.remedies) + len(pack.conditions) + entries + len(pack.citations)


def _remedies(pack: Pack) -> Iterator[RemedyRecord]:
    active = read_active_banners()
    for part in pack.remedies:
        rows = Remedy.objects.published().select_related("current_revision")
        yield remedy_record(rows.get(slug=part.remedy.slug), active, part.remedy)


def _conditions(pack: Pack) -> Iterator[ConditionRecord]:
    rows = Condition.objects.published().select_related("current_revision")
    by_slug = {condition.slug: condition for condition in rows}
    active = read_active_banners()
    for document in pack.conditions:
        yield condition_record(by_slug[document.slug], active, document)


def _entries(pack: Pack) -> Iterator[EntryRecord]:
    active = read_active_banners()
    for part in pack.remedies:
        rows = (
            RemedyConditionEntry.objects.published()
            .filter(remedy__slug=part.remedy.slug)
            .select_related("remedy", "condition", "current_revision")
        )
        by_slug = {entry.condition.slug: entry for entry in rows}
        for document in part.entries:
            yield entry_record(by_slug[document.condition], active, document, part.remedy)
