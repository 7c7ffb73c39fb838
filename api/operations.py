"""The operations of the API: a list and a record of each kind. Each checks its parameters, and reads once."""

from typing import Any

from django.conf import settings
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
from publishing.banners.selectors import read_active_banners
from publishing.models import Revision, Subject
from publishing.redirects import redirect_target

_OF_LISTS: dict[int, Any] = {304: None, 400: Problem, 405: Problem, 429: Problem}
_OF_RECORDS: dict[int, Any] = {**_OF_LISTS, 301: None, 404: Problem, 410: Problem}


def _json(record: BaseModel) -> HttpResponse:
    """The record in the form that the description gives, numbers as numbers."""
    return HttpResponse(record.model_dump_json(by_alias=True), content_type="application/json")


def _next(request: HttpRequest, after: object, *, goes_on: bool) -> str | None:
    """The URL of the list after the row with this key."""
    if not goes_on:
        return None
    query = request.GET.copy()
    query["after"] = str(after)
    return f"{settings.SITE_URL}{request.path}?{query.urlencode(safe='/:')}"


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
    rows = listed_remedies()
    if filters.after:
        rows = rows.filter(slug__gt=filters.after)
    if filters.kind:
        rows = rows.filter(shown_kind=filters.kind)
    if filters.updated_since:
        rows = rows.filter(published_at__gte=since(filters.updated_since))
    found, goes_on = first_rows(rows, filters.limit)
    after = found[-1].slug if found else ""
    return _json(
        RemedyList(
            items=[remedy_summary(remedy) for remedy in found],
            next=_next(request, after, goes_on=goes_on),
        )
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
    remedy = remedy_by_slug(slug)
    _check_public(remedy, reverse("remedy", args=[slug]), "remedies")
    assert remedy is not None  # noqa: S101  (checked)
    return _json(remedy_record(remedy, read_active_banners()))


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
    rows = listed_conditions()
    if filters.after:
        rows = rows.filter(slug__gt=filters.after)
    if filters.category:
        rows = rows.filter(shown_category=filters.category)
    if filters.updated_since:
        rows = rows.filter(published_at__gte=since(filters.updated_since))
    found, goes_on = first_rows(rows, filters.limit)
    after = found[-1].slug if found else ""
    return _json(
        ConditionList(
            items=[condition_summary(condition) for condition in found],
            next=_next(request, after, goes_on=goes_on),
        )
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
    condition = condition_by_slug(slug)
    _check_public(condition, reverse("condition", args=[slug]), "conditions")
    assert condition is not None  # noqa: S101  (checked)
    return _json(condition_record(condition, read_active_banners()))


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
    wanted = {
        "pk__gt": filters.after,
        "remedy__slug": filters.remedy,
        "condition__slug": filters.condition,
        "shown_effect": filters.effect,
        "shown_certainty": filters.certainty,
        "published_at__gte": since(filters.updated_since) if filters.updated_since else None,
    }
    rows = listed_entries().filter(**{name: value for name, value in wanted.items() if value})
    found, goes_on = first_rows(rows, filters.limit)
    after = found[-1].pk if found else ""
    return _json(
        EntryList(
            items=[entry_summary(entry) for entry in found],
            next=_next(request, after, goes_on=goes_on),
        )
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
    entry = entry_by_slugs(remedy, condition)
    _check_public(entry, reverse("entry", args=[remedy, condition]), "entries")
    assert entry is not None  # noqa: S101  (checked)
    return _json(entry_record(entry, read_active_banners()))


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
    rows = listed_works()
    if filters.after:
        rows = rows.filter(key__gt=filters.after)
    if filters.study_type:
        rows = rows.filter(study_type=filters.study_type)
    if filters.retracted:
        rows = rows.filter(retracted_on__isnull=filters.retracted == "false")
    found, goes_on = first_rows(rows, filters.limit)
    after = found[-1].key if found else ""
    return _json(
        CitationList(
            items=[citation_record(to_document(work)) for work in found],
            next=_next(request, after, goes_on=goes_on),
        )
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
    return _json(citation_record(to_document(work)))


def _check_public(subject: Subject[Revision] | None, page: str, kind: str) -> None:
    """Raise Http404, WithdrawnRecord or MovedRecord where the page at this path shows nothing."""
    is_hidden = subject is None or any(part.withdrawn_at for part in subject.parts)
    if is_hidden and (target := redirect_target(page)):
        raise MovedRecord(f"{kind}/{target.strip('/').partition('/')[2]}")
    if subject is None or not all(part.was_published for part in subject.parts):
        raise Http404
    for part in subject.parts:
        if part.withdrawn_at is not None:
            raise WithdrawnRecord(part.withdrawn_reason)
