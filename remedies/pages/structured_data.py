"""Structured data of a remedy and of an entry: what their pages show, for machines.

A supplement counts as a product there, so it has no offer, review or rating: members' votes are opinions,
and no evidence.
"""

from django.utils.translation import gettext as _

from citations.structured_data import cited_works
from conditions.structured_data import condition_node
from publishing.reviewers.structured_data import people_of_page
from remedies.models import Remedy
from remedies.pages.amounts import OfficialLimit
from remedies.pages.entry import EntryPage
from remedies.pages.parts import StopBox
from remedies.pages.remedy import RemedyPage
from remedies_site.structured_data import Node, absolute, medical_page


def remedy_page_nodes(page: RemedyPage, title: str, description: str) -> list[Node]:
    """The overview of a remedy, and the remedy with its upper limits."""
    document = page.part.document
    remedy = _remedy_node(
        page.remedy,
        document.name,
        page.part.stop_box,
        description=document.one_line,
        activeIngredient=document.name,
        maximumIntake=[_maximum(limit) for limit in page.part.upper],
    )
    return [
        medical_page(
            page.remedy.get_absolute_url(),
            title,
            description,
            page.revision.published_at if page.revision else None,
            **people_of_page(page.revision, page.review),
            about={"@id": remedy["@id"]},
            citation=cited_works(page.references),
        ),
        remedy,
    ]


def entry_page_nodes(page: EntryPage, title: str, description: str) -> list[Node]:
    """The page of an entry, its remedy and its condition.

    The works are those of the verdict and the evidence. Warnings, doses and the general part cite most of the
    hundred works of a page; the files below its reference list have them all.
    """
    parts = {_("the verdict"), _("the evidence")}
    works = [reference for reference in page.references if parts & set(reference.places)]
    remedy = _remedy_node(page.entry.remedy, page.remedy_name, page.part.stop_box)
    condition = condition_node(page.entry.condition, page.condition_name)
    return [
        medical_page(
            page.entry.get_absolute_url(),
            title,
            description,
            page.revision.published_at if page.revision else None,
            **people_of_page(page.revision, page.review),
            about=[{"@id": condition["@id"]}, {"@id": remedy["@id"]}],
            citation=cited_works(works),
        ),
        condition,
        remedy,
    ]


def _remedy_node(remedy: Remedy, name: str, box: StopBox, **properties: object) -> Node:
    """A remedy with the warnings of the page's red box, under the same @id on every page."""
    url = absolute(remedy.get_absolute_url())
    return {
        "@type": "DietarySupplement",
        "@id": f"{url}#remedy",
        "name": name,
        "url": url,
        "safetyConsideration": _safety(box),
        **properties,
    }


def _safety(box: StopBox) -> list[str]:
    """The rows of the red box in its order, each whole without the heading that it stands under."""
    stop = _("Do not take without medical advice if")
    return [
        *(_checked(f"{stop} {row.who}", caution_only=row.caution_only) for row in box.stops),
        *(
            _checked(
                f"{row.who}: {row.text}" if row.who else row.text, caution_only=not row.checked
            )
            for row in (*box.using, *box.signs)
        ),
    ]


def _checked(text: str, *, caution_only: bool) -> str:
    """The text, with the words that a page adds where nobody has checked it against a source."""
    unchecked = _("General caution, not yet checked against a source. Ask a pharmacist.")
    return f"{text.rstrip('.')}. {unchecked}" if caution_only else text


def _maximum(limit: OfficialLimit) -> Node:
    """An upper limit of a day. What it counts goes with it: without that, the number means nothing."""
    amount = limit.row.amount
    counts = [limit.row.counts, str(limit.row.basis.label), limit.row.harm_below]
    return {
        "@type": "MaximumDoseSchedule",
        "name": limit.row.authority,
        "description": "; ".join(text for text in counts if text),
        "doseValue": int(amount) if amount == int(amount) else float(amount),
        "doseUnit": str(limit.row.unit.label),
        "frequency": "daily",
        "targetPopulation": limit.row.population,
    }
