"""What editors publish: the draft of a subject and the state of its publication."""

from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypeVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.draft_edit import DraftEdit
from publishing.models.draft_state import DraftState
from publishing.models.revision import Revision
from publishing.models.schedule import Schedule
from publishing.models.submission import Submission
from remedies_site.documents import SLUG

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable
    from django.db.models.fields.related_descriptors import RelatedManager

SHOWN = Q(published_at__isnull=False, withdrawn_at__isnull=True)
"""The condition of rows that are published, for indexes of lists."""

RevisionT_co = TypeVar("RevisionT_co", bound=Revision, covariant=True)
SubjectT = TypeVar("SubjectT", bound="Subject[Revision]")


def newest_index(name: str) -> models.Index:
    """For the day of the newest page of a kind, which the sitemap says."""
    return models.Index(fields=["-published_at"], name=name, condition=SHOWN)


if TYPE_CHECKING:

    class _SubjectModel(models.Model, Generic[RevisionT_co]):
        class Meta:
            abstract = True

else:

    class _SubjectModel(models.Model):
        """Takes a type in brackets as Django's own classes do, without `Generic` at run time.

        `Generic` would become a base in the migration of each new subject, which cannot be loaded.
        """

        class Meta:
            abstract = True

        def __class_getitem__(cls, _revision: type[Revision] | str) -> type[Self]:
            return cls


class SubjectQuerySet(models.QuerySet[SubjectT]):
    """Querysets of subjects by the state of their publication."""

    def published(self) -> Self:
        """Those that have a current revision and were not withdrawn."""
        return self.filter(SHOWN)

    def ever_published(self) -> Self:
        """Those that are published, or were withdrawn since."""
        return self.filter(published_at__isnull=False)

    def with_parts(self) -> Self:
        """Join every row that `parts`, `__str__` and `get_absolute_url` read."""
        return self

    def with_current_revision(self) -> Self:
        """Join the current revision."""
        return self.select_related("current_revision")


class Subject(_SubjectModel[RevisionT_co]):
    """Something that editors publish: its draft, in ordinary columns, and the state of publication.

    `RevisionT_co` is the subject's own model of revisions, which has a foreign key to it with the
    related name `revisions`.
    """

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
    edits = GenericRelation(DraftEdit)
    draft_states = GenericRelation(DraftState)
    submissions = GenericRelation(Submission)
    schedules = GenericRelation(Schedule)

    if TYPE_CHECKING:
        # Declared by each concrete model, since each has a table of revisions of its own.
        current_revision: models.ForeignKey[RevisionT_co | Combinable | None, RevisionT_co | None]
        current_revision_id: int | None
        revisions: RelatedManager[RevisionT_co]

    missing_template: ClassVar[str] = ""
    """The template of the 404 page where `missing_context` returns a context."""

    objects = SubjectQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        """The path of the subject's page."""
        raise NotImplementedError

    @property
    def url_below(self) -> str:
        """What the paths of its revisions, its history and its files begin with."""
        return self.get_absolute_url()

    @property
    def parts(self) -> "tuple[Subject[Revision], ...]":
        """The subjects that must all be published for readers to see this one, itself first."""
        return (self,)

    @property
    def shown_title(self) -> str:
        """The published name, for the title of a 410 page."""
        raise NotImplementedError

    def missing_context(self) -> "dict[str, object] | None":
        """The context of `missing_template`, or None where nothing of the subject is public."""
        return None

    @property
    def is_published(self) -> bool:
        """Whether this subject is published and not withdrawn; its other `parts` may not be."""
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def was_published(self) -> bool:
        """Whether it is published now, or was until it was withdrawn."""
        return self.published_at is not None


class NamedSubject(Subject[RevisionT_co]):
    """A subject with a name and a slug of its own: a condition or a remedy.

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
    def url_below(self) -> str:
        """Below a hyphen: other subjects stand below the page itself."""
        return f"{self.get_absolute_url()}-/"

    @property
    def shown_title(self) -> str:
        """The published name."""
        return self.shown_name

    @property
    def shown_alias_list(self) -> list[str]:
        """The published other names, in the editors' order."""
        return self.shown_aliases.splitlines()
