"""Works from NBIB, the format of PubMed: a tag of four letters, and lines that go on."""

import re
from itertools import zip_longest

from citations.authors import Author, organisation, read_name
from citations.importing.notices import Standing
from citations.importing.records import Record, RecordFields, build
from citations.importing.splitting import RawRecord
from citations.importing.tagged import NBIB_LINE, Tags, every, first, parse_tags

_NCT = re.compile(r"(?:ClinicalTrials\.gov/)?(NCT\d{8})", re.I)


def parse(number: int, raw: RawRecord) -> Record:
    """One record of PubMed, or of another program that writes its format."""
    tags = parse_tags(raw.text, NBIB_LINE)
    fields = RecordFields(
        title=first(tags, "TI", "BTI", "CTI", "TT"),
        authors=_authors(tags, raw.text),
        container=first(tags, "JT", "TA") or ("" if not tags.get("TI") else first(tags, "BTI")),
        volume=first(tags, "VI"),
        issue=first(tags, "IP"),
        pages=_full_pages(first(tags, "PG")),
        publisher=first(tags, "PB"),
        date=first(tags, "DP", "DEP", "CDAT"),
        dois=_dois(tags),
        pmids=every(tags, "PMID"),
        pmcids=[value for value in every(tags, "PMC") if value],
        ncts=[match[1] for value in every(tags, "SI") if (match := _NCT.fullmatch(value))],
        types=every(tags, "PT"),
        standing=_standing(tags),
    )
    if not fields.container and not fields.publisher:
        fields.container = first(tags, "SO").partition(". doi:")[0]
    name = first(tags, "PMID") or raw.text.strip().split("\n")[0]
    return build(number, name, fields)


def _authors(tags: Tags, text: str) -> list[Author | None]:
    """People as FAU and AU give them, and bodies, in the order of the record."""
    people = [_person(short, full) for short, full in _paired(tags)]
    bodies = [organisation(name) for name in every(tags, "CN")]
    if not people and not bodies:
        return [read_name(name) for name in every(tags, "FED", "ED", "IR")[:1] if name]
    first_body, first_person = text.find("\nCN  -"), text.find("\nAU  -")
    before = first_body >= 0 and (first_person < 0 or first_body < first_person)
    return [*bodies, *people] if before else [*people, *bodies]


def _paired(tags: Tags) -> list[tuple[str, str]]:
    """The short and the full form of each name; PubMed writes both or one of them."""
    return list(zip_longest(every(tags, "AU"), every(tags, "FAU"), fillvalue=""))


def _person(short: str, full: str) -> Author | None:
    return read_name(short) if short else read_name(full)


def _dois(tags: Tags) -> list[str]:
    """DOIs are marked among other numbers: “10.1000/x [doi]”."""
    marked = [value for value in every(tags, "LID", "AID") if value.lower().endswith("[doi]")]
    return [*every(tags, "DOI"), *dict.fromkeys(marked)]


def _full_pages(written: str) -> str:
    """“1005-12” is “1005-1012”: the library writes both numbers out."""
    match = re.fullmatch(r"(\d+)-(\d+)", written.split(";")[0].split(",")[0].strip())
    if match and len(match[2]) < len(match[1]):
        return f"{match[1]}-{match[1][: len(match[1]) - len(match[2])]}{match[2]}"
    return written


def _standing(tags: Tags) -> Standing:
    """Comments and corrections, which PubMed keeps in tags of their own."""
    retractions = every(tags, "RIN")
    return Standing(
        retracted=retractions[0][:200] if retractions else "",
        superseded=(first(tags, "UIN") or first(tags, "RPI"))[:200],
        concerns=first(tags, "ECI")[:200],
        is_notice=bool(every(tags, "ROF")),
        notices=retractions,
    )
