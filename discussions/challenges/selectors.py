"""Reads of challenges: what readers see, what editors work through, and whom a revision names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from pydantic import ValidationError

from accounts.models import User
from conditions.models import Condition
from conditions.schema import ConditionDocument
from discussions.challenges.choices import ChallengeState, Visibility
from discussions.challenges.claimed_parts import ChallengedDocument
from discussions.models import Challenge
from discussions.models.challenge import ChallengedSubject
from remedies.models import Remedy, RemedyConditionEntry
from remedies.schema import EntryDocument, RemedyDocument
from remedies_site.key_pages import KeyPage, PagePosition, key_page

PER_PAGE = 20
_SCHEMAS: Mapping[type[Model], type[ChallengedDocument]] = {
    Remedy: RemedyDocument,
    Condition: ConditionDocument,
    RemedyConditionEntry: EntryDocument,
}
_JOINED = ("by", "remedy", "condition", "entry__remedy", "entry__condition")
Scope = dict[str, ChallengedSubject]


@dataclass(frozen=True)
class StateCounts:
    """How many challenges readers see in each state."""

    open: int
    accepted: int
    declined: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.accepted + self.declined


def scope_of(subject: ChallengedSubject) -> Scope:
    """The column that refers to the subject."""
    if isinstance(subject, Remedy):
        return {"remedy": subject}
    return {"condition": subject} if isinstance(subject, Condition) else {"entry": subject}


def readable_challenges() -> QuerySet[Challenge]:
    """Those that everybody can read now: public ones, on published pages."""
    remedies = Remedy.objects.published().filter(pk=OuterRef("remedy"))
    conditions = Condition.objects.published().filter(pk=OuterRef("condition"))
    entries = RemedyConditionEntry.objects.published().filter(pk=OuterRef("entry"))
    return Challenge.objects.filter(
        Exists(remedies) | Exists(conditions) | Exists(entries), visibility=Visibility.VISIBLE
    )


def listed_challenges(position: PagePosition, state: str = "") -> KeyPage[Challenge]:
    """A page of all that readers see, newest first; of one state, where it is given."""
    rows = with_pages(readable_challenges())
    if state in ChallengeState.values:
        rows = rows.filter(state=state)
    return key_page(rows, ("-pk",), position, PER_PAGE, named_by="pk")


def challenges_of(subject: ChallengedSubject, position: PagePosition) -> KeyPage[Challenge]:
    """A page of what readers see about one subject, newest first."""
    shown = Challenge.objects.filter(visibility=Visibility.VISIBLE, **scope_of(subject))
    return key_page(with_pages(shown), ("-pk",), position, PER_PAGE, named_by="pk")


def with_pages(rows: QuerySet[Challenge]) -> QuerySet[Challenge]:
    """With the author and the page of each, without the long columns of pages; one query."""
    paths = ("remedy__", "condition__", "entry__", "entry__remedy__", "entry__condition__")
    return rows.select_related(*_JOINED).defer(*(f"{path}shown_text" for path in paths))


def state_counts(subject: ChallengedSubject | None = None) -> StateCounts:
    """The numbers of what readers see, of one subject or of all; one query."""
    rows = readable_challenges()
    if subject is not None:
        rows = rows.filter(**scope_of(subject))
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return StateCounts(*(counts.get(state, 0) for state in ("open", "accepted", "declined")))


def find_challenge(pk: int, reader: User | None) -> Challenge | None:
    """A challenge with its page, where this person may see it: what is not public, its author alone."""
    seen = Q(visibility=Visibility.VISIBLE)
    if reader is not None:
        seen |= Q(by=reader)
    return with_pages(Challenge.objects.filter(seen, pk=pk)).first()


def waiting_challenges() -> QuerySet[Challenge]:
    """The editors' queue: what nobody has decided, the oldest first."""
    rows = Challenge.objects.filter(state=ChallengeState.OPEN)
    return rows.exclude(visibility=Visibility.REMOVED).order_by("pk")


def count_open_challenges() -> int:
    """How many wait for an editor, for the operator's numbers."""
    return waiting_challenges().order_by().count()


def waiting_about(subject: ChallengedSubject) -> list[Challenge]:
    """What an editor of the subject should know of: open ones, and accepted ones without a revision."""
    rows = Challenge.objects.exclude(visibility=Visibility.REMOVED).filter(**scope_of(subject))
    accepted = Q(state=ChallengeState.ACCEPTED, credited_number=None)
    return list(rows.filter(Q(state=ChallengeState.OPEN) | accepted).order_by("state", "pk"))


def credits_of(
    subject: ChallengedSubject, numbers: Iterable[int] | None = None
) -> dict[int, list[Challenge]]:
    """By the number of a revision the public challenges that prompted it; one query."""
    rows = Challenge.objects.filter(
        visibility=Visibility.VISIBLE, credited_number__isnull=False, **scope_of(subject)
    )
    if numbers is not None:
        rows = rows.filter(credited_number__in=list(numbers))
    credits: dict[int, list[Challenge]] = {}
    for challenge in rows.select_related("by").order_by("pk"):
        credits.setdefault(challenge.credited_number or 0, []).append(challenge)
    return credits


def challenges_by(member: User, limit: int = 50) -> tuple[list[Challenge], int]:
    """A member's newest challenges, and the number of all of them."""
    rows = Challenge.objects.filter(by=member)
    newest = with_pages(rows).order_by("-pk")
    return list(newest[:limit]), rows.count()


def claimed_revision(
    subject: ChallengedSubject, number: int | None = None
) -> tuple[int, ChallengedDocument] | None:
    """The number and the document of the current revision, or of the one with a number; None without it.

    One that the schema of today cannot read is None, too: nobody can point at its claims.
    """
    revision = subject.current_revision
    if number is not None and (revision is None or revision.number != number):
        revision = subject.revisions.filter(number=number).first()
    if revision is None:
        return None
    schema: type[ChallengedDocument] = _SCHEMAS[type(subject)]
    try:
        return revision.number, schema.model_validate(revision.document)
    except ValidationError:
        return None
