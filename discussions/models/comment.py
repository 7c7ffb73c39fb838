"""Comments and the votes on them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.choices import State
from discussions.models.thread import Thread
from remedies_site.constraints import one_of
from remedies_site.voting import Votable, Vote

MAX_DEPTH = 12
"""A reply to a comment at this depth becomes its sibling; pages indent far less."""


class Comment(Votable):
    """The root of a thread (no parent), or a reply.

    `score` sorts siblings: the lower bound of the 80 % Wilson interval, with one vote up added for the
    author, so that a new comment starts above a controversial one. It is never shown.
    `is_locked` is the same on every comment of a thread, so that reading one takes no look at its root.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replies"
    )
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True, editable=False)
    renderer_version = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.VISIBLE, editable=False
    )
    removal_reason = models.CharField(_("reason for removal"), max_length=200, blank=True)
    is_locked = models.BooleanField(
        _("closed to replies"), default=False, db_default=False, editable=False
    )
    score = models.FloatField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("pk",)
        permissions = (("moderate_comment", "Can remove and restore comments"),)
        # Each holds all that choosing a page of roots reads, so that no row is fetched to be skipped.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                "thread",
                F("score").desc(),
                "id",
                "state",
                "author",
                name="discussions_roots_by_score",
                condition=Q(root__isnull=True),
            ),
            models.Index(
                "thread",
                F("id").desc(),
                "state",
                "author",
                name="discussions_roots_by_age",
                condition=Q(root__isnull=True),
            ),
            models.Index(
                "thread",
                F("reply_count").desc(),
                "id",
                "state",
                "author",
                name="discussions_roots_by_replies",
                condition=Q(root__isnull=True),
            ),
            models.Index(
                fields=["thread", "state", "root", "author"], name="discussions_of_thread"
            ),
            models.Index(fields=["root", "id"], name="discussions_branch"),
            models.Index(
                fields=["id"],
                name="discussions_waiting",
                condition=Q(state__in=[State.HELD, State.HIDDEN]),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Votable.Meta.constraints,
            one_of("state", State),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, root__isnull=True, depth=0)
                | Q(parent__isnull=False, root__isnull=False, depth__gte=1, depth__lte=MAX_DEPTH),
                name="discussions_comment_place",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DELETED, body="", html="", author__isnull=True)
                | (~Q(state=State.DELETED) & ~Q(body="")),
                name="discussions_comment_deleted_is_empty",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.REMOVED) & ~Q(removal_reason=""))
                | (~Q(state=State.REMOVED) & Q(removal_reason="")),
                name="discussions_comment_removed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60] or str(self.get_state_display())

    def get_absolute_url(self) -> str:
        """The URL that redirects to the page with the comment."""
        return reverse("comment", args=[self.pk])

    @property
    def moment(self) -> str:
        """The creation time to the second, for the `datetime` attribute of a `time` element."""
        return self.created_at.isoformat(timespec="seconds")

    @property
    def is_visible(self) -> bool:
        """Whether all readers see it."""
        return self.state == State.VISIBLE

    @property
    def anchor(self) -> str:
        """The id of its HTML element."""
        return f"c-{self.pk}"


class CommentVote(Vote):
    """One member's vote on one comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="votes")

    class Meta(Vote.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Vote.Meta.constraints,
            models.UniqueConstraint(
                fields=["voter", "comment"], name="discussions_commentvote_one_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.value}"
