"""Who wrote and who reviewed a page, for machines: as the line under its title says it."""

from publishing.models import Revision
from publishing.reviewers.selectors import PageReview
from remedies_site.structured_data import Node, absolute


def people_of_page(revision: Revision | None, review: PageReview | None) -> Node:
    """The authors of the version, and its reviewer where the text that was reviewed is the one shown."""
    authors = revision.named_authors if revision else []
    node: Node = {"author": [{"@type": "Person", "name": name} for name in authors]}
    if review is not None and review.is_of_this_text:
        node["lastReviewed"] = review.reviewed_on.isoformat()
        node["reviewedBy"] = {
            "@type": "Person",
            "name": review.name,
            "url": absolute(review.url),
            "hasCredential": {
                "@type": "EducationalOccupationalCredential",
                "name": review.credential,
            },
        }
    return node
