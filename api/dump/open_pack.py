"""What is published, as one pack that refers to nothing outside itself."""

from collections.abc import Iterable, Iterator

from api.public_documents import public_condition, public_entry, public_remedy
from citations.former_keys import works_by_former_key
from citations.schema import DocumentT, citation_keys, replace_citations
from remedies.content.exporting import published_pack
from remedies.content.pack import Pack, RemedyFile
from remedies_site.documents import Document


def open_pack() -> Pack:
    """The published documents as readers see them, and of the library the works that they cite.

    Works that only drafts cite stay out. A key of a work that was merged becomes the one of today.
    """
    pack = published_pack()
    conditions = {condition.slug for condition in pack.conditions}
    pack.conditions = [public_condition(condition) for condition in pack.conditions]
    pack.remedies = [
        RemedyFile(
            public_remedy(part.remedy, conditions),
            [public_entry(entry, conditions) for entry in part.entries],
        )
        for part in pack.remedies
    ]
    _use_keys_of_today(pack)
    cited = {key for document in _documents(pack) for key in citation_keys(document)}
    pack.citations = [work for work in pack.citations if work.key in cited]
    return pack


def _documents(pack: Pack) -> Iterator[Document]:
    yield from pack.conditions
    for part in pack.remedies:
        yield part.remedy
        yield from part.entries


def _use_keys_of_today(pack: Pack) -> None:
    known = {work.key for work in pack.citations}
    missing = {key for document in _documents(pack) for key in citation_keys(document)} - known
    if not missing:
        return
    keys = {former: work.key for former, work in works_by_former_key(missing).items()}

    def renewed(documents: Iterable[DocumentT]) -> list[DocumentT]:
        return [replace_citations(document, keys) for document in documents]

    pack.conditions = renewed(pack.conditions)
    pack.remedies = [
        RemedyFile(replace_citations(part.remedy, keys), renewed(part.entries))
        for part in pack.remedies
    ]
