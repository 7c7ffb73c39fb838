"""Which safety notices a page shows, in one query for each request; and their record."""

from collections.abc import Iterable, Iterator, Sequence

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.http import HttpRequest

from publishing.models import Revision, SafetyBanner, Subject
from publishing.services import subject_types
from remedies_site.compiled_queries import CompiledQuery

SubjectKey = tuple[str, str, int]
"""App, model and primary key of a subject."""
_KEPT = "active_banners"
_STANDING = CompiledQuery(
    lambda: (
        SafetyBanner.objects.filter(lifted_at__isnull=True)
        .order_by()
        .select_related("content_type", "work")
    )
)
"""Every page runs it, and there is mostly nothing to read."""
MOST_RECORDED = 50


def active_banners(request: HttpRequest) -> list[SafetyBanner]:
    """Those that stand now, of the whole site first, then the newest; read once for a request.

    They are few, so a page reads all of them and picks its own: what it shows never costs a second query.
    """
    kept: list[SafetyBanner] | None = vars(request).get(_KEPT)
    if kept is None:
        kept = vars(request)[_KEPT] = read_active_banners()
    return kept


def read_active_banners() -> list[SafetyBanner]:
    """The same for what is no page: one query."""
    return sorted(
        _STANDING.instances(SafetyBanner),
        key=lambda banner: (banner.whole_site, banner.set_at, banner.pk),
        reverse=True,
    )


def banners_of(request: HttpRequest, shown: Iterable[object]) -> list[SafetyBanner]:
    """The banners of the whole site, and of the subjects that a page shows.

    `shown` holds subjects, lists of them, or things with a `row` that is one; everything else is
    ignored. An entry has the banners of its remedy and of its condition too. No query where a subject was
    read with its marks (`publishing.selectors.with_live_marks`), which say that none stands.
    """
    subjects = list(_subjects(shown))
    if not all(getattr(subject, "notices_stand", True) for subject in subjects):
        return []
    active = active_banners(request)
    return banners_about(active, subjects) if active else []


def banners_about(
    active: Iterable[SafetyBanner], subjects: Iterable[Subject[Revision]]
) -> list[SafetyBanner]:
    """Those of the whole site, of the subjects, and of what these are about; no query."""
    keys = {key for subject in subjects for key in _keys(subject)}
    return [banner for banner in active if banner.whole_site or _key(banner) in keys]


def _subjects(shown: Iterable[object]) -> Iterator[Subject[Revision]]:
    for thing in shown:
        row = getattr(thing, "row", thing)
        if isinstance(row, Subject):
            yield row
        elif isinstance(row, Sequence) and not isinstance(row, str):
            yield from _subjects(row)


def _keys(subject: Subject[Revision]) -> Iterator[SubjectKey]:
    """The subject and those that it is about, by its foreign keys alone: no row is loaded."""
    yield subject._meta.app_label, str(subject._meta.model_name), subject.pk
    for field in subject._meta.concrete_fields:
        target = field.related_model
        if isinstance(target, type) and issubclass(target, Subject):
            meta = target._meta
            yield meta.app_label, str(meta.model_name), getattr(subject, field.attname)


def _key(banner: SafetyBanner) -> SubjectKey | None:
    if banner.content_type is None or banner.object_id is None:
        return None
    return banner.content_type.app_label, banner.content_type.model, banner.object_id


def banners_on_record(subject: Subject[Revision] | None = None) -> models.QuerySet[SafetyBanner]:
    """Every safety notice there ever was, the newest first: of all pages, or of one subject.

    For the public record: a lifted one stays in it with the reason.
    """
    rows = SafetyBanner.objects.select_related("work").order_by("-set_at", "-pk")
    if subject is None:
        return rows
    meta = subject._meta
    return rows.filter(
        content_type__app_label=meta.app_label,
        content_type__model=meta.model_name,
        object_id=subject.pk,
    )


def public_banners() -> list[SafetyBanner]:
    """The newest on record whose subject readers can see, with it; at most `MOST_RECORDED`."""
    subjects = [
        registered.model._default_manager.with_parts().defer("shown_text")
        for registered in subject_types()
    ]
    rows = banners_on_record().prefetch_related(GenericPrefetch("subject", subjects))
    return [banner for banner in rows[:MOST_RECORDED] if banner.whole_site or _is_public(banner)]


def _is_public(banner: SafetyBanner) -> bool:
    subject = banner.subject
    return subject is not None and all(part.is_published for part in subject.parts)
