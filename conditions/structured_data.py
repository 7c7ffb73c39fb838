"""Structured data of a condition. It names no treatment: the page compares, and recommends none."""

from citations.structured_data import cited_works
from conditions.models import Condition
from conditions.selectors import ConditionPage
from publishing.reviewers.structured_data import people_of_page
from remedies_site.structured_data import Node, absolute, medical_page


def condition_node(condition: Condition, name: str, **properties: object) -> Node:
    """A condition, under the same @id on every page."""
    url = absolute(condition.get_absolute_url())
    return {
        "@type": "MedicalCondition",
        "@id": f"{url}#condition",
        "name": name,
        "url": url,
        **properties,
    }


def condition_page_nodes(page: ConditionPage, title: str, description: str) -> list[Node]:
    """The page of a condition, and the condition."""
    condition = condition_node(
        page.condition,
        page.document.name,
        alternateName=page.document.aliases,
        description=page.document.one_line,
    )
    return [
        medical_page(
            page.condition.get_absolute_url(),
            title,
            description,
            page.revision.published_at if page.revision else None,
            **people_of_page(page.revision, page.review),
            about={"@id": condition["@id"]},
            citation=cited_works(page.references),
        ),
        condition,
    ]
