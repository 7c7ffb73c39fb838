"""What the API answers with: the documents that readers see, with where and when they were published."""

from datetime import datetime

from citations.schema import CitationDocument
from conditions.choices import Category
from conditions.schema import ConditionDocument
from remedies.choices import Certainty, Effect, RemedyKind
from remedies.grading.record import GradeRecord
from remedies.schema import (
    EntryDocument,
    GapRow,
    InteractionRow,
    LimitRow,
    PrecautionRow,
    RemedyDocument,
)
from remedies_site.documents import Document


class PublishedPart(Document):
    """What every published thing has: `url` is its page, `api_url` its whole record here.

    `version` counts the published versions of it, `published_at` is the time of this one.
    """

    url: str
    api_url: str
    version: int
    first_published_at: datetime | None
    published_at: datetime


class NoticeRecord(Document):
    """An urgent warning that stands now, in plain words; readers see it above everything else."""

    text: str
    set_at: datetime


class ListedRemedy(PublishedPart):
    """A remedy in a list. `notices` are the safety notices about it and about the whole site."""

    notices: list[NoticeRecord]
    slug: str
    name: str
    kind: RemedyKind
    one_line: str


class ListedCondition(PublishedPart):
    """A condition in a list. `notices` are the safety notices about it and about the whole site."""

    notices: list[NoticeRecord]
    slug: str
    name: str
    category: Category
    one_line: str


class ListedEntry(PublishedPart):
    """A remedy for one condition in a list; `effect` and `certainty` are what its page says.

    `notices` are the safety notices about the entry, its remedy, its condition and the whole site.
    """

    notices: list[NoticeRecord]
    remedy: str
    condition: str
    remedy_name: str
    condition_name: str
    effect: Effect
    certainty: Certainty


class RemedyRecord(ListedRemedy):
    """A remedy with all that is published of it."""

    document: RemedyDocument


class ConditionRecord(ListedCondition):
    """A condition with all that is published of it."""

    document: ConditionDocument


class RemedySafety(Document):
    """What is true of the remedy for every use, and has to be read with an entry."""

    limits: list[LimitRow]
    interactions: list[InteractionRow]
    gaps: list[GapRow]
    precautions: list[PrecautionRow]


class EntryRecord(ListedEntry):
    """A remedy for one condition with all that is published of it.

    `document` holds what editors wrote, `grade` what the rule made of it, with every step; null for
    a version from before grades were computed. `remedy_safety` is of the remedy's own page.
    """

    document: EntryDocument
    grade: GradeRecord | None
    remedy_safety: RemedySafety


class CitationRecord(Document):
    """A work that a published page cites."""

    key: str
    url: str
    api_url: str
    document: CitationDocument


class RemedyList(Document):
    """A page of remedies; `next` is the URL of the page after it, null on the last."""

    items: list[ListedRemedy]
    next: str | None


class ConditionList(Document):
    """A page of conditions; `next` is the URL of the page after it, null on the last."""

    items: list[ListedCondition]
    next: str | None


class EntryList(Document):
    """A page of entries; `next` is the URL of the page after it, null on the last."""

    items: list[ListedEntry]
    next: str | None


class CitationList(Document):
    """A page of works; `next` is the URL of the page after it, null on the last."""

    items: list[CitationRecord]
    next: str | None


class ParameterError(Document):
    """A parameter that is wrong, and why."""

    name: str
    message: str


class Problem(Document):
    """Why there is no answer, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[ParameterError] = []
