"""Which review a page names, and what readers see of the people who review."""

from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Q
from django.utils import timezone

from publishing.models import ClinicalReview, ConflictStatement, Reviewer, Revision, Subject
from publishing.reviewers.review_rules import (
    document_digest,
    is_statement_current,
    last_day_of_statement,
    review_counts,
)
from publishing.services import subject_types
from remedies_site.key_pages import KeyPage, PagePosition, key_page

PER_PAGE = 50
_MOST_LOOKED_AT = 50
"""Reviews of one page, the newest first, among which the one that it names is looked for."""
_COUNTED = Q(
    taken_back_at__isnull=True,
    reviewer__is_shown=True,
    reviewer__credential_checked_on__isnull=False,
)


@dataclass(frozen=True)
class PageReview:
    """The review that a page names; `is_of_this_text` is off where the text has changed since."""

    name: str
    url: str
    credential: str
    checked_on: date
    reviewed_on: date
    number: int
    scope: str
    is_of_this_text: bool


def page_review(
    subject: Subject[Revision], revision: Revision | None, *, draft: bool = False
) -> PageReview | None:
    """The newest review that counts, one of the text of `revision` before all others; in one query.

    A draft is nobody's reviewed text. None where no review counts. No query where the subject was read
    with its marks (`publishing.selectors.with_live_marks`) and has none.
    """
    if revision is None or not getattr(subject, "has_reviews", True):
        return None
    counted = [review for review in _reviews_of(subject, revision.number) if counts(review)]
    if not counted:
        return None
    digest = "" if draft else document_digest(revision.document)
    same = next((review for review in counted if review.document_digest == digest), None)
    review = same or counted[0]
    return PageReview(
        name=review.reviewer.public_name,
        url=review.reviewer.get_absolute_url(),
        credential=review.credential,
        checked_on=review.credential_checked_on,
        reviewed_on=review.reviewed_on,
        number=review.revision_number,
        scope=review.scope,
        is_of_this_text=same is not None,
    )


def _reviews_of(subject: Subject[Revision], number: int) -> models.QuerySet[ClinicalReview]:
    """Those of a version up to this one, the newest first."""
    meta = subject._meta
    rows = ClinicalReview.objects.filter(
        _COUNTED,
        content_type__app_label=meta.app_label,
        content_type__model=meta.model_name,
        object_id=subject.pk,
        revision_number__lte=number,
    )
    return rows.select_related("reviewer", "statement")[:_MOST_LOOKED_AT]


def counts(review: ClinicalReview) -> bool:
    """Whether the credential was checked and the statement held on the day of the review."""
    return review_counts(
        reviewed_on=review.reviewed_on,
        checked_on=review.credential_checked_on,
        statement_dated=review.statement.dated,
    )


@dataclass(frozen=True)
class ShownReviewer:
    """A reviewer whom readers see, with the newest conflict statement as it stands today."""

    reviewer: Reviewer
    statement: ConflictStatement | None

    @property
    def statement_ends_on(self) -> date | None:
        """The last day on which a new review can rest on the statement."""
        return last_day_of_statement(self.statement.dated) if self.statement else None

    @property
    def may_review(self) -> bool:
        """Whether a review of today would count."""
        today = timezone.localdate()
        return self.statement is not None and is_statement_current(self.statement.dated, today)


def shown_reviewers(position: PagePosition) -> KeyPage[ShownReviewer]:
    """A page of the reviewers whom readers see, by name; in three queries at most."""
    rows = Reviewer.objects.filter(is_shown=True)
    page = key_page(rows, ("public_name", "pk"), position, PER_PAGE, named_by="slug")
    newest: dict[int, ConflictStatement] = {}
    statements = ConflictStatement.objects.filter(reviewer__in=[row.pk for row in page.rows])
    for statement in statements.order_by("dated", "pk"):
        newest[statement.reviewer_id] = statement
    return page.map(lambda reviewer: ShownReviewer(reviewer, newest.get(reviewer.pk)))


def find_reviewer(slug: str) -> ShownReviewer | None:
    """The reviewer with this address whom readers see, if any; in two queries."""
    reviewer = Reviewer.objects.filter(slug=slug, is_shown=True).first()
    if reviewer is None:
        return None
    return ShownReviewer(reviewer, newest_statement(reviewer))


def newest_statement(reviewer: Reviewer) -> ConflictStatement | None:
    """What the person declared last."""
    return reviewer.statements.order_by("-dated", "-pk").first()


def reviewed_pages(reviewer: Reviewer, position: PagePosition) -> KeyPage[ClinicalReview]:
    """A page of the reviews by a person that count, the newest first, with subjects that readers see.

    In two queries, and one for each kind of subject.
    """
    subjects = [
        registered.model._default_manager.with_parts().defer("shown_text")
        for registered in subject_types()
    ]
    rows = reviewer.reviews.filter(_COUNTED).select_related("statement")
    page = key_page(
        rows.prefetch_related(GenericPrefetch("subject", subjects)),
        ("-reviewed_on", "-pk"),
        position,
        PER_PAGE,
        named_by="pk",
    )
    public = [review for review in page.rows if counts(review) and _is_public(review)]
    return KeyPage(public, page.before, page.after)


def _is_public(review: ClinicalReview) -> bool:
    subject = review.subject
    return subject is not None and all(part.is_published for part in subject.parts)
