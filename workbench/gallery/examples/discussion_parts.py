"""Examples of the parts of discussions; people and comments are made up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.utils.html import format_html

from accounts.models import User
from discussions.choices import Order
from discussions.labels import comment_labels
from discussions.models import Comment
from discussions.policies import CommentPermissions
from discussions.rendering import CommentBox, ThreadItem, comment_values
from discussions.selectors import Discussion, ShownComment
from remedies_site.differences import differences
from remedies_site.listing import paginate
from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import sample_entry

NONE = CommentPermissions(reply=False, vote=False, edit=False, delete=False, report=False)
READER = CommentPermissions(reply=False, vote=False, edit=False, delete=False, report=True)
MEMBER = CommentPermissions(reply=True, vote=True, edit=False, delete=False, report=True)
AUTHOR = CommentPermissions(reply=True, vote=False, edit=True, delete=True, report=False)


def shown_comment(
    pk: int = 1, permissions: CommentPermissions = READER, **values: Any
) -> ShownComment:
    """A made-up comment as a reader with these permissions sees it; `values` replace its fields."""
    comment = ShownComment(
        comment=Comment(
            pk=pk, created_at=datetime(2026, 3, 2, tzinfo=UTC), up_count=3, down_count=1
        ),
        depth=0,
        author="example-1",
        is_staff=False,
        role="",
        html=format_html(
            "<p>An <strong>{}</strong> of a comment, with what happened.</p>", "example"
        ),
        tombstone="",
        permissions=permissions,
        my_vote=0,
        url=f"/comments/{pk}/",
        moment="2026-03-02T00:00:00+00:00",
        day="2 March 2026",
    )
    return replace(comment, **values)


def tombstone(text: str, pk: int = 9) -> ShownComment:
    """A deleted or removed comment, with the text in its place."""
    return shown_comment(pk, NONE, author="", html="", tombstone=text)


def sample_discussion(*comments: ShownComment, **values: Any) -> Discussion:
    """One page of a made-up discussion; `values` replace its fields."""
    discussion = Discussion(
        subject=sample_entry(),
        comments=list(comments),
        count=len(comments),
        has_held=False,
        order=Order.BEST,
        page=paginate((), None),
        root_id=None,
        truncated=[],
    )
    return replace(discussion, **values)


def examples() -> Iterator[Example]:
    """Comments in all states, a discussion, its navigation and forms."""
    member = User(pk=1, consented_at=datetime(2026, 1, 1, tzinfo=UTC))
    yield from _comments(member)
    yield from _discussion(member)
    yield from _following(member)


def _following(member: User) -> Iterator[Example]:
    """The buttons to follow, and the list of what a member follows."""
    for title, of_page, is_followed in (
        ("a page", True, False),
        ("a page that is followed", True, True),
        ("a discussion", False, False),
    ):
        yield example(
            "discussions/following/_follow.html",
            title,
            member=member,
            id=f"follow-{of_page}-{is_followed}",
            action="#",
            is_followed=is_followed,
            of_page=of_page,
        )
    yield example(
        "discussions/following/_follow.html",
        "asking for the consent",
        member=User(pk=2),
        id="follow-new",
        action="#",
        of_page=True,
    )
    own = [
        SimpleNamespace(pk=1, url="#", title="Magnesium", is_discussion=False),
        SimpleNamespace(pk=2, url="#", title="Magnesium for Insomnia", is_discussion=True),
    ]
    yield example("discussions/following/_own_follows.html", "", follows=own, total=3)
    yield example("discussions/following/_own_follows.html", "none", follows=[], total=0)


def _comments(member: User) -> Iterator[Example]:
    context = {"labels": comment_labels(), "action": "#"}
    for title, item, who in (
        ("a reader", shown_comment(), None),
        ("a member", shown_comment(permissions=MEMBER), member),
        ("voted up", shown_comment(permissions=MEMBER, my_vote=1), member),
        ("one's own", shown_comment(permissions=AUTHOR), member),
        ("an editor's", shown_comment(is_staff=True, role="Editor", author="example-editor"), None),
        ("new to the member", shown_comment(is_new_to_reader=True), member),
        ("a clinician's", shown_comment(role="Clinician, verified March 2026"), None),
        ("a deep reply", shown_comment(depth=7, reply_to="example-2"), None),
        ("deleted", tombstone("Removed by the author."), None),
        ("removed", tombstone("Removed by a moderator: unsafe dose."), None),
        (
            "waiting",
            shown_comment(
                permissions=AUTHOR, tombstone="Waiting for a moderator. Only you can see this."
            ),
            member,
        ),
    ):
        yield example(
            "discussions/_comment.html",
            title,
            comment=comment_values(item),
            has_consented=bool(who),
            **context,
        )
    thread_item = ThreadItem(
        comment=comment_values(shown_comment()),
        opens=False,
        closes=range(0),
        replies=0,
        is_chain=False,
        is_folded=False,
        thread_url="#",
        continues=False,
        action="#",
        has_consented=False,
        is_new=False,
    )
    yield example("discussions/_thread_item.html", "cut off", item=thread_item, **context)
    branch = thread_item._replace(continues=True, replies=6)
    yield example("discussions/_thread_item.html", "a branch for itself", item=branch, **context)
    yield example("discussions/_quoted.html", "", comment=shown_comment())
    own = [
        SimpleNamespace(
            pk=1,
            created_at=datetime(2026, 3, 2, tzinfo=UTC),
            thread="Example",
            body="Words.",
            get_absolute_url="#",
            moment="2026-03-02",
        )
    ]
    yield example("discussions/_own_comments.html", "", comments=own, total=2)
    yield example("discussions/_own_comments.html", "none", comments=[], total=0)
    yield example("discussions/profiles/_listed_comments.html", "", comments=own)


def _discussion(member: User) -> Iterator[Example]:
    many = sample_discussion(
        shown_comment(1),
        shown_comment(2, author="example-2"),
        page=paginate("abc", None, per_page=1),
        count=50,
    )
    context = {"anchor": "discussion", "whole": True}
    yield example(
        "discussions/_discussion.html",
        "",
        discussion=many,
        heading="Discussion",
        intro="",
        **context,
    )
    yield example("discussions/_threads.html", "empty", discussion=sample_discussion(), **context)
    yield example("discussions/_sort_links.html", "", discussion=many, member=None, **context)
    yield example(
        "discussions/_sort_links.html",
        "one thread",
        discussion=sample_discussion(shown_comment(), root_id=1),
        **context,
    )
    for count in (1, 12):
        news = sample_discussion(new_count=count)
        yield example(
            "discussions/_new_since.html", str(count), discussion=news, anchor="discussion"
        )
    yield example("discussions/_pages.html", "", discussion=many, anchor="discussion", member=None)
    long = sample_discussion(shown_comment(), root_id=1, next_after=200, newest_after=900)
    yield example(
        "discussions/_thread_parts.html", "", discussion=long, anchor="discussion", member=None
    )
    box = CommentBox("discussion", "#", has_consented=bool(member.consented_at))
    yield example("discussions/_comment_box.html", "", box=box, label="Your comment")
    yield example("discussions/_login_line.html", "", subject=sample_entry(), anchor="discussion")
    yield example("discussions/_preview_button.html", "", action="#", form_id="example-form")
    preview = format_html("<p>Words, and <em>{}</em> words.</p>", "more")
    yield example("discussions/_comment_preview.html", "", preview=preview)
    yield example("discussions/_previewed_text.html", "", preview=preview)
    yield example("discussions/_formatting_help.html", "")
    yield example("discussions/_formatting.html", "")
    yield example("discussions/_subject_link.html", "", subject=sample_entry())
    yield example("discussions/_crisis.html", "", emergency_number="")
    stored = "It helped me at night."
    changes = differences(stored, "It helped me a lot.")
    yield example("components/_differences.html", "", differences=changes)
    yield example(
        "discussions/_changed_meanwhile.html", "", stored=stored, differences=changes, url="#"
    )
