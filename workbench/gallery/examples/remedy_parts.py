"""Examples of the parts of a remedy's page and of the sheets."""

from collections.abc import Iterator
from types import SimpleNamespace

from citations.choices import StudyType
from remedies.pages.entry import EntryPart
from remedies.pages.sheets import compose_sheet
from remedies.pages.statistics import Statistics
from workbench.gallery.example import Example, example
from workbench.gallery.examples.citation_parts import sample_references
from workbench.gallery.examples.sample_documents import (
    MOMENT,
    sample_entry,
    sample_parts,
    sample_remedy,
)


def examples() -> Iterator[Example]:
    """General information, limits, products, statistics, sheets."""
    part, remedy_part = sample_parts()
    names = {"remedy": sample_remedy(), "remedy_name": "Example"}
    yield example("remedies/pages/_general.html", "", general=part.general, level="h3")
    text = {"id": "how", "heading": "How it works", "text": part.general.how_it_works}
    yield example("remedies/pages/_general_text.html", "folded", level="h3", folded=True, **text)
    yield example(
        "remedies/pages/_limits.html",
        "",
        recommended=remedy_part.recommended,
        upper=remedy_part.upper,
    )
    yield example("remedies/pages/_limits.html", "nothing on file", recommended=[], upper=[])
    yield example(
        "remedies/pages/_limits_closed.html",
        "",
        recommended=remedy_part.recommended,
        upper=remedy_part.upper,
    )
    yield example("remedies/pages/_products.html", "", products=remedy_part.products)
    yield example("remedies/pages/_products.html", "none", products=[])
    yield from _of_sheets(part)
    statistics = Statistics(3, [(StudyType.RANDOMISED_TRIAL, 2)], 5, MOMENT, None)
    yield example("remedies/pages/_statistics.html", "", statistics=statistics, **names)
    yield example("remedies/pages/_member_statistics.html", "", remedy=sample_remedy())
    yield example("remedies/pages/_statistic_date.html", "", name="first-published", moment=MOMENT)
    yield example("remedies/pages/_statistic_date.html", "none", name="last-changed", moment=None)
    yield example("remedies/pages/_remedy_members_say.html", "", **names)
    vote = SimpleNamespace(cast_at=MOMENT, value=-1, entry=sample_entry(), is_counted=False)
    yield example("remedies/pages/_own_votes.html", "", votes=[vote], total=2)
    yield example("remedies/pages/_own_votes.html", "none", votes=[], total=0)


def _of_sheets(part: EntryPart) -> Iterator[Example]:
    composed = compose_sheet(
        "clinician",
        part,
        remedy="Example",
        condition="Example condition",
        references=sample_references(),
        url="https://example.org/r/1/",
    )
    revision = SimpleNamespace(number=1, published_at=MOMENT, is_starter_content=False)
    dated = {
        "sheet": composed,
        "kind": "clinician",
        "revision": revision,
        "written_on": MOMENT.date(),
    }
    warnings = {
        "stops": part.stop_box.stops,
        "precautions": composed.precautions,
        "interactions": composed.interactions,
        "more": 2,
    }
    yield example(
        "remedies/pages/_sheet.html",
        "",
        verdict="Words.",
        entry_url="#",
        emergency_number="112",
        **dated,
    )
    yield example("remedies/pages/_sheet_warnings.html", "", emergency_number="112", **warnings)
    yield example("remedies/pages/_sheet_doses.html", "", doses=composed.doses, more=2)
    yield example("remedies/pages/_sheet_doses.html", "none", doses=[], more=0)
    yield example("remedies/pages/_sheet_source.html", "", **dated)
