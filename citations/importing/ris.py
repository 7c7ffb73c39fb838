"""Works from RIS, as reference managers, databases and publishers write it."""

import re

from citations.authors import Author, read_name
from citations.importing.records import Record, RecordFields, build
from citations.importing.splitting import RawRecord
from citations.importing.tagged import RIS_LINE, Tags, every, first, parse_tags
from citations.importing.urls import split_urls
from remedies_site.patterns import lazy_pattern

_PUBMED = lazy_pattern(r"\b(?:pubmed|medline|nlm)\b", re.I)
_PMID_MARK = lazy_pattern(r"(\d{1,8})\s*\[pmid\]", re.I)
_PUBMED_NUMBER = lazy_pattern(r"\bPUBMED:?\s+(\d{1,8})\b")
_WHOLE_DOI = lazy_pattern(r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.I)
_NCT = lazy_pattern(r"NCT\d{8}", re.I)
_BOOKS = {"CHAP", "CONF", "ECHAP", "CPAPER"}


def parse(number: int, raw: RawRecord) -> Record:
    """One record; where its end is missing it is read as far as it goes, with a warning."""
    tags = parse_tags(raw.text, RIS_LINE)
    fields = RecordFields(
        title=first(tags, "TI", "T1", "CT", "BT", "ST"),
        authors=_authors(tags),
        container=_container(tags),
        volume=first(tags, "VL"),
        issue=first(tags, "IS", "CP"),
        pages=_pages(tags),
        publisher=first(tags, "PB"),
        date=first(tags, "PY", "Y1", "YR", "DA"),
        accessed=first(tags, "Y2") if tags.get("UR") else "",
        dois=_dois(tags),
        pmids=_pmids(tags),
        pmcids=[value for value in every(tags, "C2", "U2") if value.upper().startswith("PMC")],
        ncts=[value for value in every(tags, "AN", "C1", "U1") if _NCT.fullmatch(value)],
        urls=[one for value in every(tags, "UR", "LK") for one in split_urls(value)],
        types=every(tags, "M3", "PT"),
        notes=every(tags, "N1", "RN"),
    )
    if not raw.complete:
        fields.warnings.append("The record does not end: its line “ER  -” is missing.")
    _other_accession(tags, fields)
    return build(number, raw.text.strip().split("\n")[0], fields)


def _authors(tags: Tags) -> list[Author | None]:
    names = every(tags, "AU") or every(tags, "A1") or every(tags, "A2", "ED")
    if len(names) == 1 and all("," in part for part in names[0].split(";")):
        names = names[0].split(";")  # some programs put all authors into one line
    return [read_name(name) for name in names]


def _container(tags: Tags) -> str:
    if first(tags, "TY") in _BOOKS:
        return first(tags, "T2", "BT", "JO", "JF", "T3")
    return first(tags, "JF", "T2", "JO", "J2", "JA", "BT" if tags.get("TI") else "JO", "T3", "J1")


def _pages(tags: Tags) -> str:
    start, end = first(tags, "SP"), first(tags, "EP")
    if end and start and "-" not in start and end != start:
        return f"{start}-{end}"
    return start or end or first(tags, "C7", "AR")


def _dois(tags: Tags) -> list[str]:
    found = every(tags, "DO", "DI")
    if not found:  # older files have it where there was no tag for it
        found = [
            value
            for value in every(tags, "M3", "L3", "M1", "N1", "ID")
            if _WHOLE_DOI.fullmatch(value)
        ]
    return found


def _pmids(tags: Tags) -> list[str]:
    """A number of PubMed: marked as such, or the accession number where PubMed is the source."""
    marked = [
        match[1]
        for value in every(tags, "U1", "ID", "N1")
        if (match := _PMID_MARK.fullmatch(value))
    ]
    cochrane = [match[1] for value in every(tags, "C3") for match in _PUBMED_NUMBER.finditer(value)]
    return [
        *every(tags, "PM"),
        *marked,
        *cochrane,
        *(_accessions(tags) if _from_pubmed(tags) else []),
    ]


def _accessions(tags: Tags) -> list[str]:
    return [value for value in every(tags, "AN") if not _NCT.fullmatch(value)]


def _from_pubmed(tags: Tags) -> bool:
    sources = every(tags, "DB", "DP")
    numbers = every(tags, "AN")
    return any(_PUBMED.search(source) for source in sources) or any(
        number.upper().startswith(("MEDLINE:", "PMID")) for number in numbers
    )


def _other_accession(tags: Tags, fields: RecordFields) -> None:
    """Say which bare number was not taken for a PMID, and why."""
    if _from_pubmed(tags):
        return
    for value in _accessions(tags):
        if value.isdigit():
            source = first(tags, "DB", "DP") or "a source that the record does not name"
            fields.warnings.append(
                f"The accession number {value} is of {source}, not of PubMed; it is left out."
            )
