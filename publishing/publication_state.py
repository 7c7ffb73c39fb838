"""The state of a subject in words: one for readers' side, and what of the draft waits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.models import (
    DraftState,
    Revision,
    Schedule,
    ScheduleState,
    Subject,
    SubjectT,
    Submission,
    SubmissionState,
)

_SHOWN_SCHEDULES = (ScheduleState.WAITING, ScheduleState.FAILED)


@dataclass(frozen=True)
class PublicationState:
    """How a subject stands to readers, and what became of its draft."""

    subject: Subject[Revision]
    draft: DraftState | None
    submission: Submission | None
    schedule: Schedule | None

    @property
    def is_waiting(self) -> bool:
        """Whether there is something that readers do not see: a draft, or changes of a page."""
        return not self.subject.was_published or (self.draft is not None and self.draft.has_changes)

    @property
    def error_count(self) -> int:
        """How many errors keep what waits from readers."""
        return self.draft.error_count if self.draft is not None and self.is_waiting else 0

    def __str__(self) -> str:
        return ", ".join([self._for_readers(), *self._of_draft()])

    def _for_readers(self) -> str:
        if self.subject.withdrawn_at is not None:
            return _("withdrawn")
        return _("published") if self.subject.is_published else _("draft")

    def _of_draft(self) -> list[str]:
        """What waits, in the order of the way to readers."""
        if not self.is_waiting:
            return []
        parts = [self._on_the_way()] if self._on_the_way() else []
        if count := self.error_count:
            parts.append(ngettext("%(count)s error", "%(count)s errors", count) % {"count": count})
        return parts

    def _on_the_way(self) -> str:
        """How far the draft is on its way to readers."""
        schedule, submission = self.schedule, self.submission
        if schedule is not None and schedule.state == ScheduleState.WAITING:
            return _("scheduled for %(day)s") % {"day": _day(schedule)}
        if submission is not None and submission.state == SubmissionState.WAITING:
            return _("submitted for review")
        if submission is not None:
            return _("sent back")
        if schedule is not None and self._is_news(schedule):
            return _("not published on %(day)s") % {"day": _day(schedule)}
        return _("draft waiting") if self.subject.was_published else ""

    def _is_news(self, schedule: Schedule) -> bool:
        """Whether nothing was published since the time of a schedule came in vain."""
        published_at, ended_at = self.subject.published_at, schedule.ended_at
        return published_at is None or ended_at is None or ended_at > published_at


def _day(schedule: Schedule) -> str:
    return timezone.localtime(schedule.publish_at).date().isoformat()


def _fetched() -> list[str | Prefetch[Any]]:
    submissions = Submission.objects.filter(is_open=True)
    schedules = Schedule.objects.filter(state__in=_SHOWN_SCHEDULES).order_by("-pk")
    return [
        "draft_states",
        Prefetch("submissions", queryset=submissions, to_attr="open_submissions"),
        Prefetch("schedules", queryset=schedules, to_attr="shown_schedules"),
    ]


def with_states(subjects: QuerySet[SubjectT]) -> QuerySet[SubjectT]:
    """Fetch what `publication_state` reads: three queries for all of them."""
    return subjects.prefetch_related(*_fetched())


def publication_state(subject: Subject[Revision]) -> PublicationState:
    """How a subject stands; without a query where it was fetched by `with_states`."""
    if not hasattr(subject, "open_submissions"):
        models.prefetch_related_objects([subject], *_fetched())
    rows: Any = subject  # the attributes are those of `_fetched`
    return PublicationState(
        subject,
        draft=next(iter(subject.draft_states.all()), None),
        submission=next(iter(rows.open_submissions), None),
        schedule=next(iter(rows.shown_schedules), None),
    )


def _of(rows: QuerySet[Any]) -> Callable[[ContentType], Q]:
    return lambda kind: Q(pk__in=rows.filter(content_type=kind).values("object_id"))


_CONDITIONS: dict[str, Callable[[ContentType], Q]] = {
    "draft": lambda _kind: Q(published_at__isnull=True),
    "published": lambda _kind: Q(published_at__isnull=False, withdrawn_at__isnull=True),
    "withdrawn": lambda _kind: Q(withdrawn_at__isnull=False),
    "waiting": lambda kind: (
        Q(published_at__isnull=False) & _of(DraftState.objects.filter(has_changes=True))(kind)
    ),
    "errors": _of(DraftState.objects.filter(has_changes=True, error_count__gt=0)),
    "submitted": _of(Submission.objects.filter(state=SubmissionState.WAITING)),
    "sent_back": _of(Submission.objects.filter(state=SubmissionState.SENT_BACK, is_open=True)),
    "scheduled": _of(Schedule.objects.filter(state=ScheduleState.WAITING)),
}


def in_state(subjects: QuerySet[SubjectT], name: str) -> QuerySet[SubjectT]:
    """Those in a state of lists, by its name; all of them for a name that is none."""
    if name not in _CONDITIONS:
        return subjects
    return subjects.filter(_CONDITIONS[name](ContentType.objects.get_for_model(subjects.model)))
