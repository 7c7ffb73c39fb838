"""What editors publish, the revisions that readers read, and the redirects of renamed pages.

A subject (condition, remedy, entry) is edited as ordinary rows. Publishing freezes them into one
immutable revision, and pages, lists and search read current revisions only, so that a draft cannot
leak by being forgotten somewhere. The concrete tables belong to the apps above this one.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citations.models import Citation
from remedies_site.documents import SLUG


class Kind(models.TextChoices):
    """Why a revision was made."""

    FIRST = "first", _("first published")
    UPDATE = "update", _("update")
    CORRECTION = "correction", _("correction")
    WITHDRAWAL = "withdrawal", _("withdrawn")
    SYSTEM = "system", _("made by the system")


CONTENT_PACK = "content pack"
"""The author of revisions that `load_content` makes."""


class SubjectQuerySet(models.QuerySet[Any, Any]):
    """Reads that begin with what readers may see."""

    def published(self) -> Self:
        """Those that have a current revision and were not withdrawn."""
        return self.filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def known(self) -> Self:
        """Those that readers may know of: published, or withdrawn since."""
        return self.filter(published_at__isnull=False)


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

    missing_template: ClassVar[str] = ""
    """The page of a 404 where `missing_context` gives it something to show."""

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
    def parts(self) -> "tuple[Subject, ...]":
        """What has to be published for readers to see it; the subject itself comes first."""
        return (self,)

    @property
    def shown_title(self) -> str:
        """The published name, as a page that says it was withdrawn has it."""
        raise NotImplementedError

    def missing_context(self) -> dict[str, Any] | None:
        """What the page of a 404 may tell of it; None where nothing may be told."""
        return None

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
    def shown_title(self) -> str:
        """The published name."""
        return self.shown_name

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


class SourcedRowModel(models.Model):
    """A row in an editor's order that rests on citations."""

    position = models.PositiveSmallIntegerField(_("order"), default=0)
    citations = models.ManyToManyField(
        Citation, blank=True, related_name="+", verbose_name=_("citations")
    )

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class CheckableRowModel(SourcedRowModel):
    """A safety row: sourced and checked, or shown as a general caution without figures."""

    checked = models.BooleanField(
        _("checked"),
        default=True,
        help_text=_(
            "Off: shown as a general caution that nobody has checked against a source yet; "
            "it must then hold no figures."
        ),
    )

    class Meta(SourcedRowModel.Meta):
        abstract = True


class Redirect(models.Model):
    """Where a page that was renamed used to be. What stood below it moved with it."""

    path = models.CharField(max_length=200, unique=True)
    target = models.CharField(max_length=200)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "conditions_oldaddress"
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(path=F("target")), name="conditions_oldaddress_goes_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/", path__endswith="/", target__startswith="/"),
                name="conditions_oldaddress_whole_paths",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} → {self.target}"
