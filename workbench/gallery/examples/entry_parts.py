"""Examples of the parts of an entry's page; the studies are made up."""

from collections.abc import Iterator
from types import SimpleNamespace

from remedies.pages.entry import EntryPart
from remedies.pages.votes import format_vote_range
from workbench.gallery.example import Example, example
from workbench.gallery.examples.citation_parts import sample_references
from workbench.gallery.examples.sample_documents import (
    MOMENT,
    NAMES,
    sample_entry,
    sample_parts,
    sample_remedy,
)

EMPTY = SimpleNamespace(
    doses=[], dosing="", upper=[], recommended=[], evidence=[], evidence_text=""
)
"""An entry's page without doses, limits and studies."""


def examples() -> Iterator[Example]:
    """Verdict, doses, evidence, rationale, votes."""
    part, _remedy_part = sample_parts()
    yield from _verdict_and_doses(part)
    yield from _evidence_and_rationale(part)
    yield from _votes()


def _verdict_and_doses(part: EntryPart) -> Iterator[Example]:
    yield example("remedies/pages/_verdict.html", "", part=part, grade_url="#")
    yield example("remedies/pages/_doses.html", "", part=part, **NAMES)
    yield example("remedies/pages/_doses.html", "no dose, no limit", part=EMPTY, **NAMES)
    yield example("remedies/pages/_dose.html", "", dose=part.doses[0])
    yield example("remedies/pages/_dose.html", "above the limit", dose=part.doses[1])
    yield example("remedies/pages/_dose.html", "cannot be compared", dose=part.doses[2])
    yield example("remedies/pages/_dose_bar.html", "", bar=part.doses[0].comparison.bar)
    yield example("remedies/pages/_upper_limits.html", "", upper=part.upper)
    yield example("remedies/pages/_upper_limits.html", "none", upper=[])
    yield example("remedies/pages/_limit_table.html", "", limits=part.upper)
    yield example("remedies/pages/_recommended_closed.html", "", recommended=part.recommended)


def _evidence_and_rationale(part: EntryPart) -> Iterator[Example]:
    yield example("remedies/pages/_evidence.html", "", part=part, grade_url="#", **NAMES)
    yield example("remedies/pages/_evidence.html", "no study", part=EMPTY, grade_url="#", **NAMES)
    yield example("remedies/pages/_study_result.html", "", study=part.evidence[0].studies[0])
    yield example("remedies/pages/_figures.html", "", figures=part.figures)
    yield example("remedies/pages/_guidelines.html", "", guidelines=part.guidelines)
    search = part.document.search
    yield example("remedies/pages/_search_record.html", "", search=search)
    yield example("remedies/pages/_search_record.html", "none", search=type(search)())
    yield example("remedies/pages/_next_steps.html", "", next_steps=part.next_steps)
    yield example("remedies/pages/_rationale.html", "", part=part, **NAMES)
    mechanism_only = SimpleNamespace(
        mechanism=part.mechanism, mechanism_only=True, has_rationale=True
    )
    yield example(
        "remedies/pages/_rationale.html", "a mechanism alone", part=mechanism_only, **NAMES
    )
    yield example("remedies/pages/_rationale.html", "nothing", part=SimpleNamespace(), **NAMES)
    yield example("remedies/pages/_general_closed.html", "", general=part.general, url="#", **NAMES)
    yield example("remedies/pages/_on_this_page.html", "", references=sample_references())
    names = {"remedy": sample_remedy(), "remedy_name": "Example"}
    entries = [
        sample_entry(),
        sample_entry("none", "high", pk=1),
        sample_entry("unknown", "no_studies", pk=2),
    ]
    yield example(
        "remedies/pages/_conditions_nav.html", "", entries=entries, current=entries[0], **names
    )


def _votes() -> Iterator[Example]:
    nobody = {"member": None, "my_vote": 0}
    member = SimpleNamespace(consented_at=MOMENT)
    voted = sample_entry(up_count=41, down_count=19)
    yield example(
        "remedies/pages/_votes.html", "no votes, a reader", entry=sample_entry(), **nobody
    )
    yield example(
        "remedies/pages/_votes.html",
        "a member who voted",
        entry=voted,
        member=member,
        my_vote=1,
        vote_range=format_vote_range(voted),
    )
    without_consent = SimpleNamespace(consented_at=None)
    yield example(
        "remedies/pages/_votes.html",
        "without consent yet",
        entry=sample_entry(),
        member=without_consent,
    )
    yield example("remedies/pages/_votes_note.html")
    yield example("remedies/pages/_members_say.html", "", entry=sample_entry(), **NAMES)
