"""Works from NBIB, the format that PubMed gives: a tag of four letters, and lines that go on."""

import re
from collections import defaultdict

from citations.choices import StudyType
from citations.importing.works import Broken, Found, doi, found, one_line, year

_LINE = re.compile(r"^([A-Z]{2,4}) *- ?(.*)$")
_KINDS = (
    ("meta-analysis", StudyType.META_ANALYSIS),
    ("systematic review", StudyType.SYSTEMATIC_REVIEW),
    ("practice guideline", StudyType.GUIDELINE),
    ("guideline", StudyType.GUIDELINE),
    ("randomized controlled trial", StudyType.RANDOMISED_TRIAL),
    ("case reports", StudyType.CASE_REPORT),
    ("review", StudyType.NARRATIVE_REVIEW),
)
"""PubMed's kinds of publication that say what kind of study it is, most telling first."""


def read(text: str) -> list[Found]:
    """Every record; records are parted by empty lines or begin with their PMID."""
    records = re.split(r"\n(?=PMID *-)", text.lstrip("\ufeff").replace("\r\n", "\n").strip())
    return [
        _found(number, record) for number, record in enumerate(records, start=1) if record.strip()
    ]


def _found(number: int, record: str) -> Found:
    tags = _tags(record)
    first = {tag: values[0] for tag, values in tags.items()}
    name = first.get("PMID") or record.splitlines()[0][:80]
    if not tags:
        return Broken(number, name, "holds no line of the form “TI  - …”")
    kinds = {kind.lower() for kind in tags.get("PT", [])}
    return found(
        number,
        name,
        title=first.get("TI") or first.get("BTI", ""),
        authors=tags.get("AU") or tags.get("CN", []),
        container=first.get("SO", "").partition(". doi:")[0] or first.get("JT", ""),
        year=year(first.get("DP", "")),
        doi=_doi(tags),
        pmid=first.get("PMID", ""),
        pmcid=first.get("PMC", ""),
        study_type=next(
            (study for kind, study in _KINDS if kind in kinds), StudyType.REFERENCE_WORK
        ),
    )


def _tags(record: str) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = defaultdict(list)
    tag = ""
    for line in record.splitlines():
        if match := _LINE.match(line):
            tag = match[1]
            tags[tag].append(match[2].strip())
        elif tag and line.startswith("      "):
            tags[tag][-1] = one_line(f"{tags[tag][-1]} {line}")
    return dict(tags)


def _doi(tags: dict[str, list[str]]) -> str:
    for value in [*tags.get("LID", []), *tags.get("AID", [])]:
        number, _blank, kind = value.partition(" ")
        if kind == "[doi]":
            return doi(number)
    return ""
