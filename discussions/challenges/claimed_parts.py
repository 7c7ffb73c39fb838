"""The claims of a published document: what a reader can point at, part by part. Pure.

A row is a claim, and of a text each sentence. A claim is known by its place in the document of one
revision: `regimens[2]` for the second row, `dosing:3` for the third sentence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch

from django.utils.translation import gettext as _
from pydantic import BaseModel

from conditions.schema import ConditionDocument
from publishing.claims.sentences import sentences
from remedies.doses.wording import format_dose, format_limit
from remedies.schema import (
    EntryDocument,
    EvidenceRow,
    GapRow,
    GuidelineRow,
    JudgementRow,
    LimitRow,
    RegimenRow,
    RemedyDocument,
    SmallestDifferenceRow,
)
from remedies_site.documents import Row
from remedies_site.numbers import format_number

ChallengedDocument = EntryDocument | RemedyDocument | ConditionDocument
_QUOTES = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')
_GAP = re.compile(r"\s+")
PART_FIELDS: Mapping[type[BaseModel], Mapping[str, Sequence[str]]] = {
    EntryDocument: {
        "verdict": ("verdict",),
        "steps": ("next_steps",),
        "doses": ("regimens", "dosing"),
        "warnings": ("precautions", "warnings"),
        "evidence": (
            *("first_question", "second_question", "evidence_items", "evidence", "guidelines"),
            *("judgements", "smallest_differences"),
        ),
        "why": ("rationale.mechanism", "rationale.observational", "rationale.clinical"),
    },
    RemedyDocument: {
        "limits": ("limits",),
        "general": (
            *("one_line", "what_it_is", "how_it_works", "why_it_matters", "considerations"),
        ),
        "warnings": ("precautions",),
        "interactions": ("interactions", "gaps"),
    },
    ConditionDocument: {
        "overview": ("one_line", "overview"),
        "flags": ("red_flags",),
        "care": ("first_care",),
    },
}
"""The fields of each part of a page, in the order of the page."""


@dataclass(frozen=True)
class Claim:
    """A row or a sentence; `place` says where it stands in the document."""

    place: str
    words: str

    @property
    def is_sentence(self) -> bool:
        """Whether it is one of a text, and no row."""
        return ":" in self.place


@dataclass(frozen=True)
class ClaimGroup:
    """The rows of a part, or the sentences of its texts."""

    is_text: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class ClaimedPart:
    """A part of a page with its claims. Its own key is the place where something is missing."""

    key: str
    claims: tuple[Claim, ...]

    def find(self, place: str) -> Claim | None:
        """The claim at a place, or the part as a whole."""
        if place == self.key:
            return Claim(place, "")
        return next((claim for claim in self.claims if claim.place == place), None)

    @property
    def groups(self) -> list[ClaimGroup]:
        """Its rows, then the sentences of its texts, each where there are any."""
        groups = []
        for is_text in (False, True):
            claims = tuple(each for each in self.claims if each.is_sentence is is_text)
            groups += [ClaimGroup(is_text, claims)] if claims else []
        return groups

    def holds(self, quote: str, claim: Claim) -> bool:
        """Whether the quoted words stand in the claim; for the whole part, in one of its claims."""
        within = [claim.words] if claim.words else [each.words for each in self.claims]
        return any(comparable_words(quote) in comparable_words(words) for words in within)


def parts_of(document: ChallengedDocument) -> list[ClaimedPart]:
    """The parts of the document's page, those without a claim too: something may be missing there."""
    return [
        ClaimedPart(key, tuple(claim for field in fields for claim in _claims(document, field)))
        for key, fields in PART_FIELDS[type(document)].items()
    ]


def find_part(document: ChallengedDocument, key: str) -> ClaimedPart | None:
    """The part with a key, None where its page has no such part."""
    return next((part for part in parts_of(document) if part.key == key), None)


def comparable_words(text: str) -> str:
    """A text for comparing what somebody copied: case, blanks and shapes of quotation marks left out."""
    return _GAP.sub(" ", text.translate(_QUOTES)).strip().casefold()


def _claims(document: ChallengedDocument, field: str) -> Iterator[Claim]:
    value: object = document
    for name in field.split("."):
        value = getattr(value, name)
    if isinstance(value, str):
        for number, sentence in enumerate(sentences(value), start=1):
            yield Claim(f"{field}:{number}", sentence.text)
    elif isinstance(value, list):
        for number, row in enumerate(value, start=1):
            yield Claim(f"{field}[{number}]", row_words(row))


@singledispatch
def row_words(row: Row) -> str:
    """A row in words, as its page has them."""
    return ": ".join(text for text in row.words() if text)


@row_words.register
def _regimen_words(row: RegimenRow) -> str:
    facts = [format_dose(row), row.timing, row.duration, row.population]
    return f"{row.form}: {', '.join(fact for fact in facts if fact)} ({row.citation})"


@row_words.register
def _evidence_words(row: EvidenceRow) -> str:
    return f"{row.outcome}: {row.result} ({row.citation})"


@row_words.register
def _guideline_words(row: GuidelineRow) -> str:
    return f"{row.body}, {row.year}: {row.says}"


@row_words.register
def _judgement_words(row: JudgementRow) -> str:
    return f"{row.kind.label}: {row.reason}"


@row_words.register
def _difference_words(row: SmallestDifferenceRow) -> str:
    difference = f"{row.measure.label}, {format_number(row.value)}"
    return f"{difference} ({row.scale})" if row.scale else difference


@row_words.register
def _limit_words(row: LimitRow) -> str:
    return f"{row.kind.label}, {row.authority}, {row.population}: {format_limit(row)}"


@row_words.register
def _gap_words(row: GapRow) -> str:
    hours = []
    if row.before is not None:
        hours.append(_("%(hours)s hours before") % {"hours": format_number(row.before)})
    if row.after is not None:
        hours.append(_("%(hours)s hours after") % {"hours": format_number(row.after)})
    return f"{row.substance}, {row.authority}: {', '.join(hours)}"
