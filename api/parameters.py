"""The parameters of the lists: their types, their bounds, and what no list takes."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from django.http import QueryDict
from ninja import Schema
from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

from api.problems import InvalidParameters
from api.schema import ParameterError
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
Nothing = SkipJsonSchema[None]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="The most that a page holds.")]
UpdatedSince = Annotated[
    Day | Nothing, Field(description="Published on this day (UTC) or since, first or again.")
]
AfterSlug = Annotated[
    SlugText | Nothing, Field(description="The slug of the last one of the page before.")
]


class RemedyFilters(Schema):
    """What narrows the list of remedies."""

    kind: RemedyKind | Nothing = None
    updated_since: UpdatedSince = None
    after: AfterSlug = None
    limit: Limit = DEFAULT_LIMIT


class ConditionFilters(Schema):
    """What narrows the list of conditions."""

    category: Category | Nothing = None
    updated_since: UpdatedSince = None
    after: AfterSlug = None
    limit: Limit = DEFAULT_LIMIT


class EntryFilters(Schema):
    """What narrows the list of entries."""

    remedy: SlugText | Nothing = None
    condition: SlugText | Nothing = None
    effect: Effect | Nothing = None
    certainty: Certainty | Nothing = None
    updated_since: UpdatedSince = None
    after: Annotated[
        Annotated[int, Field(ge=1, le=MOST_ID)] | Nothing, Field(description="As `next` has it.")
    ] = None
    limit: Limit = DEFAULT_LIMIT


class CitationFilters(Schema):
    """What narrows the list of works."""

    study_type: StudyType | Nothing = None
    retracted: Literal["true", "false"] | Nothing = None
    after: Annotated[
        KeyText | Nothing, Field(description="The key of the last one of the page before.")
    ] = None
    limit: Limit = DEFAULT_LIMIT


def since(day: date) -> datetime:
    """The begin of a day."""
    return datetime.combine(day, time.min, tzinfo=UTC)


def refuse_others(query: QueryDict, filters: type[Schema] | None = None) -> None:
    """Raise InvalidParameters for what the address does not know, or is given twice."""
    known = set(filters.model_fields) if filters else set()
    errors = [
        ParameterError(name=name[:80], message="is no parameter of this address")
        for name in query
        if name not in known
    ]
    errors += [
        ParameterError(name=name, message="is given more than once")
        for name, values in query.lists()
        if name in known and len(values) > 1
    ]
    if errors:
        raise InvalidParameters(errors)
