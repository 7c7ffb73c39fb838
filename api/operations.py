"""The operations of the API and their OpenAPI description, by django-ninja.

Importing it takes a noticeable part of a second, so only a process that is asked for the API does: see
`api.views`.
"""

import hashlib
import json
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLResolver, reverse
from django.urls.resolvers import RegexPattern
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from pydantic import BaseModel

from api.parameters import (
    CitationFilters,
    ConditionFilters,
    EntryFilters,
    KeyText,
    RemedyFilters,
    SlugText,
    since,
)
from api.problems import (
    PROBLEM_JSON,
    InvalidParameters,
    MovedRecord,
    WithdrawnRecord,
    invalid_parameters,
    problem,
    refuse_others,
)
from api.records import (
    citation_record,
    condition_record,
    condition_summary,
    entry_record,
    entry_summary,
    remedy_record,
    remedy_summary,
)
from api.schema import (
    CitationList,
    CitationRecord,
    ConditionList,
    ConditionRecord,
    EntryList,
    EntryRecord,
    ParameterError,
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
from publishing.models import Revision, Subject
from publishing.redirects import redirect_target

VERSION = "1.0.0"
"""Of the description. Change what a field means, change this: kept answers are then asked for again."""

_DESCRIPTION = (
    "What this site has published: remedies, conditions, entries (a remedy for one condition, with its "
    "evidence, doses, warnings and the grade with every step) and the works they cite. Read-only. It is "
    "information to discuss with a doctor or pharmacist and does not replace their advice."
)
_OF_LISTS: dict[int, Any] = {304: None, 400: Problem, 405: Problem, 429: Problem}
_OF_RECORDS: dict[int, Any] = {**_OF_LISTS, 301: None, 404: Problem, 410: Problem}
_HEADERS = {
    200: {"ETag": "Send it as If-None-Match: what has not changed is answered with 304."},
    301: {"Location": "The address of what was renamed or merged."},
    429: {"Retry-After": "Seconds until the next request is answered."},
}

ninja_api = NinjaAPI(
    title=f"{settings.SITE_NAME}: open data",
    version=VERSION,
    description=_DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="open-data",
)


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
    return _json(remedy_record(remedy))


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
    return _json(condition_record(condition))


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
    return _json(entry_record(entry))


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


@ninja_api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """400; the names are those of the address."""
    errors = [
        ParameterError(name=str(detail["loc"][-1]), message=str(detail["msg"]))
        for detail in error.errors
    ]
    return invalid_parameters(errors)


@ninja_api.exception_handler(InvalidParameters)
def _not_known(request: HttpRequest, error: InvalidParameters) -> HttpResponse:
    return invalid_parameters(error.errors)


@ninja_api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "There is nothing published at this address.")


@ninja_api.exception_handler(WithdrawnRecord)
def _withdrawn(request: HttpRequest, error: WithdrawnRecord) -> HttpResponse:
    return problem(HTTPStatus.GONE, f"It was withdrawn: {error}")


@ninja_api.exception_handler(MovedRecord)
def _moved(request: HttpRequest, error: MovedRecord) -> HttpResponse:
    return HttpResponsePermanentRedirect(f"{settings.API_PATH}{error.path}")


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description, with the media type of problems and the headers of responses."""
    found: dict[str, Any] = json.loads(
        json.dumps(
            ninja_api.get_openapi_schema(path_prefix=settings.API_PATH.strip("/") + "/"),
            default=str,
        )
    )
    found["servers"] = [{"url": settings.SITE_URL}]
    if settings.DATA_LICENCE:
        found["info"]["license"] = {"name": settings.DATA_LICENCE}
        if settings.DATA_LICENCE_URL:
            found["info"]["license"]["url"] = settings.DATA_LICENCE_URL
    for methods in found["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                _complete(int(status), response)
    return found


def _complete(status: int, response: dict[str, Any]) -> None:
    content = response.get("content", {})
    if status >= HTTPStatus.BAD_REQUEST and content:
        response["content"] = {PROBLEM_JSON: content["application/json"]}
    if headers := _HEADERS.get(status):
        response["headers"] = {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in headers.items()
        }


@cache
def description_json() -> str:
    """The description as it is served."""
    return json.dumps(description(), ensure_ascii=False)


@cache
def digest() -> str:
    """Changes with the description, and with it what kept answers looked like."""
    return hashlib.sha256(description_json().encode()).hexdigest()


@cache
def _resolver() -> URLResolver:
    patterns, _app_name, _namespace = ninja_api.urls
    return URLResolver(RegexPattern(r""), patterns)  # type: ignore[arg-type]


def answer(request: HttpRequest, path: str) -> HttpResponse:
    """The response to a GET below the address of the API. Raises Http404, where there is no such one."""
    match = _resolver().resolve(path)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response
