"""What a profile shows of a member."""

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from discussions.choices import State
from discussions.models import Comment
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.key_pages import KeyPage, PagePosition, key_page

COMMENTS_PER_PAGE = 20


def find_member(name: str) -> User | None:
    """The active person of this name, in whatever case; never by a name that was given up."""
    if "\x00" in name:  # PostgreSQL cannot look for one
        return None
    by_name = User.objects.alias(lower_name=Lower("name")).filter(lower_name=name.lower())
    return by_name.filter(is_active=True).first()


def readable_comments(member: User) -> QuerySet[Comment]:
    """The member's comments that everybody can read now: visible ones, on published pages."""
    # Looked up for each comment: a list of all that is published would be as long as the site.
    remedies = Remedy.objects.published().filter(pk=OuterRef("thread__remedy"))
    entries = RemedyConditionEntry.objects.published().filter(pk=OuterRef("thread__entry"))
    return Comment.objects.filter(
        Exists(remedies) | Exists(entries), author=member, state=State.VISIBLE
    )


def listed_comments(member: User, position: PagePosition) -> KeyPage[Comment]:
    """A page of the comments that the profile lists, newest first; none unless the member chose so."""
    if not member.shows_comments:
        return KeyPage([])
    comments = readable_comments(member).select_related(
        "thread__remedy", "thread__entry__remedy", "thread__entry__condition"
    )
    return key_page(comments, ("-pk",), position, COMMENTS_PER_PAGE, named_by="pk")
