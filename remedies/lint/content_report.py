"""The look over all pages that editors read: made when the content has changed, and kept until then.

It reads every page, which takes minutes where there are very many. So a request makes it only where the
last one was quick; else the worker does, and the page says of when it is.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db import models
from django.utils import timezone

from publishing.services import subject_types
from remedies.lint.content_errors import content_errors, uncited_keys
from remedies.lint.debts import debts
from remedies.lint.stale import StaleReason, stale_items
from remedies.models import LintReport
from remedies_site.editing.read_only import admin_url
from remedies_site.pagecache.shown import CONTENT
from remedies_site.pagecache.versions import version_in_request

MOST_LINES = 200
"""Lines of a section that are kept; its count is of all."""
QUICK_SECONDS = 2.0
"""A look that took no longer is made by the request that wants it."""
QUICK_SUBJECTS = 500
"""The same, where there has been no look yet."""
PAUSE_FACTOR = 10
"""The worker waits so many times as long as the last look took before the next."""

Stored = list[tuple[str, object, str, str]]


@dataclass(frozen=True)
class ReportLine:
    """One thing to look into. `url` is empty where there is no row to correct."""

    name: str
    message: str
    url: str


@dataclass(frozen=True)
class ReportSection:
    """The first lines of a section, and how many there are in all."""

    count: int
    lines: list[ReportLine]


@dataclass(frozen=True)
class ContentReport:
    """Every section by its name: errors, retracted, due, stale, debts, uncited.

    `is_current` where it holds for the content as it is now; `computed_at` is None where nobody has
    looked yet.
    """

    sections: Mapping[str, ReportSection]
    computed_at: datetime | None
    is_current: bool


def content_report(today: date) -> ContentReport:
    """The look over all pages: made now where that is quick, else the last one."""
    stored, version = LintReport.objects.first(), _version(today)
    if (stored is None or stored.version != version) and _is_quick(stored):
        stored = refresh_report(today)
    if stored is None:
        return ContentReport({name: ReportSection(0, []) for name in _SECTIONS}, None, False)
    sections = {name: _read_section(stored.sections.get(name, {})) for name in _SECTIONS}
    return ContentReport(sections, stored.computed_at, stored.version == version)


def refresh_report(today: date) -> LintReport:
    """Look over all pages now, and keep the result."""
    version, started = _version(today), time.monotonic()
    sections = {name: _stored_section(load(today)) for name, load in _SECTIONS.items()}
    report, _created = LintReport.objects.update_or_create(
        pk=1,
        defaults={
            "computed_at": timezone.now(),
            "seconds": time.monotonic() - started,
            "version": version,
            "sections": sections,
        },
    )
    return report


def refresh_when_changed(today: date) -> bool:
    """Look again where the content has changed and the last look was long enough ago; whether it did."""
    stored = LintReport.objects.first()
    if stored is not None:
        pause = timedelta(seconds=PAUSE_FACTOR * stored.seconds)
        if stored.version == _version(today) or timezone.now() < stored.computed_at + pause:
            return False
    refresh_report(today)
    return True


def _version(today: date) -> str:
    return f"{today} {version_in_request((CONTENT,))}"


def _is_quick(stored: LintReport | None) -> bool:
    if stored is not None:
        return stored.seconds <= QUICK_SECONDS
    wanted = QUICK_SUBJECTS + 1
    count = sum(len(each.model.objects.values("pk")[:wanted]) for each in subject_types())
    return count <= QUICK_SUBJECTS


def _stored_section(lines: Iterable[tuple[models.Model | None, str, str]]) -> dict[str, object]:
    kept: Stored = []
    count = 0
    for row, name, message in lines:
        count += 1
        if count <= MOST_LINES:
            kept.append((row._meta.label_lower if row else "", row and row.pk, name, message))
    return {"count": count, "lines": kept}


def _read_section(stored: Mapping[str, object]) -> ReportSection:
    lines = stored.get("lines", [])
    assert isinstance(lines, list)  # noqa: S101  (as `_stored_section` wrote it)
    read = [
        ReportLine(name, message, admin_url(apps.get_model(label), "change", pk) if label else "")
        for label, pk, name, message in lines
    ]
    return ReportSection(int(str(stored.get("count", 0))), read)


Loaded = Iterable[tuple[models.Model | None, str, str]]


def _errors(_today: date) -> Loaded:
    errors = sorted(content_errors(), key=lambda error: error.field != "verdict")
    for error in errors:
        name = str(error.subject) if error.subject.is_published else f"{error.subject} (draft)"
        yield error.subject, name, f"{error.field}: {error.message}"


def _stale(*reasons: StaleReason) -> Callable[[date], Loaded]:
    def load(today: date) -> Loaded:
        for item in stale_items(today):
            if item.reason in reasons:
                yield item.row, item.name, item.message

    return load


def _debts(_today: date) -> Loaded:
    for debt in debts():
        yield debt.subject, str(debt.subject), debt.message


def _uncited(_today: date) -> Loaded:
    for key in uncited_keys():
        yield None, key, ""


_SECTIONS: Mapping[str, Callable[[date], Loaded]] = {
    "errors": _errors,
    "retracted": _stale(StaleReason.RETRACTED),
    "due": _stale(StaleReason.REVIEW_DUE, StaleReason.REVIEW_SOON),
    "stale": _stale(StaleReason.REGISTER, StaleReason.OLD_REVIEW, StaleReason.UNFOUND),
    "debts": _debts,
    "uncited": _uncited,
}
