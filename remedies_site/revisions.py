"""Rows are for editing, revisions are for reading.

A subject (condition, remedy, entry) is edited as ordinary rows. Publishing freezes them into one
immutable revision, and pages, lists and search read current revisions only, so that a draft cannot
leak by being forgotten somewhere. This module holds the mechanics; each app owns its tables.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as PydanticError

from remedies_site.documents import SLUG, Document, faults
from remedies_site.markup import RENDERER_VERSION, without_controls

if TYPE_CHECKING:
    from accounts.models import User


class Kind(models.TextChoices):
    """Why a revision was made."""

    FIRST = "first", _("first published")
    UPDATE = "update", _("update")
    CORRECTION = "correction", _("correction")
    WITHDRAWAL = "withdrawal", _("withdrawn")
    SYSTEM = "system", _("made by the system")


CONTENT_PACK = "content pack"
"""The author of revisions that `load_content` makes."""


class NotReady(Exception):
    """A draft cannot be published; `faults` says why, as (field, sentence)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        """Keep every fault, so that an editor mends them in one go."""
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in faults))
        self.faults = faults


@contextmanager
def readable_rows() -> Iterator[None]:
    """Rows that make no valid document are an editor's to mend: NotReady, not a server error."""
    try:
        yield
    except PydanticError as error:
        raise NotReady(list(faults(error))) from error


class SubjectQuerySet(models.QuerySet[Any, Any]):
    """Reads that begin with what readers may see."""

    def published(self) -> Self:
        """Those that have a current revision and were not withdrawn."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def known(self) -> Self:
        """Those that readers may know of: published, or withdrawn since."""
        return self.filter(published_at__isnull=False)


_STATE = [
    *("current_revision", "published_at", "first_published_at"),
    *("withdrawn_at", "withdrawn_reason"),
]


class Subject(models.Model):
    """Something that editors publish: the editable side and the state of its publication."""

    written_on = models.DateField(_("written on"), null=True, blank=True)
    review_due = models.DateField(_("next review due"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("last edited by"),
    )
    first_published_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(_("last published"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.CharField(max_length=400, blank=True, editable=False)
    shown_citations = models.JSONField(default=list, editable=False)
    shown_text = models.TextField(
        blank=True,
        editable=False,
        help_text="All that readers are told, as plain words for search.",
    )

    current_revision: Any
    """A foreign key to the subject's own table of revisions."""

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, published_at__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
                name="%(app_label)s_%(class)s_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(written_on__isnull=True)
                | Q(review_due__isnull=True)
                | Q(review_due__gt=F("written_on")),
                name="%(app_label)s_%(class)s_review_after_writing",
            ),
        ]

    def all_revisions(self) -> Any:
        """The manager of the subject's revisions, every one ever published."""
        return self.revisions  # type: ignore[attr-defined]

    @property
    def is_published(self) -> bool:
        """Whether readers see it, as far as it alone decides."""
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def was_published(self) -> bool:
        """Whether readers may know of it: published now or withdrawn since."""
        return self.published_at is not None


class NamedSubject(Subject):
    """A subject with a name and an address of its own: a condition or a remedy.

    The plain columns are the editors' draft; the `shown_` ones are what was last published.
    """

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(rf"\A{SLUG.pattern}\Z", _("Use a-z, 0-9 and single hyphens."))],
        help_text=_("The last part of the page's address. A change leaves a forwarding address."),
    )
    aliases = models.TextField(
        _("other names"), blank=True, help_text=_("One on each line; search finds them too.")
    )
    one_line = models.CharField(_("in one line"), max_length=300)
    shown_name = models.CharField(max_length=120, blank=True, editable=False)
    shown_aliases = models.TextField(blank=True, editable=False)
    shown_one_line = models.CharField(max_length=300, blank=True, editable=False)
    sort_key = models.CharField(max_length=240, blank=True, editable=False, db_index=True)

    class Meta(Subject.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Subject.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name=""), name="%(app_label)s_%(class)s_name_filled"
            ),
            models.CheckConstraint(
                condition=~Q(slug=""), name="%(app_label)s_%(class)s_slug_filled"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_alias_list(self) -> list[str]:
        """The published other names, in the editors' order."""
        return self.shown_aliases.splitlines()


class Revision(models.Model):
    """One published state, never changed afterwards (but redrawn when the renderer changes)."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    document = models.JSONField()
    html = models.JSONField(help_text="Section name to safe HTML, citation keys in place.")
    renderer_version = models.PositiveSmallIntegerField()
    grade = models.JSONField(null=True, help_text="The computed grade with its ledger.")
    note = models.CharField(_("what changed and why"), max_length=400, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=80)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(number__gte=1), name="%(app_label)s_%(class)s_number_from_one"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="%(app_label)s_%(class)s_kind_listed"
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
                name="%(app_label)s_%(class)s_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.get_kind_display()})"

    @property
    def is_starter_content(self) -> bool:
        """Whether the content pack wrote it: from abstracts, as its pages say."""
        return self.author_name == CONTENT_PACK


def review_fault(subject: Subject, by: "User | None") -> str:
    """Why this person may not publish the draft; empty where they may.

    With REVIEW=two it takes a second person, with the right to approve. `by` is None for the
    operator's commands, which are outside that rule.
    """
    if settings.REVIEW == "one" or by is None:
        return ""
    if subject.edited_by_id == by.pk:
        return "a second person has to publish this: you made the last edit"
    right = f"{subject._meta.app_label}.publish_{subject._meta.model_name}"
    return "" if by.has_perm(right) else "a publisher has to approve what somebody else wrote"


@transaction.atomic
def freeze(
    subject: Subject,
    *,
    document: Document,
    html: dict[str, str],
    grade: dict[str, Any] | None = None,
    faults: Sequence[tuple[str, str]] = (),
    by: "User | None",
    author_name: str = "",
    note: str = "",
    correction: bool = False,
) -> Revision:
    """Publish `document` as the subject's next revision and return it.

    Nothing is written where document and grade are the published ones already. Raises NotReady where the
    document is not fit for readers (`faults` of the caller among the reasons), or the second person that REVIEW=two asks for is missing.
    """
    locked = _lock(subject)
    found = [*document.unready(), *faults]
    if said := review_fault(locked, by):
        found.append(("review", said))
    if found:
        raise NotReady(found)
    canonical = document.canonical()
    current: Revision | None = locked.current_revision
    if current is not None and locked.is_published and current.document == canonical:
        if current.grade != grade:
            return _regrade(subject, locked, grade, note)
        subject.current_revision = current  # another process may have published it meanwhile
        return current
    kind = Kind.FIRST if current is None else Kind.CORRECTION if correction else Kind.UPDATE
    author = by if author_name else locked.edited_by or by
    revision = _add_revision(
        subject,
        kind=kind,
        document=canonical,
        html=html,
        renderer_version=RENDERER_VERSION,
        grade=grade,
        note=note,
        author=author,
        author_name=author_name or (author.name if author else "system"),
        approver=by if by and author and by.pk != author.pk else None,
    )
    subject.withdrawn_at, subject.withdrawn_reason = None, ""
    subject.first_published_at = locked.first_published_at or revision.published_at
    _point_to(subject, revision)
    return revision


@transaction.atomic
def regrade(
    subject: Subject, to_grade: Callable[[dict[str, Any]], dict[str, Any] | None], *, note: str
) -> Revision | None:
    """Compute the grade of what is published again; the text stays as it is.

    Returns the revision that the system made, or None where the grade is the same, or readers do
    not see the subject. Drafts of editors stay untouched.
    """
    locked = _lock(subject)
    current: Revision | None = locked.current_revision
    if current is None or not locked.is_published:
        return None
    grade = to_grade(current.document)
    return None if grade == current.grade else _regrade(subject, locked, grade, note)


def _regrade(
    subject: Subject, locked: Subject, grade: dict[str, Any] | None, note: str
) -> Revision:
    current = locked.current_revision
    revision = _add_revision(
        subject,
        kind=Kind.SYSTEM,
        document=current.document,
        html=current.html,
        renderer_version=current.renderer_version,
        grade=grade,
        note=note,
        author=None,
        author_name=current.author_name,  # the text is still theirs; the kind tells who acted
        approver=None,
    )
    subject.first_published_at = locked.first_published_at
    subject.withdrawn_at, subject.withdrawn_reason = None, ""
    _point_to(subject, revision)
    return revision


@transaction.atomic
def withdraw(subject: Subject, *, by: "User | None", reason: str) -> Revision:
    """Take a published subject from readers: its address answers 410 with the reason.

    Raises NotReady where there is no reason or nothing to withdraw.
    """
    locked = _lock(subject)
    reason = without_controls(reason).strip()
    if not reason:
        raise NotReady([("reason", "is missing: readers are told why a page is gone")])
    current: Revision | None = locked.current_revision
    if current is None or not locked.is_published:
        raise NotReady([("state", "is not published, so there is nothing to withdraw")])
    revision = _add_revision(
        subject,
        kind=Kind.WITHDRAWAL,
        document=current.document,
        html=current.html,
        renderer_version=current.renderer_version,
        grade=current.grade,
        note=reason,
        author=by,
        author_name=by.name if by else "system",
        approver=None,
    )
    subject.withdrawn_at, subject.withdrawn_reason = revision.published_at, reason
    subject.first_published_at = locked.first_published_at
    _point_to(subject, revision)
    return revision


def _lock(subject: Subject) -> Subject:
    """The subject's row as it is now, held until the transaction ends."""
    rows: models.QuerySet[Any] = type(subject)._default_manager.select_for_update(of=("self",))
    locked: Subject = rows.select_related("current_revision", "edited_by").get(pk=subject.pk)
    return locked


def _add_revision(subject: Subject, **values: Any) -> Revision:
    revisions = subject.all_revisions()
    newest = revisions.aggregate(models.Max("number"))["number__max"] or 0
    made: Revision = revisions.create(number=newest + 1, published_at=timezone.now(), **values)
    return made


def _point_to(subject: Subject, revision: Revision) -> None:
    subject.current_revision = revision
    subject.published_at = revision.published_at
    subject.save(update_fields=_STATE)
