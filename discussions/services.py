"""Writes to discussions. Every function raises subclasses of `remedies_site.exceptions.ServiceError`."""

from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rate_limits import POSTS, VOTES, acquire, consume
from accounts.sanctions.services import require_unsanctioned
from accounts.services import lock_member, require_consent
from discussions.bodies import body_version, clean_body, render_body
from discussions.choices import Action, State
from discussions.composer.selectors import check_comment
from discussions.composer.services import Review, queue_for_review, review_body
from discussions.following.services import announce
from discussions.models import Appeal, Comment, Decision, Thread
from discussions.models.comment import MAX_DEPTH
from discussions.models.decision import NO_REASON
from discussions.policies import (
    DUPLICATE_WINDOW,
    CommentPermissions,
    comment_permissions,
    is_recent,
)
from discussions.signals import words_erased
from discussions.trust import count_edit, count_post
from discussions.visits import forget_visits_without_words
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.exceptions import ChangedMeanwhile, InvalidInput, NotPermitted
from remedies_site.markup import (
    RENDERER_VERSION,
    render_comment,
)
from remedies_site.voting import Z_ORDER, cast_vote, wilson


class PostResult(NamedTuple):
    """A comment; `is_new` is False where the same form was submitted before."""

    comment: Comment
    is_new: bool


def thread_of(subject: Remedy | RemedyConditionEntry) -> Thread:
    """The thread row of the subject, created for its first comment."""
    scope = {"remedy": subject} if isinstance(subject, Remedy) else {"entry": subject}
    thread, _created = Thread.objects.get_or_create(**scope)
    for name in scope:  # else whoever asks the thread for it reads it again
        setattr(thread, name, subject)
    return thread


def post_comment(
    *,
    by: User,
    subject: Remedy | RemedyConditionEntry,
    body: str,
    parent: Comment | None = None,
    consent: bool = False,
    checked: str = "",
) -> PostResult:
    """Create a comment, or a reply to `parent`. Raises: InvalidInput, NeedsCare, NotPermitted, RateLimited.

    An equal comment in the same place within DUPLICATE_WINDOW is returned instead of a second one.
    What wants care waits for a moderator: see `review_body`, also for `checked`.
    """
    body = clean_body(body)
    findings = check_comment(body, subject)  # before anybody waits for the transaction
    with transaction.atomic():
        require_consent(by, consent)
        require_unsanctioned(by)
        allowance = acquire(by, POSTS)
        thread = thread_of(subject)
        duplicate = _find_duplicate(by, thread, parent, body)
        if duplicate:
            return PostResult(duplicate, is_new=False)
        review = review_body(body, findings, by=by, checked=checked)
        if parent is not None:
            parent = _lock_parent(parent, thread)
        # Before rendering, which is expensive.
        count_post(allowance, by=by, body=body, is_reply=parent is not None)
        html = render_body(body)
        comment = Comment.objects.create(
            thread=thread,
            parent=parent,
            root=(parent.root or parent) if parent else None,
            depth=parent.depth + 1 if parent else 0,
            author=by,
            body=body,
            html=html,
            renderer_version=RENDERER_VERSION,
            score=order_score(0, 0),
            state=review.state,
        )
        queue_for_review(comment, review)
        if parent is not None and comment.is_visible:
            count_replies(parent, +1)
        announce(comment)
        return PostResult(comment, is_new=True)


def rerender_comment(comment: Comment) -> None:
    """Store the HTML of the current renderer for the comment's unchanged text."""
    Comment.objects.filter(pk=comment.pk, body=comment.body).exclude(state=State.DELETED).update(
        html=render_comment(comment.body), renderer_version=RENDERER_VERSION
    )


def _find_duplicate(by: User, thread: Thread, parent: Comment | None, body: str) -> Comment | None:
    return Comment.objects.filter(
        author=by,
        thread=thread,
        parent=_parent_within_depth(parent) if parent else None,
        body=body,
        state__in=[State.VISIBLE, State.HELD],
        created_at__gt=timezone.now() - DUPLICATE_WINDOW,
    ).first()


def _lock_parent(parent: Comment, thread: Thread) -> Comment:
    """Lock the comment that gets a reply; return the reply's parent (see MAX_DEPTH).

    Raises: InvalidInput, where it is not visible, or not in this thread.
    """
    _lock_branch(parent)
    locked = Comment.objects.filter(pk=parent.pk).select_related("parent", "root").first()
    if locked is None or locked.thread_id != thread.pk:
        raise InvalidInput(_("The comment you reply to is not part of this discussion."))
    if not locked.is_visible:
        raise InvalidInput(_("The comment you reply to is not here any more."))
    if locked.is_locked:
        raise InvalidInput(_("A moderator closed this thread. It takes no more replies."))
    return _parent_within_depth(locked)


def _parent_within_depth(parent: Comment) -> Comment:
    if parent.depth < MAX_DEPTH:
        return parent
    assert parent.parent is not None  # noqa: S101  (only roots have none)
    return parent.parent


def count_replies(parent: Comment, change: int) -> None:
    """Update the number of visible replies of the parent and of its root."""
    rows = {parent.pk, parent.root_id or parent.pk}
    Comment.objects.filter(pk__in=rows).update(reply_count=F("reply_count") + change)


def edit_comment(
    comment: Comment, *, by: User, body: str, opened: str = "", checked: str = ""
) -> Comment:
    """Change the text of one's own comment within EDIT_WINDOW; it is marked as edited.

    `opened`: the `body_version` of the text that the edit began with, where it is known. `checked`: see
    `review_body`. Raises: ChangedMeanwhile, InvalidInput, NeedsCare, NotPermitted, RateLimited.
    """
    body = clean_body(body)
    findings = check_comment(body, comment.thread.subject)
    with transaction.atomic():
        require_unsanctioned(lock_member(by))
        allowance = acquire(by, POSTS)
        locked = lock_comment(comment)
        require_edit(locked, by)
        if body != locked.body:
            if opened and opened != body_version(locked.body):
                message = _(
                    "This comment was changed in another tab since you began. Look at both texts."
                )
                raise ChangedMeanwhile(message, stored=locked.body)
            review = review_body(body, findings, by=by, checked=checked, edited=locked)
            count_edit(allowance, by=by, body=body)
            locked.body, locked.html = body, render_body(body)
            locked.renderer_version, locked.edited_at = RENDERER_VERSION, timezone.now()
            locked.save(update_fields=["body", "html", "renderer_version", "edited_at"])
            _take_back(locked, review)
            words_erased.send(Comment)
        return locked


def _take_back(comment: Comment, review: Review) -> None:
    """Let an edited comment wait for a moderator, where it has to.

    One with replies is hidden instead of held, so that its place stays and they stay in reach.
    """
    queue_for_review(comment, review)
    if not review.holds:
        return
    if comment.parent:
        count_replies(comment.parent, -1)
    comment.state = State.HIDDEN if comment.replies.exists() else State.HELD
    comment.save(update_fields=["state"])
    if comment.state == State.HIDDEN:
        # Not the reason to wait: the log is public, and it may be somebody's crisis.
        reason = _("it waits for a moderator")
        Decision.objects.create(
            comment=comment, action=Action.HIDE, reason=reason, is_automatic=True
        )


@transaction.atomic
def delete_comment(comment: Comment, *, by: User) -> Comment:
    """Delete one's own comment: its text and author are erased, its row stays for the replies.

    Possible at any time, also on a withdrawn page, since it may hold health data. Raises: NotPermitted.
    """
    lock_member(by)
    locked = lock_comment(comment)
    require_permission(
        permissions_of(locked, by).delete, _("You can delete your own comments only.")
    )
    if locked.is_visible and locked.parent:
        count_replies(locked.parent, -1)
    locked.state, locked.author = State.DELETED, None
    locked.body = locked.html = locked.removal_reason = ""
    locked.save(update_fields=["state", "author", "body", "html", "removal_reason"])
    locked.reports.update(detail="")
    forget_reasons(locked.decisions.filter(sanction=None))
    locked.notes.all().delete()
    Appeal.objects.filter(decision__comment=locked, decision__sanction=None).delete()
    forget_visits_without_words(locked.thread_id)
    words_erased.send(Comment)
    return locked


def forget_reasons(decisions: QuerySet[Decision]) -> None:
    """Drop the reasons that moderators wrote about words that are erased: a reason may quote them."""
    written = decisions.filter(is_automatic=False).exclude(reason="")
    written.update(reason=NO_REASON)


@transaction.atomic
def vote_on_comment(comment: Comment, *, by: User, value: int, consent: bool = False) -> Comment:
    """Create, change or delete (`value` 0) a member's vote; an equal value changes nothing.

    Raises: InvalidInput, InvalidVote, NotPermitted, RateLimited.
    """
    require_consent(by, consent)
    if value:
        require_unsanctioned(by)
    allowance = acquire(by, VOTES)
    require_permission(
        permissions_of(lock_comment(comment), by).vote, _("You cannot vote on this comment.")
    )
    count = partial(consume, allowance, VOTES)
    if cast_vote(comment.votes, target=comment, by=by, value=value, before_change=count):
        comment.score = order_score(comment.up_count, comment.down_count)
        comment.save(update_fields=["score"])
    return comment


def order_score(up: int, down: int) -> float:
    """The value of `Comment.score` for these counters."""
    return wilson(up + 1, down, Z_ORDER).low


def require_edit(comment: Comment, by: User) -> None:
    """Raises: NotPermitted."""
    require_permission(
        permissions_of(comment, by).edit, _("You can edit your own comments for 24 hours.")
    )


def permissions_of(comment: Comment, user: User) -> CommentPermissions:
    """What the member may do with the comment now."""
    return comment_permissions(
        comment.state,
        is_recent=is_recent(comment.created_at, timezone.now()),
        is_locked=comment.is_locked,
        is_author=comment.author_id == user.pk,
        is_member=True,
    )


def lock_comment(comment: Comment) -> Comment:
    """The current row of the comment, locked with its ancestors until the transaction ends."""
    _lock_branch(comment)
    return Comment.objects.select_related("parent").get(pk=comment.pk)


def _lock_branch(comment: Comment) -> None:
    """Lock a comment, its parent, its grandparent and its root, in the order of their keys.

    A reply and a deletion that locked the same rows in different orders would deadlock.
    """
    grandparent = Comment.objects.filter(pk=comment.parent_id or 0).values_list(
        "parent_id", flat=True
    )
    rows = [pk for pk in {comment.pk, comment.parent_id, comment.root_id, *grandparent} if pk]
    locked = Comment.objects.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    list(locked.values_list("pk"))


def require_permission(permitted: bool, message: str) -> None:
    """Raises: NotPermitted, with the message."""
    if not permitted:
        raise NotPermitted(message)
