"""Entries: a remedy for one condition, and its revisions."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition
from publishing.models import (
    SHOWN,
    Revision,
    Subject,
    SubjectQuerySet,
    corrections_index,
    newest_index,
)
from remedies.choices import (
    Certainty,
    Effect,
    EntryUse,
    WarningLevel,
)
from remedies.models.remedy import Remedy
from remedies_site.constraints import filled, one_of
from remedies_site.listing import FirstRows
from remedies_site.voting import Votable

MOST_LISTED = 100
"""Entries on the page of their remedy or condition; a list of its own has all of them."""


def first_of(
    entries: "Sequence[RemedyConditionEntry]", other: str
) -> "FirstRows[RemedyConditionEntry]":
    """Of entries in the order of their ranks those that one list shows, from A to Z by the other part."""
    first = FirstRows(entries[:MOST_LISTED], is_whole=len(entries) <= MOST_LISTED)
    first.sort(key=lambda entry: (getattr(entry, other).sort_key, entry.pk))
    return first


class EntryQuerySet(SubjectQuerySet["RemedyConditionEntry"]):
    """Querysets of entries; an entry is public only while its remedy and its condition are."""

    def published(self) -> Self:
        """Those of which entry, remedy and condition are published."""
        return (
            super()
            .published()
            .filter(
                remedy__published_at__isnull=False,
                remedy__withdrawn_at__isnull=True,
                condition__published_at__isnull=False,
                condition__withdrawn_at__isnull=True,
            )
        )

    def first_of_list(self, other: str) -> FirstRows["RemedyConditionEntry"]:
        """The entries from A to Z by the other part (`remedy` or `condition`), at most `MOST_LISTED`.

        Where there are more, those with the lowest rank. Loads what lists show, in one query.
        """
        name = f"{other}__sort_key"
        ranked = self.with_names().order_by("shown_rank", name, "pk")[: MOST_LISTED + 1]
        return first_of(list(ranked), other)

    def votes_of_list(self, other: str) -> dict[int, tuple[int, int]]:
        """Votes for and against each entry of `first_of_list`, by its key; in one query."""
        ranked = self.order_by("shown_rank", f"{other}__sort_key", "pk")[:MOST_LISTED]
        votes = ranked.values_list("pk", "up_count", "down_count")
        return {pk: (up, down) for pk, up, down in votes}

    def with_parts(self) -> Self:
        """Join the remedy and the condition."""
        return self.select_related("remedy", "condition")

    def with_names(self) -> Self:
        """Join the remedy and the condition, and load no long text: for lists."""
        return self.select_related("remedy", "condition").only(
            "shown_effect",
            "shown_certainty",
            "shown_rank",
            "shown_written_on",
            "shown_teaser",
            "shown_cautions",
            "shown_people",
            "shown_doses",
            "shown_citations",
            "up_count",
            "down_count",
            "published_at",
            "remedy__slug",
            "remedy__shown_name",
            "remedy__shown_stops",
            "remedy__sort_key",
            "condition__slug",
            "condition__shown_name",
            "condition__sort_key",
        )


class RemedyConditionEntry(Votable, Subject["EntryRevision"]):
    """One remedy for one condition: the verdict and its reasons. Its URL holds both their slugs."""

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="entries")
    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="entries")
    verdict = models.TextField(
        _("verdict"),
        help_text=_("One or two sentences, hedged by the certainty, with a mark on each claim."),
    )
    effect = models.CharField(_("effect"), max_length=10, choices=Effect.choices)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty.choices)
    use = models.CharField(
        _("what the condition is"),
        max_length=12,
        choices=EntryUse.choices,
        default=EntryUse.TREATS,
    )
    first_question = models.CharField(
        _("first question"),
        max_length=300,
        blank=True,
        help_text=_("What the grade is about: who, what, against what, measured how."),
    )
    second_question = models.CharField(
        _("second question"),
        max_length=300,
        blank=True,
        help_text=_(
            "Where one pair has two, such as prevention and treatment. Its studies have the role "
            "“answers the second question” and a grade of their own."
        ),
    )
    mechanism = models.TextField(_("mechanism"), blank=True)
    observational = models.TextField(_("observations in people"), blank=True)
    clinical = models.TextField(_("clinical reasons"), blank=True)
    dosing = models.TextField(_("doses that studies used"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    warnings = models.TextField(_("warnings"), blank=True)
    searched_on = models.DateField(_("searched on"), null=True, blank=True)
    searched_where = models.CharField(_("searched where"), max_length=300, blank=True)
    search_queries = models.PositiveIntegerField(_("number of searches"), null=True, blank=True)
    searched_null = models.BooleanField(_("looked for null results too"), default=False)
    searched_updates = models.BooleanField(
        _("looked for updates and retractions too"), default=False
    )
    found_none = models.BooleanField(_("found no study in people"), default=False)
    unread_works = models.TextField(
        _("works known and not read"),
        blank=True,
        help_text=_(
            "One on each line: studies of the first question that no review counted here includes."
        ),
    )
    shown_effect = models.CharField(max_length=10, blank=True, editable=False)
    shown_certainty = models.CharField(max_length=12, blank=True, editable=False)
    shown_rank = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="What lists keep that cannot show all: the lowest."
    )
    shown_written_on = models.DateField(null=True, editable=False)
    shown_teaser = models.CharField(max_length=200, blank=True, editable=False)
    shown_cautions = models.JSONField(default=list, editable=False)
    shown_people = models.PositiveIntegerField(null=True, editable=False)
    shown_doses = models.JSONField(default=list, editable=False)
    current_revision = models.ForeignKey(
        "EntryRevision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects: ClassVar = EntryQuerySet.as_manager()

    class Meta(Subject.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries: a remedy for a condition")
        ordering = ("remedy__sort_key", "condition__sort_key", "pk")
        permissions = (
            ("publish_remedyconditionentry", "Can approve entries that somebody else edited"),
            ("withdraw_remedyconditionentry", "Can withdraw entries"),
        )
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Votable.Meta.constraints,
            *Subject.Meta.constraints,
            models.UniqueConstraint(
                fields=["remedy", "condition"],
                name="remedies_entry_one_per_pair",
                violation_error_message=_("There is an entry for this pair already."),
            ),
            filled("verdict"),
            one_of("effect", Effect),
            one_of("certainty", Certainty),
            one_of("use", EntryUse),
            one_of("shown_effect", Effect, blank=True),
            one_of("shown_certainty", Certainty, blank=True),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-shown_written_on", "-published_at", "-id"],
                name="remedies_entry_reviewed",
                condition=SHOWN & models.Q(shown_written_on__isnull=False),
            ),
            models.Index(
                fields=["remedy", "shown_rank", "condition", "shown_effect", "shown_certainty"],
                name="remedies_entry_of_remedy",
                condition=SHOWN,
            ),
            models.Index(
                fields=["condition", "shown_rank", "remedy", "shown_effect", "shown_certainty"],
                name="remedies_entry_of_condition",
                condition=SHOWN,
            ),
            models.Index(
                fields=["shown_rank", "remedy", "condition"],
                name="remedies_entry_by_rank",
                condition=SHOWN,
            ),
            models.Index(fields=["id"], name="remedies_entry_shown", condition=SHOWN),
            newest_index("remedies_entry_newest"),
        ]

    def __str__(self) -> str:
        return _("%(remedy)s for %(condition)s") % {
            "remedy": self.remedy.name,
            "condition": self.condition.name,
        }

    def listed_warnings(self) -> dict[WarningLevel, list[str]]:
        """The words of every stop, sign that wants help, ask and major interaction of entry and remedy.

        Within a level come first those of the entry, then those of the remedy that matter most for
        this condition, then the rest.
        """
        own = [(level, words, True) for level, words, _for in self.shown_cautions]
        slug = self.condition.slug
        general = [(level, words, slug in slugs) for level, words, slugs in self.remedy.shown_stops]
        rows = [*own, *sorted(general, key=lambda row: not row[2])]
        return {
            level: list(dict.fromkeys(words for found, words, _near in rows if found == level))
            for level in WarningLevel
        }

    @property
    def all_cautions(self) -> list[str]:
        """Whom to warn in a list, the loudest first."""
        return [words for listed in self.listed_warnings().values() for words in listed]

    missing_template = "remedies/pages/entry_missing.html"

    @property
    def parts(self) -> tuple[Subject[Revision], ...]:
        """An entry is public only while its remedy and its condition are."""
        return (self, self.remedy, self.condition)

    @property
    def shown_title(self) -> str:
        """“Magnesium for Insomnia”, by the published names."""
        return _("%(remedy)s for %(condition)s") % {
            "remedy": self.remedy.shown_name,
            "condition": self.condition.shown_name,
        }

    def missing_context(self) -> dict[str, object] | None:
        """Remedy and condition, where both are published."""
        if not (self.remedy.is_published and self.condition.is_published):
            return None
        return {"remedy": self.remedy, "condition": self.condition}

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("entry", args=[self.remedy.slug, self.condition.slug])


class EntryRevision(Revision):
    """A published state of an entry."""

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, related_name="revisions"
    )

    class Meta(Revision.Meta):
        verbose_name = _("entry revision")
        indexes: ClassVar[list[models.Index]] = [corrections_index("remedies_entry_corrected")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Revision.Meta.constraints,
            models.UniqueConstraint(
                fields=["entry", "number"], name="remedies_entryrevision_number_once"
            ),
        ]
