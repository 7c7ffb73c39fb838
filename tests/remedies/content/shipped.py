"""The shipped content as its files hold it, and the words of its pages, without a database."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings

from remedies.content.files import read_pack
from remedies.grading.inputs import WorkFacts
from remedies.grading.record import GradeRecord, grade_entry
from remedies.schema import EntryDocument, RemedyDocument
from remedies_site.markup import MARK

PACK = read_pack(settings.CONTENT_PACK)
REMEDIES = {part.remedy.slug: part.remedy for part in PACK.remedies}
ENTRIES = {(e.remedy, e.condition): e for part in PACK.remedies for e in part.entries}
CONDITIONS = {condition.slug: condition for condition in PACK.conditions}
FACTS = {
    work.key: WorkFacts(work.study_type, work.retracted_on is not None, work.year)
    for work in PACK.citations
}


def name_of(document: Any) -> str:
    """“magnesium-insomnia” for an entry, else the slug."""
    pair = (getattr(document, "remedy", ""), getattr(document, "condition", ""))
    return "-".join(pair) if any(pair) else document.slug


@cache
def grade_of(remedy: str, condition: str) -> GradeRecord:
    """What the rule works out for an entry."""
    entry = ENTRIES[remedy, condition]
    return grade_entry(entry, {row.citation: FACTS[row.citation] for row in entry.evidence_items})


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a canonical document, Markdown and single lines alike."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def words_of_page(*documents: Any) -> str:
    """All that readers are told by the documents of a page, on one line, without marks."""
    texts = (text for document in documents for text in texts_in(document.canonical()))
    return " ".join(" ".join(MARK.sub("", text).split()) for text in texts).replace(" .", ".")


def pages_of(remedy: str) -> dict[str, tuple[RemedyDocument, EntryDocument]]:
    """Remedy and entry of each page of a remedy, by condition."""
    return {c: (REMEDIES[remedy], entry) for (r, c), entry in ENTRIES.items() if r == remedy}


def matches(row: Any, fields: dict[str, Any]) -> bool:
    """Whether a row has all of the fields: texts by regular expression, the rest as they are.

    A dot goes into a part of it, as in `search.found_none`. A list of words is one of several for a
    choice, and all of them for a list.
    """
    return all(_is(_value(row, name), wanted) for name, wanted in fields.items())


def _value(row: Any, name: str) -> Any:
    for part in name.split("."):
        row = getattr(row, part)
    return row


def _is(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, bool) or wanted is None:
        return value is wanted
    if isinstance(wanted, list):
        choice = getattr(value, "value", None)
        return choice in wanted if choice is not None else sorted(value) == sorted(wanted)
    if isinstance(wanted, int | float):
        return value is not None and float(value) == float(wanted)
    if hasattr(value, "value"):  # a choice
        return bool(value.value == wanted)
    return value is not None and bool(re.search(wanted, str(value), re.IGNORECASE))
