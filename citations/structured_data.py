"""Structured data of the works that a page cites."""

from collections.abc import Iterable

from citations.models import Citation
from citations.references import ListedReference
from remedies_site.structured_data import Node


def cited_works(references: Iterable[ListedReference]) -> list[Node]:
    """The works in the order of the reference list."""
    return [_work(reference.work) for reference in references]


def _work(work: Citation) -> Node:
    is_article = bool(work.doi or work.pmid or work.pmcid)
    node: Node = {
        "@type": "ScholarlyArticle" if is_article else "CreativeWork",
        "name": work.title,
        "url": work.link,
    }
    if work.retracted_on:
        node["creativeWorkStatus"] = "Retracted"
    return node
