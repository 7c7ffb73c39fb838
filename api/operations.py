"""The operations of the API: a list and a record of each kind. Each checks its parameters, and reads once."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query
from pydantic import BaseModel

from api.ninja_api import ninja_api
from api.open_records import (
    citation_record,
    condition_record,
    condition_summary,
    entry_record,
    entry_summary,
    remedy_record,
    remedy_summary,
)
from api.parameters import (
    CitationFilters,
    ConditionFilters,
    EntryFilters,
    KeyText,
    RemedyFilters,
    SlugText,
    since,
)
from api.problems import MovedRecord, WithdrawnRecord, refuse_others
from api.schema import (
    CitationList,
    CitationRecord,
    ConditionList,
    ConditionRecord,
    EntryList,
    EntryRecord,
    Problem,
    RemedyList,
    RemedyRecord,
)
from api.selectors import (
    condition_by_slug,
    entry_by_slugs,
    first_rows,
    listed_conditions,
    listed_entries,
    listed_remedies,
    listed_works,
    remedy_by_slug,
)
from citations.document import to_document
from citations.former_keys import works_by_former_key
from citations.models import Citation
from publishing.banners.selectors import read_active_banners
from publishing.models import Revision, SafetyBanner, Subject
from publishing.redirects import redirect_target

M = TypeVar("M", bound=Model)
S = TypeVar("S", bound=Subject[Revision])
_OF_LISTS: dict[int, Any] = {304: None} | dict.fromkeys((400, 403, 405, 429, 503), Problem)
_OF_RECORDS: dict[int, Any] = {**_OF_LISTS, 301: None, 404: Problem, 410: Problem}


def _json(record: BaseModel) -> HttpResponse:
    """The record in the form that the description gives, numbers as numbers."""
    return HttpResponse(record.model_dump_json(by_alias=True), content_type="application/json")


def _matching(rows: QuerySet[M], **wanted: object) -> QuerySet[M]:
    """The rows by the lookups whose parameters were given."""
    return rows.filter(**{lookup: value for lookup, value in wanted.items() if value is not None})


def _page(
    request: HttpRequest,
    rows: QuerySet[M],
    limit: int,
    *,
    key: str,
    list_type: type[BaseModel],
    record: Callable[[M], BaseModel],
) -> HttpResponse:
    """The first rows as a list of this type, with the URL of the list after the last one's `key`."""
    found, goes_on = first_rows(rows, limit)
    next_url = None
    if goes_on:
        query = request.GET.copy()
        query["after"] = str(getattr(found[-1], key))
        next_url = f"{settings.SITE_URL}{request.path}?{query.urlencode(safe='/:')}"
    return _json(list_type(items=[record(row) for row in found], next=next_url))


@ninja_api.get(
    "/remedies",
    response={200: RemedyList, **_OF_LISTS},
    operation_id="list_remedies",
    summary="Remedies by slug",
    by_alias=True,
)
def list_remedies(request: HttpRequest, filters: Query[RemedyFilters]) -> HttpResponse:
    """The published remedies, by slug."""
    refuse_others(request.GET, RemedyFilters.model_fields)
    rows = _matching(
        listed_remedies(),
        slug__gt=filters.after,
        shown_kind=filters.kind,
        published_at__gte=since(filters.updated_since),
    )
    return _page(
        request,
        rows,
        filters.limit,
        key="slug",
        list_type=RemedyList,
        record=_with_notices(remedy_summary),
    )


@ninja_api.get(
    "/remedies/{slug}",
    response={200: RemedyRecord, **_OF_RECORDS},
    operation_id="get_remedy",
    summary="One remedy",
    by_alias=True,
)
def get_remedy(request: HttpRequest, slug: Path[SlugText]) -> HttpResponse:
    """A remedy with its limits, interactions, gaps and precautions."""
    refuse_others(request.GET)
    public = _public(remedy_by_slug(slug), reverse("remedy", args=[slug]), "remedies")
    return _json(remedy_record(public, read_active_banners()))


@ninja_api.get(
    "/conditions",
    response={200: ConditionList, **_OF_LISTS},
    operation_id="list_conditions",
    summary="Conditions by slug",
    by_alias=True,
)
def list_conditions(request: HttpRequest, filters: Query[ConditionFilters]) -> HttpResponse:
    """The published conditions, by slug."""
    refuse_others(request.GET, ConditionFilters.model_fields)
    rows = _matching(
        listed_conditions(),
        slug__gt=filters.after,
        shown_category=filters.category,
        published_at__gte=since(filters.updated_since),
    )
    return _page(
        request,
        rows,
        filters.limit,
        key="slug",
        list_type=ConditionList,
        record=_with_notices(condition_summary),
    )


@ninja_api.get(
    "/conditions/{slug}",
    response={200: ConditionRecord, **_OF_RECORDS},
    operation_id="get_condition",
    summary="One condition",
    by_alias=True,
)
def get_condition(request: HttpRequest, slug: Path[SlugText]) -> HttpResponse:
    """A condition with its red flags and usual first care."""
    refuse_others(request.GET)
    public = _public(condition_by_slug(slug), reverse("condition", args=[slug]), "conditions")
    return _json(condition_record(public, read_active_banners()))


@ninja_api.get(
    "/entries",
    response={200: EntryList, **_OF_LISTS},
    operation_id="list_entries",
    summary="Entries: a remedy for one condition",
    by_alias=True,
)
def list_entries(request: HttpRequest, filters: Query[EntryFilters]) -> HttpResponse:
    """The published entries, in an order that stays."""
    refuse_others(request.GET, EntryFilters.model_fields)
    rows = _matching(
        listed_entries(),
        pk__gt=filters.after,
        remedy__slug=filters.remedy,
        condition__slug=filters.condition,
        shown_effect=filters.effect,
        shown_certainty=filters.certainty,
        published_at__gte=since(filters.updated_since),
    )
    return _page(
        request,
        rows,
        filters.limit,
        key="pk",
        list_type=EntryList,
        record=_with_notices(entry_summary),
    )


@ninja_api.get(
    "/entries/{remedy}/{condition}",
    response={200: EntryRecord, **_OF_RECORDS},
    operation_id="get_entry",
    summary="One entry",
    by_alias=True,
)
def get_entry(
    request: HttpRequest, remedy: Path[SlugText], condition: Path[SlugText]
) -> HttpResponse:
    """An entry with its evidence, doses, warnings, the grade with its ledger, and the remedy's safety."""
    refuse_others(request.GET)
    path = reverse("entry", args=[remedy, condition])
    public = _public(entry_by_slugs(remedy, condition), path, "entries")
    return _json(entry_record(public, read_active_banners()))


@ninja_api.get(
    "/citations",
    response={200: CitationList, **_OF_LISTS},
    operation_id="list_citations",
    summary="Works that published pages cite",
    by_alias=True,
)
def list_citations(request: HttpRequest, filters: Query[CitationFilters]) -> HttpResponse:
    """The cited works, by key."""
    refuse_others(request.GET, CitationFilters.model_fields)
    rows = _matching(
        listed_works(),
        key__gt=filters.after,
        study_type=filters.study_type,
        retracted_on__isnull=filters.retracted and filters.retracted == "false",
    )
    return _page(
        request, rows, filters.limit, key="key", list_type=CitationList, record=_work_record
    )


@ninja_api.get(
    "/citations/{path:key}",
    response={200: CitationRecord, **_OF_RECORDS},
    operation_id="get_citation",
    summary="One work",
    by_alias=True,
)
def get_citation(request: HttpRequest, key: Path[KeyText]) -> HttpResponse:
    """A work that a published page cites."""
    refuse_others(request.GET)
    work = listed_works().filter(key=key).first()
    if work is None:
        other = works_by_former_key([key]).get(key)
        if other is not None and listed_works().filter(pk=other.pk).exists():
            raise MovedRecord(f"citations/{other.key}")
        raise Http404
    return _json(_work_record(work))


def _with_notices(
    summary: Callable[[M, list[SafetyBanner]], BaseModel],
) -> Callable[[M], BaseModel]:
    """The record of a row in a list; the notices are read once."""
    active = read_active_banners()
    return lambda row: summary(row, active)


def _work_record(work: Citation) -> CitationRecord:
    return citation_record(to_document(work))


def _public(subject: S | None, page: str, kind: str) -> S:
    """The subject; raises Http404, WithdrawnRecord or MovedRecord where the page at this path shows nothing."""
    is_hidden = subject is None or any(part.withdrawn_at for part in subject.parts)
    if is_hidden and (target := redirect_target(page)):
        raise MovedRecord(f"{kind}/{target.strip('/').partition('/')[2]}")
    if subject is None or not all(part.was_published for part in subject.parts):
        raise Http404
    for part in subject.parts:
        if part.withdrawn_at is not None:
            raise WithdrawnRecord(part.withdrawn_reason)
    return subject
