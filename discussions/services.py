"""Every write with a rule in discussions. What is refused is raised: see remedies_site.exceptions."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rate_limits import POSTS, REPORTS, VOTES, acquire, consume, enforce
from accounts.services import need_consent
from discussions.choices import Reason, State
from discussions.models import Comment, Report, Thread
from discussions.models.comment import DEEPEST
from discussions.policies import LONGEST_BODY, SAME_AGAIN, Facts, Rights, rights
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.exceptions import InvalidInput, NotPermitted
from remedies_site.markup import RENDERER_VERSION, render_comment, without_controls
from remedies_site.voting import Z_ORDER, cast_vote, wilson


class Posted(NamedTuple):
    """A comment, and whether it was made now or is the one of the first click."""

    comment: Comment
    is_new: bool


def thread_of(subject: Remedy | RemedyConditionEntry) -> Thread:
    """The subject's discussion, opened when somebody first writes in it."""
    scope = {"remedy": subject} if isinstance(subject, Remedy) else {"entry": subject}
    thread, _made = Thread.objects.get_or_create(**scope)
    return thread


@transaction.atomic
def post_comment(
    *,
    by: User,
    subject: Remedy | RemedyConditionEntry,
    body: str,
    parent: Comment | None = None,
    consent: bool = False,
) -> Posted:
    """Write a comment or a reply. Raises InvalidInput, NotPermitted or RateLimited.

    A second click (same words, same place, within minutes) gets the comment already made.
    """
    body = _measured(body)
    need_consent(by, consent)
    allowance = acquire(by, POSTS)
    thread = thread_of(subject)
    again = _already_made(by, thread, parent, body)
    if again:
        return Posted(again, is_new=False)
    if parent is not None:
        parent = _replied_to(parent, thread)
    consume(allowance, POSTS)  # before the costly part
    html = _rendered(body)
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
    )
    if parent is not None:
        _count_replies(parent, +1)
    return Posted(comment, is_new=True)


def _measured(body: str) -> str:
    """The words as they are stored. Raises InvalidInput where there are none, or too many."""
    body = body.replace("\r\n", "\n").replace("\x00", "").strip()
    if not body:
        raise InvalidInput(_("Write something first."))
    if len(body) > LONGEST_BODY:
        raise InvalidInput(
            _("This has %(count)s characters; %(most)s are the most.")
            % {"count": len(body), "most": LONGEST_BODY}
        )
    return body


def _rendered(body: str) -> str:
    html = render_comment(body)
    if not html.strip():
        raise InvalidInput(_("Nothing readable is left of this text. Write some words."))
    return html


def _already_made(by: User, thread: Thread, parent: Comment | None, body: str) -> Comment | None:
    return Comment.objects.filter(
        author=by,
        thread=thread,
        parent=_parent_in_reach(parent) if parent else None,
        body=body,
        state=State.VISIBLE,
        created_at__gt=timezone.now() - SAME_AGAIN,
    ).first()


def _replied_to(parent: Comment, thread: Thread) -> Comment:
    """The comment to hang a reply on, locked; beside the deepest ones instead of below them."""
    _lock_branch(parent)
    locked = Comment.objects.filter(pk=parent.pk).select_related("parent", "root").first()
    if locked is None or locked.thread_id != thread.pk:
        raise InvalidInput(_("The comment you reply to is not part of this discussion."))
    if not locked.is_visible:
        raise InvalidInput(_("The comment you reply to is not here any more."))
    return _parent_in_reach(locked)


def _parent_in_reach(parent: Comment) -> Comment:
    if parent.depth < DEEPEST:
        return parent
    assert parent.parent is not None  # noqa: S101  (only roots have none, and their depth is 0)
    return parent.parent


def _count_replies(parent: Comment, change: int) -> None:
    """Keep the number of visible replies on the comment answered and on its root."""
    rows = {parent.pk, parent.root_id or parent.pk}
    Comment.objects.filter(pk__in=rows).update(reply_count=F("reply_count") + change)


@transaction.atomic
def edit_comment(comment: Comment, *, by: User, body: str) -> Comment:
    """Change one's own words within the time for it; the comment is marked as edited."""
    body = _measured(body)
    allowance = acquire(by, POSTS)
    locked = _locked(comment)
    _need(rights_of(locked, by).edit, _("You can edit your own comments for 24 hours."))
    if body != locked.body:
        consume(allowance, POSTS)
        locked.body, locked.html = body, _rendered(body)
        locked.renderer_version, locked.edited_at = RENDERER_VERSION, timezone.now()
        locked.save(update_fields=["body", "html", "renderer_version", "edited_at"])
    return locked


@transaction.atomic
def delete_comment(comment: Comment, *, by: User) -> Comment:
    """Take back one's own comment for good: words and name go, the place in the thread stays.

    Possible at any time, also after the page was withdrawn: it may be health data.
    """
    locked = _locked(comment)
    _need(rights_of(locked, by).delete, _("You can delete your own comments only."))
    if locked.is_visible and locked.parent:
        _count_replies(locked.parent, -1)
    locked.state, locked.author = State.DELETED, None
    locked.body = locked.html = locked.removal_reason = ""
    locked.save(update_fields=["state", "author", "body", "html", "removal_reason"])
    locked.reports.update(detail="")
    return locked


@transaction.atomic
def remove_comment(comment: Comment, *, by: User, reason: str) -> Comment:
    """A moderator takes a comment from readers, with a reason that readers see in its place."""
    _need(by.has_perm("discussions.moderate_comment"), _("Only moderators remove comments."))
    reason = without_controls(reason).strip()[:200]
    if not reason:
        raise InvalidInput(_("Give the reason that readers see."))
    locked = _locked(comment)
    if locked.state in {State.DELETED, State.REMOVED}:
        raise InvalidInput(_("This comment is gone already."))
    if locked.is_visible and locked.parent:
        _count_replies(locked.parent, -1)
    locked.state, locked.removal_reason = State.REMOVED, reason
    locked.save(update_fields=["state", "removal_reason"])
    return locked


@transaction.atomic
def restore_comment(comment: Comment, *, by: User) -> Comment:
    """A moderator puts a removed, hidden or held comment before readers again."""
    _need(by.has_perm("discussions.moderate_comment"), _("Only moderators restore comments."))
    locked = _locked(comment)
    if locked.state not in {State.REMOVED, State.HIDDEN, State.HELD}:
        raise InvalidInput(_("There is nothing to restore here."))
    if locked.parent:
        _count_replies(locked.parent, +1)
    locked.state, locked.removal_reason = State.VISIBLE, ""
    locked.save(update_fields=["state", "removal_reason"])
    return locked


@transaction.atomic
def vote_on_comment(comment: Comment, *, by: User, value: int, consent: bool = False) -> Comment:
    """Vote up, down, or take it back; repeating the same value changes nothing."""
    need_consent(by, consent)
    allowance = acquire(by, VOTES)
    _need(rights_of(_locked(comment), by).vote, _("You cannot vote on this comment."))
    if value != (comment.votes.filter(voter=by).values_list("value", flat=True).first() or 0):
        consume(allowance, VOTES)
    if cast_vote(comment.votes, target=comment, by=by, value=value):
        comment.score = order_score(comment.up_count, comment.down_count)
        comment.save(update_fields=["score"])
    return comment


def order_score(up: int, down: int) -> float:
    """Where a comment stands among its siblings: see `Comment.score`."""
    return wilson(up + 1, down, Z_ORDER).low


@transaction.atomic
def report_comment(comment: Comment, *, by: User | None, reason: str, detail: str = "") -> Report:
    """Tell the moderators. A member's second report of one comment replaces the first."""
    if reason not in Reason.values:
        raise InvalidInput(_("Choose a reason."))
    detail = detail.replace("\x00", "").strip()
    if reason == Reason.OTHER and not detail:
        raise InvalidInput(_("Say what is wrong with it."))
    if len(detail) > 1000:
        raise InvalidInput(_("Keep it to 1,000 characters."))
    if by is None:
        return Report.objects.create(comment=comment, reason=reason, detail=detail)
    _need(rights_of(comment, by).report, _("You cannot report this comment."))
    enforce(by, REPORTS)
    report, _made = Report.objects.update_or_create(
        comment=comment, reporter=by, defaults={"reason": reason, "detail": detail}
    )
    return report


def rights_of(comment: Comment, user: User) -> Rights:
    """What the person may do to the comment now."""
    facts = Facts(
        state=comment.state,
        created_at=comment.created_at,
        is_author=comment.author_id == user.pk,
        is_member=True,
    )
    return rights(facts, timezone.now())


def _locked(comment: Comment) -> Comment:
    """The comment as it is now, held with the rows above it until the transaction ends."""
    _lock_branch(comment)
    return Comment.objects.select_related("parent").get(pk=comment.pk)


def _lock_branch(comment: Comment) -> None:
    """Lock a comment, its parent, that one's parent and its root: always from the oldest on.

    A reply and a deletion that locked the same rows in two orders would wait for each other.
    """
    above = Comment.objects.filter(pk=comment.parent_id or 0).values_list("parent_id", flat=True)
    rows = [pk for pk in {comment.pk, comment.parent_id, comment.root_id, *above} if pk]
    held = Comment.objects.select_for_update(of=("self",)).filter(pk__in=rows).order_by("pk")
    list(held.values_list("pk"))


def _need(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise NotPermitted(sentence)
