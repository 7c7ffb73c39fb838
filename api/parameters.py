"""The parameters of the API: their types and bounds."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema

from citations.choices import StudyType
from conditions.choices import Category
from remedies.choices import Certainty, Effect, RemedyKind
from remedies_site.documents import SLUG
from remedies_site.key_pages import MOST_ID
from remedies_site.markup import KEY

DEFAULT_LIMIT, MOST_ROWS = 20, 100
SLUG_PATTERN = f"^{SLUG.pattern}$"
KEY_PATTERN = f"^{KEY}$"
LONGEST_KEY = 80


def _day(value: Any) -> Any:
    """Only 2026-11-27: other forms, which pydantic would take, are refused."""
    if not isinstance(value, str):
        return value
    if len(value) != len("2026-11-27"):
        raise ValueError("must be a day such as 2026-11-27")
    return date.fromisoformat(value)


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
SlugText = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=LONGEST_KEY)]
KeyText = Annotated[str, Field(pattern=KEY_PATTERN, max_length=LONGEST_KEY)]
NOT_GIVEN: Any = None
"""The default of a filter, which is none of its values: so `null` is none in the description."""
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="The most that a page holds.")]
UpdatedSince = Annotated[
    Day, Field(description="Published on this day (UTC) or since, first or again.")
]
AfterSlug = Annotated[SlugText, Field(description="The slug of the last one of the page before.")]
AfterKey = Annotated[KeyText, Field(description="The key of the last one of the page before.")]
AfterNumber = Annotated[int, Field(ge=1, le=MOST_ID, description="As `next` has it.")]


class RemedyFilters(Schema):
    """What narrows the list of remedies."""

    kind: RemedyKind = NOT_GIVEN
    updated_since: UpdatedSince = NOT_GIVEN
    after: AfterSlug = NOT_GIVEN
    limit: Limit = DEFAULT_LIMIT


class ConditionFilters(Schema):
    """What narrows the list of conditions."""

    category: Category = NOT_GIVEN
    updated_since: UpdatedSince = NOT_GIVEN
    after: AfterSlug = NOT_GIVEN
    limit: Limit = DEFAULT_LIMIT


class EntryFilters(Schema):
    """What narrows the list of entries."""

    remedy: SlugText = NOT_GIVEN
    condition: SlugText = NOT_GIVEN
    effect: Effect = NOT_GIVEN
    certainty: Certainty = NOT_GIVEN
    updated_since: UpdatedSince = NOT_GIVEN
    after: AfterNumber = NOT_GIVEN
    limit: Limit = DEFAULT_LIMIT


class CitationFilters(Schema):
    """What narrows the list of works."""

    study_type: StudyType = NOT_GIVEN
    retracted: Literal["true", "false"] = NOT_GIVEN
    after: AfterKey = NOT_GIVEN
    limit: Limit = DEFAULT_LIMIT


def since(day: date | None) -> datetime | None:
    """When a day begins; None where none was given."""
    return None if day is None else datetime.combine(day, time.min, tzinfo=UTC)
