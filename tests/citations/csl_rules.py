"""The rules of the CSL-JSON schema that our exports have to keep, written from its text."""

from typing import Any

TYPES = frozenset(
    [
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "bill",
        "book",
        "broadcast",
        "chapter",
        "classic",
        "collection",
        "dataset",
        "document",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "figure",
        "graphic",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "pamphlet",
        "paper-conference",
        "patent",
        "performance",
        "periodical",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "review-book",
        "software",
        "song",
        "speech",
        "standard",
        "thesis",
        "treaty",
        "webpage",
    ]
)
NAMES = frozenset(
    [
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editorial-director",
        "executive-producer",
        "illustrator",
        "interviewer",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "translator",
    ]
)
DATES = frozenset(
    [
        "accessed",
        "available-date",
        "container",
        "event-date",
        "issued",
        "original-date",
        "submitted",
    ]
)
STRINGS = frozenset(
    [
        "type",
        "language",
        "journalAbbreviation",
        "shortTitle",
        "abstract",
        "annote",
        "archive",
        "archive_collection",
        "archive_location",
        "archive-place",
        "authority",
        "call-number",
        "citation-label",
        "collection-title",
        "container-title",
        "container-title-short",
        "dimensions",
        "division",
        "DOI",
        "event",
        "event-place",
        "genre",
        "ISAN",
        "ISBN",
        "ISCI",
        "ISMN",
        "ISRC",
        "ISSN",
        "ISWC",
        "jurisdiction",
        "keyword",
        "medium",
        "note",
        "original-publisher",
        "original-publisher-place",
        "original-title",
        "part-title",
        "PMCID",
        "PMID",
        "publisher",
        "publisher-place",
        "references",
        "reviewed-title",
        "scale",
        "section",
        "source",
        "status",
        "title",
        "title-short",
        "translated-title",
        "translated-title-short",
        "URL",
        "version",
        "year-suffix",
    ]
)
STRINGS_OR_NUMBERS = frozenset(
    [
        "id",
        "chapter-number",
        "citation-number",
        "collection-number",
        "edition",
        "first-reference-note-number",
        "issue",
        "locator",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "page",
        "page-first",
        "part",
        "printing",
        "supplement",
        "volume",
    ]
)
NAME_STRINGS = frozenset(
    ["family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"]
)
NAME_FLAGS = frozenset(["comma-suffix", "static-ordering", "parse-names"])


def faults_of_csl(items: Any) -> list[str]:
    """Every way in which the value is not CSL-JSON; empty where it is."""
    if not isinstance(items, list):
        return ["is no list"]
    return [fault for item in items for fault in _item(item)]


def _item(item: Any) -> list[str]:
    if not isinstance(item, dict):
        return ["an item is no object"]
    faults = [f"{name} is missing" for name in ("type", "id") if name not in item]
    if item.get("type") not in TYPES:
        faults.append(f"no such type: {item.get('type')}")
    return faults + [f"{name}: {value!r}" for name, value in item.items() if not _fits(name, value)]


def _fits(name: str, value: Any) -> bool:
    if name in NAMES:
        return isinstance(value, list) and all(map(_is_name, value))
    if name in DATES:
        return _is_date(value)
    if name in STRINGS:
        return isinstance(value, str)
    if name in STRINGS_OR_NUMBERS:
        return isinstance(value, str | int) and not isinstance(value, bool)
    if name == "categories":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return name == "custom" and isinstance(value, dict)


def _is_name(value: Any) -> bool:
    return isinstance(value, dict) and all(
        (name in NAME_STRINGS and isinstance(part, str)) or name in NAME_FLAGS
        for name, part in value.items()
    )


def _is_date(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value)
    if not isinstance(value, dict) or set(value) - {
        "date-parts",
        "season",
        "circa",
        "literal",
        "raw",
    }:
        return False
    parts = value.get("date-parts", [[1]])
    return 1 <= len(parts) <= 2 and all(
        1 <= len(part) <= 3 and all(isinstance(one, str | int) for one in part) for part in parts
    )
