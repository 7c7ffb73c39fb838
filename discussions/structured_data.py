"""Structured data of a discussion: its threads as posts, the replies nested in them."""

from discussions.choices import State
from discussions.selectors import Discussion, ShownComment
from remedies_site.markup import html_to_text
from remedies_site.structured_data import Node, absolute

_STATUS = {State.DELETED: "Deleted", State.REMOVED: "Deleted", State.HIDDEN: "Hidden"}
"""Comments without author and text, which hold the place of their replies."""


def discussion_nodes(discussion: Discussion) -> list[Node]:
    """A post for each thread of the page. A comment that waits for a moderator is none of it."""
    page = {"@id": absolute(discussion.subject.get_absolute_url())}
    posts: list[Node] = []
    parents: list[Node] = []
    for item in discussion.comments:
        if item.comment.state == State.HELD:
            continue
        del parents[item.depth :]
        node = _node(item)
        if parents:
            replies = parents[-1].setdefault("comment", [])
            if isinstance(replies, list):
                replies.append(node)
        else:
            posts.append({**node, "@type": "DiscussionForumPosting", "isPartOf": page})
            node = posts[-1]
        parents.append(node)
    return posts


def _node(item: ShownComment) -> Node:
    comment = item.comment
    node: Node = {
        "@type": "Comment",
        "url": absolute(item.url),
        "datePublished": comment.moment,
    }
    if status := _STATUS.get(State(comment.state)):
        return node | {"creativeWorkStatus": status}
    text = item.first_words if item.is_long else html_to_text(item.html)
    return node | {"author": {"@type": "Person", "name": item.author}, "text": text}
