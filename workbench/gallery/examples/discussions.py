"""Examples of the parts of discussions; the people and their words are made up."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.utils.html import format_html

from discussions.choices import Order
from discussions.forms import CommentForm
from discussions.models import Comment
from discussions.policies import Rights
from discussions.selectors import Discussion, ShownComment
from discussions.templatetags.discussions import comment_words
from workbench.gallery.examples.remedies import entry
from workbench.gallery.views import Example, example

NONE = Rights(reply=False, vote=False, edit=False, delete=False, report=False)
READER = Rights(reply=False, vote=False, edit=False, delete=False, report=True)
MEMBER = Rights(reply=True, vote=True, edit=False, delete=False, report=True)
AUTHOR = Rights(reply=True, vote=False, edit=True, delete=True, report=False)


def shown(pk: int = 1, rights: Rights = READER, **values: Any) -> ShownComment:
    """A made-up comment as somebody sees it."""
    known: dict[str, Any] = {
        "comment": Comment(
            pk=pk, created_at=datetime(2026, 3, 2, tzinfo=UTC), up_count=3, down_count=1
        ),
        "depth": 0,
        "author": "example-1",
        "is_staff": False,
        "html": format_html(
            "<p>An <strong>{}</strong> of a comment, with what happened.</p>", "example"
        ),
        "tombstone": "",
        "rights": rights,
        "my_vote": 0,
        "day": "2 March 2026",
    }
    return ShownComment(**known | values)


def tombstone(words: str, pk: int = 9) -> ShownComment:
    """What stays of a comment."""
    return shown(pk, NONE, author="", html="", tombstone=words)


def discussion(*comments: ShownComment, **values: Any) -> Discussion:
    """A page of a made-up discussion."""
    known: dict[str, Any] = {
        "subject": entry(),
        "comments": list(comments),
        "count": len(comments),
        "order": Order.BEST,
        "page": 1,
        "pages": 1,
        "one_thread": None,
        "cut": [],
    }
    return Discussion(**known | values)


def examples() -> Iterator[Example]:
    """A comment in its states, a discussion, and the forms around it."""
    member = SimpleNamespace(consented_at=datetime(2026, 1, 1, tzinfo=UTC), pk=1)
    yield from _comments(member)
    yield from _around(member)


def _comments(member: Any) -> Iterator[Example]:
    given = {"words": comment_words(), "action": "#"}
    for title, item, who in (
        ("a reader", shown(), None),
        ("a member", shown(rights=MEMBER), member),
        ("voted up", shown(rights=MEMBER, my_vote=1), member),
        ("one's own", shown(rights=AUTHOR), member),
        ("an editor's", shown(is_staff=True, author="example-editor"), None),
        ("a deep reply", shown(depth=7, answers="example-2"), None),
        ("deleted", tombstone("Removed by the author."), None),
        ("removed", tombstone("Removed by a moderator: unsafe dose."), None),
        (
            "waiting",
            shown(rights=AUTHOR, tombstone="Waiting for a moderator. Only you can see this."),
            member,
        ),
    ):
        yield example("discussions/_comment.html", title, item=item, member=who, **given)
    yield example("discussions/_quoted.html", "", comment=shown())
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


def _around(member: Any) -> Iterator[Example]:
    form = CommentForm(user=member)
    talk = discussion(shown(1), shown(2, author="example-2"), pages=3, count=50)
    known = {"anchor": "discussion", "whole": True}
    yield example(
        "discussions/_discussion.html", "", discussion=talk, heading="Discussion", intro="", **known
    )
    yield example("discussions/_talk.html", "empty", discussion=discussion(), **known)
    yield example("discussions/_order.html", "", discussion=talk, member=None, **known)
    yield example(
        "discussions/_order.html",
        "one thread",
        discussion=discussion(shown(), one_thread=1),
        **known,
    )
    yield example("discussions/_pages.html", "", discussion=talk, anchor="discussion", member=None)
    box = {"subject": entry(), "anchor": "discussion", "action": "#"}
    yield example("discussions/_box.html", "a reader", **box)
    yield example("discussions/_box.html", "a member", member=member, form=form, **box)
    yield example("discussions/_about.html", "", subject=entry())
    yield example("discussions/_crisis.html", "", emergency_number="")
