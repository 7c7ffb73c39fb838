"""What waits for a moderator, the most urgent first."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, Count, Q, Value, When
from django.utils.safestring import mark_safe

from accounts.models import Sanction
from accounts.sanctions.services import sanctions_in_force
from discussions.choices import AUTOMATIC_REASONS, Reason, State
from discussions.models import Comment, Decision, Note, Report
from discussions.selectors import ShownComment, load_comment
from remedies.models import Remedy, RemedyConditionEntry

PER_PAGE = 20
_MOST = 2000
"""Reports that are looked at, the most urgent of all, and waiting comments; others wait for these."""
_URGENCY = {Reason.EMERGENCY: 0, Reason.DANGER: 1, Reason.PRIVATE: 2}
_LEAST_URGENT = 3
_NO_PUBLIC_REASON = {Reason.EMERGENCY, Reason.OTHER, *AUTOMATIC_REASONS}
"""What a reader must not see in place of a comment: it would tell of a person's crisis, or nothing."""


@dataclass(frozen=True)
class AuthorHistory:
    """How many comments of an author stand, and how many were removed by moderators."""

    standing: int = 0
    removed: int = 0
    sanctions: int = 0
    """Reminders too, and those that were lifted."""
    in_force: bool = False
    """Whether a sanction bars the author from writing now."""


@dataclass(frozen=True)
class MoveTarget:
    """A discussion that a thread can be moved to; `value` stands for it in the form."""

    value: str
    subject: Remedy | RemedyConditionEntry


@dataclass(frozen=True)
class QueueItem:
    """A comment with all that a decision needs. `parent` is None for the root of a thread."""

    comment: Comment
    shown: ShownComment
    parent: ShownComment | None
    reports: Sequence[Report]
    history: AuthorHistory
    decisions: Sequence[Decision]
    notes: Sequence[Note]

    @property
    def urgency(self) -> int:
        """0 for an emergency, 1 for danger, 2 for private information, 3 for anything else."""
        return min(map(_urgency, self.reports), default=_LEAST_URGENT)

    @property
    def taken_by(self) -> str:
        """The name of the moderator who is looking at it; empty where nobody is."""
        names = [report.taken_by.name for report in self.reports if report.taken_by]
        return names[0] if names else ""

    @property
    def is_emergency(self) -> bool:
        """Whether somebody thinks that a person is in danger now."""
        return self.urgency == 0

    @property
    def suggested_reason(self) -> str:
        """The most urgent report in words that readers may see in place of the comment; else empty."""
        public = [report for report in self.reports if report.reason not in _NO_PUBLIC_REASON]
        return str(min(public, key=_urgency).get_reason_display()) if public else ""


def _urgency(report: Report) -> int:
    return _URGENCY.get(Reason(report.reason), _LEAST_URGENT)


_WAITING_STATES = (State.VISIBLE, State.HELD, State.HIDDEN)


def waiting() -> list[int]:
    """The keys of the comments that wait: the most urgent first, then those that have waited longest."""
    places: dict[int, tuple[int, datetime]] = {}
    whens = [When(reason=reason, then=Value(urgency)) for reason, urgency in _URGENCY.items()]
    reports = (
        Report.objects.filter(decision=None, comment__state__in=_WAITING_STATES)
        .annotate(urgency=Case(*whens, default=Value(_LEAST_URGENT)))
        .order_by("urgency", "created_at", "pk")
    )
    for pk, urgency, since in reports.values_list("comment", "urgency", "created_at")[:_MOST]:
        places.setdefault(pk, (urgency, since))
    held = Comment.objects.filter(state__in=[State.HELD, State.HIDDEN]).order_by("pk")
    for pk, since in held.values_list("pk", "created_at")[:_MOST]:
        places.setdefault(pk, (_LEAST_URGENT, since))
    return sorted(places, key=lambda pk: (places[pk], pk))


def count_waiting_comments() -> int:
    """Comments with a report that nobody has decided on, for the operator's numbers."""
    open_reports = Report.objects.filter(decision=None, comment__state__in=_WAITING_STATES)
    return open_reports.values("comment").distinct().count()


def queue_items(keys: Sequence[int]) -> list[QueueItem]:
    """The comments with their reports, in the order of the keys, in a fixed number of queries."""
    comments = Comment.objects.filter(pk__in=keys).select_related(
        "author",
        "parent__author",
        "thread__remedy",
        "thread__entry__remedy",
        "thread__entry__condition",
    )
    by_key = {comment.pk: comment for comment in comments}
    reports: dict[int, list[Report]] = {key: [] for key in by_key}
    unclosed = Report.objects.filter(comment__in=by_key, decision=None).order_by("pk")
    for report in unclosed.select_related("taken_by"):
        reports[report.comment_id].append(report)
    notes: dict[int, list[Note]] = {key: [] for key in by_key}
    for note in Note.objects.filter(comment__in=by_key).select_related("by").order_by("pk"):
        notes[note.comment_id].append(note)
    decisions: dict[int, list[Decision]] = {key: [] for key in by_key}
    for decision in Decision.objects.filter(comment__in=by_key).order_by("pk"):
        decisions[decision.comment_id].append(decision)
    histories = _histories({comment.author_id for comment in by_key.values() if comment.author_id})
    return [
        QueueItem(
            comment=by_key[key],
            shown=_shown(by_key[key]),
            parent=_parent_of(by_key[key]),
            reports=reports[key],
            history=histories.get(by_key[key].author_id or 0, AuthorHistory()),
            decisions=decisions[key],
            notes=notes[key],
        )
        for key in keys
        if key in by_key
    ]


def _shown(comment: Comment) -> ShownComment:
    """With the text and the name, since moderators have to read what is hidden from others."""
    html = mark_safe(comment.html)  # noqa: S308  (sanitised by render_comment when it was stored)
    author = comment.author.name if comment.author else ""
    return replace(load_comment(comment, None), html=html, author=author)


def _parent_of(comment: Comment) -> ShownComment | None:
    return load_comment(comment.parent, None) if comment.parent else None


def _histories(authors: Collection[int]) -> Mapping[int, AuthorHistory]:
    rows = (
        Comment.objects.filter(author__in=authors)
        .order_by()
        .values("author")
        .annotate(
            standing=Count("pk", filter=Q(state=State.VISIBLE)),
            removed=Count("pk", filter=Q(state=State.REMOVED)),
        )
    )
    imposed = Counter(Sanction.objects.filter(user__in=authors).values_list("user", flat=True))
    barred = set(sanctions_in_force().filter(user__in=authors).values_list("user", flat=True))
    return {
        row["author"]: AuthorHistory(
            row["standing"], row["removed"], imposed[row["author"]], row["author"] in barred
        )
        for row in rows
    }


def move_targets(comment: Comment) -> list[MoveTarget]:
    """The other discussions about the same remedy: its own and those of its published entries."""
    here = comment.thread.subject
    remedy = here if isinstance(here, Remedy) else here.remedy
    entries = RemedyConditionEntry.objects.published().filter(remedy=remedy)
    subjects: list[Remedy | RemedyConditionEntry] = [
        remedy,
        *entries.select_related("remedy", "condition").order_by("condition__shown_name"),
    ]
    return [
        MoveTarget(subject.get_absolute_url(), subject) for subject in subjects if subject != here
    ]
