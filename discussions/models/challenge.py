"""Challenges: a reader says that a claim is wrong, or names a source for it, and an editor answers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition
from discussions.challenges.choices import (
    PART_LABELS,
    ChallengeKind,
    ChallengeState,
    SourceType,
    Visibility,
)
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.constraints import filled, one_of

ChallengedSubject = Remedy | Condition | RemedyConditionEntry


class Challenge(models.Model):
    """What one member says about one claim of a published page.

    `place` is the claim in the document of revision `revision_number` (`regimens[2]`, `dosing:3` for the
    third sentence, a part of the page where something is missing), and `claim` its words then. `by` is
    null where the member left. `credited_number` is the revision that followed from it.
    """

    remedy = models.ForeignKey(
        Remedy, on_delete=models.PROTECT, null=True, related_name="challenges"
    )
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, null=True, related_name="challenges"
    )
    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.PROTECT, null=True, related_name="challenges"
    )
    revision_number = models.PositiveIntegerField(_("version"))
    part = models.CharField(_("part of the page"), max_length=20)
    place = models.CharField(_("place"), max_length=80)
    claim = models.TextField(_("claim"), blank=True)
    quote = models.CharField(_("words quoted"), max_length=600, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ChallengeKind.choices)
    text = models.TextField(_("text"))
    source_type = models.CharField(
        _("kind of source"), max_length=5, choices=SourceType.choices, blank=True
    )
    source = models.CharField(_("source"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="challenges"
    )
    created_at = models.DateTimeField(_("sent at"), default=timezone.now)
    visibility = models.CharField(_("shown"), max_length=7, choices=Visibility.choices)
    care = models.CharField(_("what the rules noticed"), max_length=200, blank=True)
    removal_reason = models.CharField(_("reason for removal"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ChallengeState.choices, default=ChallengeState.OPEN
    )
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    credited_number = models.PositiveIntegerField(_("version that followed"), null=True)

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ("pk",)
        permissions = (("decide_challenge", "Can decide on challenges"),)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"],
                condition=Q(state=ChallengeState.OPEN),
                name="discussions_open_challenges",
            ),
            models.Index(
                fields=["state", "id"],
                condition=Q(visibility=Visibility.VISIBLE),
                name="discussions_shown_challenges",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", ChallengeKind),
            one_of("source_type", SourceType, blank=True),
            one_of("visibility", Visibility),
            one_of("state", ChallengeState),
            filled("text"),
            filled("place"),
            models.CheckConstraint(
                condition=Q(remedy__isnull=False, condition__isnull=True, entry__isnull=True)
                | Q(remedy__isnull=True, condition__isnull=False, entry__isnull=True)
                | Q(remedy__isnull=True, condition__isnull=True, entry__isnull=False),
                name="discussions_challenge_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(source_type="", source="") | (~Q(source_type="") & ~Q(source="")),
                name="discussions_challenge_source_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ChallengeKind.SOURCE) | ~Q(source=""),
                name="discussions_challenge_names_its_source",
            ),
            models.CheckConstraint(
                condition=(Q(visibility=Visibility.REMOVED) & ~Q(removal_reason=""))
                | (~Q(visibility=Visibility.REMOVED) & Q(removal_reason="")),
                name="discussions_challenge_removed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ChallengeState.OPEN, answer="", decided_at__isnull=True)
                | (~Q(state=ChallengeState.OPEN) & ~Q(answer="") & Q(decided_at__isnull=False)),
                name="discussions_challenge_decided_with_answer",
            ),
            models.CheckConstraint(
                condition=Q(credited_number__isnull=True) | Q(state=ChallengeState.ACCEPTED),
                name="discussions_challenge_credited_is_accepted",
            ),
        ]

    def __str__(self) -> str:
        # The log of the admin keeps it: no word of the member.
        return f"{self.get_kind_display()}, {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("challenge", args=[self.pk])

    @property
    def subject(self) -> ChallengedSubject:
        """The page that it is about."""
        subject = self.entry or self.remedy or self.condition
        assert subject is not None  # noqa: S101  (by a constraint)
        return subject

    @property
    def part_label(self) -> Promise | str:
        """The part of the page in a reader's words."""
        return PART_LABELS.get(self.part, self.part)

    @property
    def is_open(self) -> bool:
        """Whether no editor has decided yet."""
        return self.state == ChallengeState.OPEN

    @property
    def is_visible(self) -> bool:
        """Whether all readers see it, on a page that they see."""
        return self.visibility == Visibility.VISIBLE

    @property
    def awaits_revision(self) -> bool:
        """Whether it was accepted, and no version has followed from it yet."""
        return self.state == ChallengeState.ACCEPTED and self.credited_number is None
