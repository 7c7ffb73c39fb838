"""The sitemap for search engines: an index, and parts that list the URLs of published pages.

A part holds the rows of 10,000 primary keys, so it never has more URLs than that, is found without
counting, and stays the same part while others grow. URLs are put together from their slugs: resolving
ten thousand of them by name would take longer than everything else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.replica.routing import reading_connection

PER_PART = 10_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SLUG = "slug"
STANDING_PAGES = (
    *("home", "remedies", "conditions", "evidence_map"),
    *("recently_reviewed", "recently_corrected"),
    *("api_page", "about", "reviewers", "privacy", "grading", "rules", "moderation_log"),
    *("editorial_policy", "accessibility", "data_licence", "help_now", "criteria", "trust"),
)
"""The names of the URLs that every site has."""


@dataclass(frozen=True)
class Section:
    """The pages of one model: those that are published, the columns of their slugs, and the path.

    `parts` are the relations whose rows have to be published, too.
    """

    published: Callable[[], QuerySet[Model]]
    slugs: tuple[str, ...]
    path: Callable[[], str]
    parts: tuple[str, ...] = ()


SECTIONS: dict[str, Section] = {
    "remedies": Section(
        lambda: Remedy.objects.published(), ("slug",), lambda: reverse("remedy", args=[_SLUG])
    ),
    "conditions": Section(
        lambda: Condition.objects.published(), ("slug",), lambda: reverse("condition", args=[_SLUG])
    ),
    "entries": Section(
        lambda: RemedyConditionEntry.objects.published(),
        ("remedy__slug", "condition__slug"),
        lambda: reverse("entry", args=[_SLUG, _SLUG]),
        parts=("remedy", "condition"),
    ),
}
"""The sections by the name in the URLs of their parts."""


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The URLs of all parts; with its day, where a part is all there is of a section.

    The days of several parts could only be had by reading every row, and a day that is not true is worse
    than none.
    """
    lines = [_index_line(reverse("sitemap_pages"))]
    for name, section in SECTIONS.items():
        parts, newest = _parts(section), _newest(section)
        day = newest if len(parts) == 1 else None
        lines += [_index_line(reverse("sitemap_part", args=[name, part]), day) for part in parts]
    return _xml("sitemapindex", lines)


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The part with the pages that every site has."""
    return _xml("urlset", [_url(reverse(name)) for name in STANDING_PAGES])


@require_safe
def sitemap_part(request: HttpRequest, section: str, part: int) -> HttpResponse:
    """The URLs of the pages whose primary keys make up one part, with the days of their revisions."""
    if section not in SECTIONS:
        raise Http404
    lines = list(_lines(SECTIONS[section], part))
    if not lines:
        raise Http404
    return _xml("urlset", lines)


def part_rows(section: Section, part: int) -> QuerySet[Model]:
    """The published rows of a part, which counts from 1."""
    start = (part - 1) * PER_PART
    return section.published().filter(pk__gt=start, pk__lte=start + PER_PART).order_by("pk")


def _lines(section: Section, part: int) -> Iterator[str]:
    before, *between = section.path().split(_SLUG)
    template = before + "".join(f"%s{text}" for text in between)
    for *slugs, published_at in part_rows(section, part).values_list(
        *section.slugs, "published_at"
    ):
        yield _url(template % tuple(slugs), published_at)


def _parts(section: Section) -> list[int]:
    """The parts that hold a published row, in one query that jumps from part to part."""
    meta = section.published().model._meta
    quote = connection.ops.quote_name
    shown = "published_at IS NOT NULL AND withdrawn_at IS NULL"
    fields = [
        field for field in map(meta.get_field, section.parts) if isinstance(field, ForeignKey)
    ]
    needed = "".join(
        f" AND {quote(field.column)} IN (SELECT id FROM {quote(_table(field))} WHERE {shown})"  # noqa: S608
        for field in fields
    )
    next_part = (  # its numbers and names are this module's own
        f"SELECT min(id - 1) / {PER_PART} + 1 AS part FROM {quote(meta.db_table)} "  # noqa: S608
        f"WHERE {shown}{needed}"
    )
    with reading_connection().cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE parts (part) AS ({next_part} UNION ALL "  # noqa: S608
            f"SELECT ({next_part} AND id > parts.part * {PER_PART}) FROM parts "
            "WHERE parts.part IS NOT NULL) "
            "SELECT part FROM parts WHERE part IS NOT NULL"
        )
        return [int(part) for (part,) in cursor.fetchall()]


def _newest(section: Section) -> datetime | None:
    newest = section.published().order_by("-published_at").values_list("published_at", flat=True)
    return newest.first()


def _index_line(path: str, published_at: datetime | None = None) -> str:
    return f"<sitemap><loc>{_absolute(path)}</loc>{_day(published_at)}</sitemap>"


def _table(field: ForeignKey[Any, Any]) -> str:
    return str(field.remote_field.model._meta.db_table)


def _url(path: str, published_at: datetime | None = None) -> str:
    return f"<url><loc>{_absolute(path)}</loc>{_day(published_at)}</url>"


def _day(published_at: datetime | None) -> str:
    return f"<lastmod>{published_at:%Y-%m-%d}</lastmod>" if published_at else ""


def _absolute(path: str) -> str:
    return escape(f"{settings.SITE_URL}{path}")


def _xml(element: str, lines: list[str]) -> HttpResponse:
    text = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{element} xmlns="{_NAMESPACE}">',
            *lines,
            f"</{element}>",
            "",
        )
    )
    response = HttpResponse(text, content_type="application/xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response
