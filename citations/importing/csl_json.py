"""Works from CSL-JSON, and from the JSON of Crossref, which is nearly the same."""

from collections.abc import Iterator
from typing import Any

from citations.authors import Author, organisation, person, read_name
from citations.importing.notices import Standing
from citations.importing.records import Record, RecordFields, UnreadableRecord, build
from citations.importing.splitting import RawRecord
from citations.importing.tagged import LONGEST_VALUE, MOST_VALUES
from citations.importing.urls import split_urls

_LISTS = ("items", "references", "message")
_OWN = (
    "study_type", "sample_size", "funding", "retracted_on", "registry_status", "completion_due",
    "url",
)  # fmt: skip


def parse(number: int, raw: RawRecord) -> Iterator[Record]:
    """The works of one JSON value: an item, or an object with a list of them."""
    if not raw.complete:
        reason = "cannot be read as JSON; what follows it is read where it begins anew"
        yield UnreadableRecord(number, _snippet(raw.text), reason)
        return
    for value in _items(raw.value):
        if isinstance(value, dict):
            yield read_item(number, value)
        else:
            yield UnreadableRecord(number, _snippet(str(value)), "is no item of CSL-JSON")
        number += 1


def read_item(number: int, item: dict[str, Any]) -> Record:
    """The work of one item. Values of a wrong type count as absent."""
    own = item.get("custom")
    own = own if isinstance(own, dict) else {}
    fields = RecordFields(
        title=_title(item),
        authors=_authors(item),
        container=_text(
            item,
            "container-title",
            "collection-title",
            "journalAbbreviation",
            "container-title-short",
        ),
        volume=_text(item, "volume"),
        issue=_text(item, "issue"),
        pages=_text(item, "page", "page-first", "article-number", "number"),
        publisher=_text(item, "publisher"),
        date=_date(item, "issued", "published", "published-print", "published-online"),
        accessed=_date(item, "accessed"),
        dois=_texts(item, "DOI", "doi"),
        pmids=_texts(item, "PMID", "pmid"),
        pmcids=_texts(item, "PMCID", "pmcid"),
        ncts=_texts(item, "NCT"),
        urls=[one for text in _texts(item, "URL") for one in split_urls(text)],
        types=[*_texts(item, "genre"), *_texts(item, "status")],
        notes=[_text(item, "note"), _text(item, "annote")],
        own={name: str(own[name]) for name in _OWN if isinstance(own.get(name), str | int)},
        standing=_standing(item),
    )
    if "number" in item and fields.pages == _text(item, "number") and not fields.volume:
        fields.pages = ""  # the number of a report, not a page
    if isinstance(own.get("nct"), str):
        fields.ncts.append(own["nct"])
    return build(number, _text(item, "id", "DOI") or "an item", fields)


def _items(value: Any) -> list[Any]:
    if isinstance(value, dict):
        for name in _LISTS:
            inner = value.get(name)
            if isinstance(inner, list) and "title" not in value:
                return inner
            if isinstance(inner, dict) and "title" not in value:
                return _items(inner)
    return [value]


def _title(item: dict[str, Any]) -> str:
    title = _text(item, "title", "shortTitle", "title-short")
    subtitle = item.get("subtitle")
    if isinstance(subtitle, list) and subtitle and isinstance(subtitle[0], str) and title:
        return title if subtitle[0] in title else f"{title}: {subtitle[0]}"
    return title


def _texts(item: dict[str, Any], *names: str) -> list[str]:
    """Texts and numbers under these names; Crossref puts titles into lists."""
    found = []
    for name in names:
        value = item.get(name)
        values = value[:5] if isinstance(value, list) else [value]
        found += [
            str(one)[:LONGEST_VALUE]
            for one in values
            if isinstance(one, str | int) and not isinstance(one, bool)
        ]
    return [text for text in found if text.strip()]


def _text(item: dict[str, Any], *names: str) -> str:
    return next(iter(_texts(item, *names)), "")


def _authors(item: dict[str, Any]) -> list[Author | None]:
    people = item.get("author") or item.get("editor") or []
    return [_author(one) for one in people[:MOST_VALUES]] if isinstance(people, list) else []


def _author(value: Any) -> Author | None:
    if isinstance(value, str):
        return read_name(value)
    if not isinstance(value, dict):
        return None
    if literal := _text(value, "literal", "name"):
        read = read_name(literal)
        return read if read and read.is_et_al else organisation(literal)
    family = " ".join(
        _text(value, name)
        for name in ("non-dropping-particle", "dropping-particle", "family")
        if _text(value, name)
    )
    given = _text(value, "given")
    if not family:
        return organisation(given) if given else None
    return person(family, given, _text(value, "suffix")) if given else organisation(family)


def _date(item: dict[str, Any], *names: str) -> str:
    for name in names:
        value = item.get(name)
        if isinstance(value, str | int):
            return str(value)
        if not isinstance(value, dict):
            continue
        parts = value.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list):
            known = [str(part) for part in parts[0] if isinstance(part, str | int) and str(part)]
            if known:
                return "-".join(known)
        if text := _text(value, "raw", "literal", "edtf"):
            return text
    return ""


def _standing(item: dict[str, Any]) -> Standing:
    """Crossref names updates to a work under `updated-by`."""
    found = Standing()
    updates = item.get("updated-by")
    for update in updates if isinstance(updates, list) else []:
        if not isinstance(update, dict):
            continue
        kind, notice = _text(update, "type").lower(), _text(update, "DOI") or "Crossref"
        if kind in {"retraction", "partial_retraction", "removal"}:
            found.retracted = f"notice {notice}"
            found.notices.append(_date(update, "updated"))
        elif kind == "withdrawal":
            found.withdrawn = f"notice {notice}"
            found.notices.append(_date(update, "updated"))
        elif kind in {"new_version", "new_edition"}:
            found.superseded = notice
        elif kind == "expression_of_concern":
            found.concerns = notice
    kinds = (
        [_text(one, "type").lower() for one in item.get("update-to") or [] if isinstance(one, dict)]
        if isinstance(item.get("update-to"), list)
        else []
    )
    found.is_notice = any(
        kind in {"retraction", "withdrawal", "erratum", "correction"} for kind in kinds
    )
    return found


def _snippet(text: str) -> str:
    return " ".join(text.split())[:80]
