"""Bursts of votes: found by the worker, decided by moderators."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discussions.choices import BurstState
from discussions.models.comment import Comment, CommentVote
from remedies.models import EntryVote, RemedyConditionEntry
from remedies_site.constraints import one_of
from remedies_site.voting import DOWN, UP

_WITH_REASON = (BurstState.TAKEN_OUT, BurstState.COUNTED_AGAIN)


class VoteBurst(models.Model):
    """Many votes of one direction on one entry or one comment within a short time, many by young accounts.

    `votes` and `young_votes` are the numbers when it was found last. Which votes were taken out stands in
    the two relations and stays there, so that just these count again when the decision is taken back.
    """

    entry = models.ForeignKey(
        RemedyConditionEntry, on_delete=models.CASCADE, null=True, related_name="bursts"
    )
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="bursts")
    direction = models.SmallIntegerField(_("direction"))
    first_at = models.DateTimeField(_("first vote at"))
    last_at = models.DateTimeField(_("last vote at"))
    votes = models.PositiveIntegerField(_("votes"))
    young_votes = models.PositiveIntegerField(_("votes by young accounts"))
    state = models.CharField(
        _("state"), max_length=9, choices=BurstState.choices, default=BurstState.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, db_index=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    entry_votes = models.ManyToManyField(EntryVote, related_name="+")
    comment_votes = models.ManyToManyField(CommentVote, related_name="+")

    class Meta:
        verbose_name = _("burst of votes")
        verbose_name_plural = _("bursts of votes")
        ordering = ("-last_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"],
                condition=Q(state=BurstState.OPEN),
                name="discussions_open_bursts",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("state", BurstState),
            models.CheckConstraint(
                condition=Q(entry__isnull=True, comment__isnull=False)
                | Q(entry__isnull=False, comment__isnull=True),
                name="discussions_voteburst_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=[UP, DOWN]), name="discussions_voteburst_up_or_down"
            ),
            models.CheckConstraint(
                condition=Q(first_at__lte=models.F("last_at")),
                name="discussions_voteburst_first_before_last",
            ),
            models.CheckConstraint(
                condition=Q(state=BurstState.OPEN, decided_at__isnull=True)
                | (~Q(state=BurstState.OPEN) & Q(decided_at__isnull=False)),
                name="discussions_voteburst_decided_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*_WITH_REASON]) | ~Q(reason=""),
                name="discussions_voteburst_with_reason",
            ),
            models.UniqueConstraint(
                fields=["entry", "direction", "first_at"],
                condition=Q(entry__isnull=False),
                name="discussions_voteburst_once_an_entry",
            ),
            models.UniqueConstraint(
                fields=["comment", "direction", "first_at"],
                condition=Q(comment__isnull=False),
                name="discussions_voteburst_once_a_comment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

    @property
    def version(self) -> str:
        """What a form carries of the burst that a moderator saw, to tell whether it changed since."""
        return f"{self.state} {self.votes} {self.last_at.isoformat()}"

    @property
    def target(self) -> RemedyConditionEntry | Comment:
        """What the votes are on."""
        target = self.entry or self.comment
        assert target is not None  # noqa: S101  (by a constraint)
        return target

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == BurstState.OPEN

    @property
    def is_taken_out(self) -> bool:
        """Whether its votes are not counted now."""
        return self.state == BurstState.TAKEN_OUT

    @property
    def is_up(self) -> bool:
        """Whether its votes are votes up."""
        return self.direction == UP
