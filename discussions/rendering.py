"""Discussions, their comments and the form for a new one as HTML, rendered once for the values that they show.

A page has up to hundreds of comments, and between two readers few of them change. What a template may
read of a comment are the plain values of `ThreadItem`, and of the form those of `CommentBox`, so that
equal values make equal HTML, which is kept by them. The token of forms, which is new in each response, is put in at the end.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, cast

from django.conf import settings
from django.template import loader
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.models import User
from discussions.forms import CommentForm
from discussions.labels import comment_labels
from discussions.selectors import Discussion, ShownComment
from remedies_site.pagecache.live_parts import forget_values
from remedies_site.pagecache.store import PageStore
from remedies_site.pagecache.versions import Version

_TOKEN = f"token-{secrets.token_hex(16)}"
"""Stands in kept HTML for the token of the forms; nobody can guess it and write it into a comment."""
_ITEM_BYTES = 1000
"""What a kept item takes beside its text."""


class Participant(NamedTuple):
    """What the HTML of a discussion may know of the member who reads it."""

    has_consented: bool

    @classmethod
    def of(cls, member: User) -> "Participant":
        """What all members with the same consent have in common."""
        return cls(bool(member.consented_at))


class DiscussionSection(NamedTuple):
    """What decides the HTML of a discussion, besides the `Discussion` itself."""

    anchor: str
    """Its id on the page."""
    heading: str
    intro: str
    whole: bool
    """False: the newest threads only."""
    member: Participant | None


class CommentValues(NamedTuple):
    """All that one reader sees of a comment, and what the template may read of it."""

    pk: int
    anchor: str
    url: str
    moment: str
    day: str
    author: str
    is_staff: bool
    role: str
    is_edited: bool
    is_closed: bool
    """Whether it begins a thread that takes no more replies."""
    parent: int | None
    reply_to: str
    indent_shows_parent: bool
    tombstone: str
    html: SafeString
    first_words: str
    """Of a text that starts folded; else empty."""
    up_count: int
    down_count: int
    my_vote: int
    may_reply: bool
    may_vote: bool
    may_edit: bool
    may_delete: bool
    may_report: bool
    moderate_url: str
    """Where a moderator decides on it; empty for all others."""
    is_new_to_reader: bool = False


class ThreadItem(NamedTuple):
    """A comment in its thread, with what begins and ends after it, and the reader's part."""

    comment: CommentValues
    opens: bool
    closes: range
    """As many items as nested lists end after it; the template loops over it."""
    replies: int
    is_chain: bool
    is_folded: bool
    thread_url: str
    """Of the thread or the branch alone, where replies to this comment are left out; else empty."""
    continues: bool
    """Whether it is a branch, of which no reply is shown here."""
    action: str
    has_consented: bool
    is_new: bool


class CommentBox(NamedTuple):
    """A member's form for a new thread. `anchor` begins its ids, and `action` is the URL it posts to."""

    anchor: str
    action: str
    has_consented: bool


@dataclass(frozen=True)
class _KeptItem:
    """Values never grow old: `version` is the same for all."""

    html: str
    version: Version = ()

    @property
    def size(self) -> int:
        """Bytes of memory, nearly: of the HTML, and of the values that it is kept by."""
        return _ITEM_BYTES + 2 * len(self.html)


_items: PageStore[_KeptItem] = PageStore(settings.COMMENT_STORE_BYTES)


def comment_values(item: ShownComment) -> CommentValues:
    """What a template may read of a comment."""
    comment, permissions = item.comment, item.permissions
    return CommentValues(
        pk=comment.pk,
        anchor=comment.anchor,
        url=item.url,
        moment=item.moment,
        day=item.day,
        author=item.author,
        is_staff=item.is_staff,
        role=item.role,
        is_edited=bool(comment.edited_at and item.html),
        is_closed=comment.is_locked and comment.root_id is None,
        parent=comment.parent_id,
        reply_to=item.reply_to,
        indent_shows_parent=item.indent_shows_parent,
        tombstone=item.tombstone,
        html=item.html,
        first_words=item.first_words if item.is_long else "",
        up_count=comment.up_count,
        down_count=comment.down_count,
        my_vote=item.my_vote,
        may_reply=permissions.reply,
        may_vote=permissions.vote,
        may_edit=permissions.edit,
        may_delete=permissions.delete,
        may_report=permissions.report,
        moderate_url=reverse("moderation_decide", args=[comment.pk])
        if permissions.moderate
        else "",
        is_new_to_reader=item.is_new_to_reader,
    )


def render_section(discussion: Discussion, section: DiscussionSection) -> SafeString:
    """A whole discussion with its heading, for `with_token`."""
    context = {**section._asdict(), "discussion": discussion, "csrf_token": _TOKEN}
    template = loader.get_template("discussions/_discussion.html")
    return cast(SafeString, template.render(context))


def render_comments(
    discussion: Discussion, *, action: str, has_consented: bool, new: int | None
) -> SafeString:
    """The items of a discussion's list, for `with_token`.

    `action` is the URL of replies, `new` the comment just posted.
    """
    language = get_language()
    labels = comment_labels()
    opened = _answered_by(new, discussion)
    pieces = []
    for shown in discussion.comments:
        comment, thread_url = shown.comment, _thread_url(discussion, shown)
        item = ThreadItem(
            comment=comment_values(shown),
            opens=shown.opens,
            closes=shown.closes,
            replies=shown.replies if shown.opens or thread_url else 0,
            is_chain=shown.is_chain,
            is_folded=shown.is_folded and not discussion.root_id and comment.pk not in opened,
            thread_url=thread_url,
            continues=shown.depth > 0,
            action=action,
            has_consented=has_consented,
            is_new=comment.pk == new,
        )
        key = (language, item)
        context = {"item": item, "labels": labels}
        kept = _items.get(key, ()) or _render(key, "discussions/_thread_item.html", context)
        pieces.append(kept.html)
    return mark_safe("".join(pieces))  # noqa: S308  (the template has escaped all texts)


def render_comment_box(box: CommentBox) -> SafeString:
    """The form for a new thread, for `with_token`."""
    key = (get_language(), box)
    context = {"box": box, "label": CommentForm.base_fields["body"].label}
    kept = _items.get(key, ()) or _render(key, "discussions/_comment_box.html", context)
    return mark_safe(kept.html)  # noqa: S308  (the template has escaped all texts)


def with_token(html: SafeString, token: str) -> SafeString:
    """The HTML with the token of its forms, which is of letters and digits."""
    return mark_safe(html.replace(_TOKEN, token))  # noqa: S308


def _render(
    key: tuple[str | None, ThreadItem | CommentBox], template: str, context: Mapping[str, object]
) -> _KeptItem:
    kept = _KeptItem(loader.get_template(template).render({**context, "csrf_token": _TOKEN}))
    _items.put(key, kept)
    return kept


def forget_rendered() -> None:
    """Drop all kept HTML of this process, since somebody erased words."""
    _items.clear()
    forget_values()


def _answered_by(new: int | None, discussion: Discussion) -> set[int]:
    """What the new comment answers, up to the root: nothing of it may hide the new one."""
    parents = {item.comment.pk: item.comment.parent_id for item in discussion.comments}
    answered = set()
    while new := parents.get(new or 0):
        answered.add(new)
    return answered


def _thread_url(discussion: Discussion, item: ShownComment) -> str:
    comment = item.comment
    if item.depth == 0:
        is_cut_off = comment.pk in discussion.truncated
    else:
        is_cut_off = bool(discussion.root_id) and not item.opens and comment.reply_count > 0
    if not is_cut_off:
        return ""
    return f"{discussion.subject.get_absolute_url()}?thread={comment.pk}#{comment.anchor}"
