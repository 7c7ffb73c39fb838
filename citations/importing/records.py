"""What comes of a record: a work that can be stored, or a reason why there is none.

Each parser fills in `RecordFields` with what its format says, as it says it. `build` makes the work:
it normalises every part, and keeps a work whose secondary parts are wrong, saying so in warnings.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from citations import authors, identifiers
from citations.authors import Author
from citations.containers import compose
from citations.importing.notices import Standing, standing
from citations.importing.types import study_type
from citations.inline_markup import strip_markup
from citations.schema import CitationDocument
from remedies_site.documents import validation_errors
from remedies_site.patterns import lazy_pattern

_YEAR = lazy_pattern(r"(?<!\d)(1[6-9]\d\d|20\d\d)(?!\d)")
_UNPRINTABLE = lazy_pattern(
    r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U00100000-\U0010ffff]"
)
_DASHES = lazy_pattern(r"\s*[-\u2010-\u2015]+\s*")
_QUOTED = 60
_LONGEST_TITLE = 5_000
_LABELS = {
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "nct": "NCT number",
    "url": "web address",
}
_LINES_OF_NOTES = lazy_pattern(r"[\r\n]+|<br ?/?>|\s+(?=(?:PMID|PMCID|DOI)\s*:)")
_LABELLED_NOTE = lazy_pattern(
    r"\s*(PMID|PMCID|DOI|NCT|ClinicalTrials\.gov|Retracted on|Number of people|Funding|"
    r"Registry status|Completion due|Study type|Also at)\s*:\s*(.+?)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class UnreadableRecord:
    """A record that makes no work: its number in the input, what it calls itself, and why."""

    number: int
    name: str
    reason: str


@dataclass(frozen=True)
class ImportedRecord:
    """A record that makes a work; its key is not given yet. Warnings say what was not kept."""

    number: int
    name: str
    document: CitationDocument
    warnings: tuple[str, ...] = ()


Record = ImportedRecord | UnreadableRecord


@dataclass
class RecordFields:
    """What a record says of its work, in the words of its format."""

    title: str = ""
    authors: list[Author | None] = field(default_factory=list)
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    date: str = ""
    accessed: str = ""
    dois: list[str] = field(default_factory=list)
    pmids: list[str] = field(default_factory=list)
    pmcids: list[str] = field(default_factory=list)
    ncts: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    """Columns that only this site's exports carry: retracted_on, sample_size, funding …"""
    standing: Standing = field(default_factory=Standing)
    warnings: list[str] = field(default_factory=list)


def build(number: int, name: str, fields: RecordFields) -> Record:
    """The work of a record, or what keeps it from being one."""
    warnings = list(fields.warnings)
    _read_notes(fields)
    title = _cut(_line(fields.title, warnings), _LONGEST_TITLE, "title", warnings)
    name = (title or " ".join(name.split()) or "without a name")[:80]
    if not title:
        return UnreadableRecord(number, name, _reason("has no title", warnings))
    found = _identifiers(fields, warnings)
    if not found:
        reason = "has no DOI, PMID, PMCID, NCT number or web address by which it can be found"
        return UnreadableRecord(number, name, _reason(reason, warnings))
    how = standing(title, fields.types, fields.notes, fields.standing)
    values: dict[str, object] = {
        "key": "Imported",
        "title": title,
        "authors": [
            line for line in (_line(a, warnings) for a in authors.lines(fields.authors)) if line
        ],
        "container": _container(fields, warnings),
        "publisher": _cut(_line(fields.publisher, warnings), 200, "publisher", warnings),
        "year": _year(fields.date, warnings),
        "accessed_on": _day(fields.accessed),
        "study_type": study_type(fields.types, fields.own.get("study_type", "")),
        "retracted_on": how.retracted_on(),
        **found,
    }
    values |= _own_columns(fields.own, str(values["study_type"]), warnings)
    warnings += how.warnings()
    given = {column: value for column, value in values.items() if value not in (None, "", [])}
    try:
        document = CitationDocument.model_validate(given)
    except ValidationError as error:  # a part that none of the rules above foresaw
        said = "; ".join(f"{column}: {sentence}" for column, sentence in validation_errors(error))
        return UnreadableRecord(number, name, _reason(said, warnings))
    return ImportedRecord(number, name, document, tuple(dict.fromkeys(warnings)))


def key_stem(document: CitationDocument) -> str:
    """“Muller2020”: what the key of a work begins with."""
    first = document.authors[0] if document.authors else document.container or document.title
    plain = unicodedata.normalize("NFKD", authors.parse_line(first).family)
    plain = plain.encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "", plain)[:40] or "Work"
    return f"{stem}{document.year or ''}"


def quoted(text: str) -> str:
    """A part of a record inside a sentence, shortened where it is long."""
    one = " ".join(text.split())
    return f"“{one[:_QUOTED]}…”" if len(one) > _QUOTED else f"“{one}”"


def _reason(reason: str, warnings: Iterable[str]) -> str:
    return "; ".join([reason, *(warning.rstrip(".") for warning in warnings)])


def _line(text: str, warnings: list[str]) -> str:
    """A text as one line of plain letters."""
    plain = " ".join(strip_markup(text).split())
    if _UNPRINTABLE.search(plain):
        plain = " ".join(_UNPRINTABLE.sub(" ", plain).split())
        warnings.append(f"Characters that cannot be printed were left out of {quoted(plain)}.")
    if "[@" in plain:
        plain = plain.replace("[@", "[ @")
        warnings.append(f"“[@” would be a citation mark; it stands as “[ @” in {quoted(plain)}.")
    return plain


def _cut(text: str, most: int, what: str, warnings: list[str]) -> str:
    if len(text) <= most:
        return text
    warnings.append(f"The {what} was longer than {most} letters and was shortened.")
    return f"{text[: most - 1].rstrip()}…"


def _container(fields: RecordFields, warnings: list[str]) -> str:
    name, volume, issue, pages = (
        _line(part, warnings)
        for part in (fields.container, fields.volume, fields.issue, fields.pages)
    )
    whole = compose(name, volume, issue, _DASHES.sub("-", pages))
    return _cut(whole, 300, "journal", warnings)


def _year(written: str, warnings: list[str]) -> int | None:
    match = _YEAR.search(written)
    if written.strip() and not match:
        warnings.append(f"{quoted(written)} holds no year from 1600 to 2099; the year is left out.")
    return int(match[1]) if match else None


def _day(written: str) -> date | None:
    match = re.search(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", written)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _identifiers(fields: RecordFields, warnings: list[str]) -> dict[str, str]:
    """The normal form of each identifier; what is none, or one too many, is named."""
    found: dict[str, str] = {}
    own_url = [fields.own["url"]] if fields.own.get("url") else []
    for column, candidates in (
        ("doi", fields.dois),
        ("pmid", fields.pmids),
        ("pmcid", fields.pmcids),
        ("nct", fields.ncts),
        ("url", own_url or fields.urls),
    ):
        value = _first_good(column, candidates, warnings)
        if value:
            found[column] = value
    for address in fields.urls:
        known = identifiers.from_url(address)
        if known and known.column not in found and _fits(known.column, known.value):
            found[known.column] = known.value
    if found.get("url") and _is_link(found):
        del found["url"]
    return found


def _first_good(column: str, candidates: Iterable[str], warnings: list[str]) -> str:
    good: list[str] = []
    for written in dict.fromkeys(text for text in candidates if text.strip()):
        value = identifiers.NORMALISERS[column](written)
        if not value:
            warnings.append(f"{quoted(written)} is no {_LABELS[column]}; it is left out.")
        elif not _fits(column, value):
            most = identifiers.MAX_LENGTHS[column]
            warnings.append(
                f"The {_LABELS[column]} {quoted(value)} is longer than {most} letters; it is left out."
            )
        else:
            good.append(value)
    distinct = list(dict.fromkeys(good))
    if len(distinct) > 1 and column != "url":
        rest = ", ".join(map(quoted, distinct[1:]))
        warnings.append(f"Only the first {_LABELS[column]} is kept; left out: {rest}.")
    if column == "url":  # one that says more than an identifier does comes first
        distinct.sort(key=lambda address: identifiers.from_url(address) is not None)
    return distinct[0] if distinct else ""


def _fits(column: str, value: str) -> bool:
    return len(value) <= identifiers.MAX_LENGTHS[column]


def _is_link(found: dict[str, str]) -> bool:
    """Whether the address only repeats an identifier of the work."""
    known = identifiers.from_url(found["url"])
    if known is None or found.get(known.column) != known.value:
        return False
    # An address with signs written as numbers is kept as it was written.
    link = identifiers.doi_link(known.value) if known.column == "doi" else found["url"]
    return "%" not in found["url"] or found["url"].lower() == link.lower()


def _read_notes(fields: RecordFields) -> None:
    """Lines of notes such as “PMCID: PMC123” and what our own exports write there."""
    columns = {
        "pmid": fields.pmids, "pmcid": fields.pmcids, "doi": fields.dois,
        "nct": fields.ncts, "clinicaltrials.gov": fields.ncts,
    }  # fmt: skip
    for note in fields.notes:
        for line in _LINES_OF_NOTES.split(note):
            if not (match := _LABELLED_NOTE.fullmatch(line)):
                continue
            label, value = match[1].lower(), match[2]
            if label in columns:
                columns[label].append(value)
            else:
                fields.own.setdefault(_OWN_LABELS[label], value)


_OWN_LABELS = {
    "retracted on": "retracted_on",
    "number of people": "sample_size",
    "funding": "funding",
    "registry status": "registry_status",
    "completion due": "completion_due",
    "study type": "study_type",
    "also at": "url",
}
"""The labels under which exports carry what their formats have no place for, and the columns."""


def _own_columns(own: dict[str, str], kind: str, warnings: list[str]) -> dict[str, object]:
    """The columns that our exports carry; those that do not fit are left out with a warning."""
    values: dict[str, object] = {}
    if day := _day(own.get("retracted_on", "")):
        values["retracted_on"] = day
    people = own.get("sample_size", "")
    if re.fullmatch(r"\d{1,9}", people):
        values["sample_size"] = int(people)
    if own.get("funding"):
        values["funding"] = _cut(_line(own["funding"], warnings), 300, "funding", warnings)
    if kind == "registry_entry":
        if own.get("registry_status", "") in {"ongoing", "completed", "stopped"}:
            values["registry_status"] = own["registry_status"]
        values["completion_due"] = _day(own.get("completion_due", ""))
    return values
