"""Made-up reviews of the demo site: one person, a conflict statement, reviews of a few entries."""

from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from publishing.models import ClinicalReview, ConflictStatement, Reviewer
from publishing.reviewers.review_rules import document_digest
from remedies.models import RemedyConditionEntry
from workbench.demo.demo_rows import START

MOST_REVIEWED = 20
_DAY = START.date()
_CREDENTIAL = "Made up: no such pharmacist"


def save_reviews(members: list[int]) -> None:
    """Let the first member review the first entries; the text of the first alone is another one since."""
    reviewer = Reviewer.objects.create(
        user=User.objects.get(pk=members[0]),
        public_name="Example reviewer (made up)",
        slug="example-reviewer",
        credential=_CREDENTIAL,
        credential_checked_on=_DAY,
        credential_checked_in="Made up: no such register",
        is_shown=True,
        created_at=START,
    )
    statement = ConflictStatement.objects.create(
        reviewer=reviewer,
        dated=_DAY,
        text="Made up: nothing to declare.",
        recorded_by=reviewer.user,
        recorded_at=START,
    )
    entries = RemedyConditionEntry.objects.select_related("current_revision").order_by("pk")
    kind = ContentType.objects.get_for_model(RemedyConditionEntry)
    ClinicalReview.objects.bulk_create(
        ClinicalReview(
            content_type=kind,
            object_id=entry.pk,
            revision_number=entry.current_revision.number,
            document_digest=document_digest(entry.current_revision.document if place else {}),
            reviewer=reviewer,
            statement=statement,
            reviewed_on=_DAY,
            credential=_CREDENTIAL,
            credential_checked_on=_DAY,
            scope="Made up: warnings and doses.",
            recorded_at=START,
        )
        for place, entry in enumerate(entries[:MOST_REVIEWED])
        if entry.current_revision is not None
    )
