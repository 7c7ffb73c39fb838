"""A comment as one reader sees it, and where it stands in the lists of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from textwrap import shorten

from django.utils.safestring import SafeString

from discussions.models import Comment
from discussions.policies import CommentPermissions

FOLD_FROM = 6
LONG_BODY = 2_500
"""Characters from which on a comment starts folded."""
FIRST_WORDS = 400
MAX_INDENT = 5
MAX_INDENT_NARROW = 3


@dataclass
class ShownComment:
    """One comment as one reader sees it."""

    comment: Comment
    depth: int
    author: str
    is_staff: bool
    role: str
    """The word beside the author's name; empty for most."""
    html: SafeString
    tombstone: str
    permissions: CommentPermissions
    my_vote: int
    url: str
    moment: str
    day: str
    """The formatted date: formatting it in the template would be slow for hundreds of comments."""
    is_new_to_reader: bool = False
    """Whether it came since the member's last visit."""
    reply_to: str = ""
    """The author of the parent, where the indent no longer shows it (on narrow screens sooner)."""
    opens: bool = False
    """Whether its replies follow, in a nested list."""
    closes: range = field(default_factory=lambda: range(0))
    """As many items as nested lists end after it; templates loop over it."""
    displayed_replies: int = 0
    """The direct replies that follow, with tombstones; of a root, all comments of its thread."""

    @property
    def replies(self) -> int:
        """The number of replies in the heading of its list: displayed ones and those that were cut off."""
        return max(self.displayed_replies, self.comment.reply_count)

    @property
    def is_long(self) -> bool:
        """Whether its text starts folded, under its first words."""
        return bool(self.html) and len(self.comment.body) > LONG_BODY

    @property
    def first_words(self) -> str:
        """The beginning of the text without its line ends."""
        return shorten(self.comment.body, FIRST_WORDS, placeholder=" …")

    @property
    def indent_shows_parent(self) -> bool:
        """Whether the indent shows the parent on a wide screen."""
        return self.depth <= MAX_INDENT

    @property
    def is_chain(self) -> bool:
        """Whether a single reply follows, which is not collapsible."""
        return self.depth > 0 and self.replies <= 1

    @property
    def is_folded(self) -> bool:
        """Whether its list of replies starts collapsed, since it is long."""
        return self.depth > 0 and self.replies >= FOLD_FROM


def nest(shown: Sequence[ShownComment]) -> None:
    """Set where nested lists of replies begin and end, so that a template can loop over a flat list."""
    for item, following in zip_longest(shown, shown[1:]):
        next_depth = following.depth if following else 0
        item.opens = following is not None and next_depth > item.depth
        item.closes = range(max(0, item.depth - next_depth))
    ancestors: list[ShownComment] = []
    for item in shown:
        ancestors = [ancestor for ancestor in ancestors if ancestor.depth < item.depth]
        for ancestor in (*ancestors[:1], *ancestors[1:][-1:]):  # the root and the parent
            ancestor.displayed_replies += 1
        ancestors.append(item)
