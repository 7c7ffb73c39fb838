"""Examples of the parts of an entry's page; the studies are made up."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from remedies.pages.entry import EntryPart
from remedies.pages.votes import VoteState
from workbench.gallery.example import Example, example
from workbench.gallery.examples.chart_parts import sample_studies
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
    yield example(
        "remedies/pages/_board.html",
        "",
        board=part.board,
        grade=part.grade,
        pointer=part.pointer,
        grade_url="#",
    )
    yield example("remedies/pages/_doses.html", "", part=part, **NAMES)
    yield example("remedies/pages/_doses.html", "no dose, no limit", part=EMPTY, **NAMES)
    yield example("remedies/pages/_upper_limits.html", "", upper=part.upper)
    yield example("remedies/pages/_upper_limits.html", "none", upper=[])
    yield example("remedies/pages/_limit_table.html", "", limits=part.upper)
    yield example("remedies/pages/_recommended_closed.html", "", recommended=part.recommended)


def _evidence_and_rationale(part: EntryPart) -> Iterator[Example]:
    yield example("remedies/pages/_evidence.html", "", part=part, grade_url="#", **NAMES)
    yield example("remedies/pages/_evidence.html", "no study", part=EMPTY, grade_url="#", **NAMES)
    yield example("remedies/pages/_study_result.html", "", study=part.evidence[0].studies[0])
    yield example("remedies/pages/_studies.html", "", groups=part.evidence, number=2)
    yield example("remedies/pages/_figures.html", "", figures=part.figures)
    yield example("remedies/pages/_figures.html", "no effect in figures", studies=sample_studies())
    next_trial = "One more example of a trial would raise it."
    yield example(
        "remedies/pages/_ledger_short.html",
        "",
        ledger=part.staircase,
        next_trial=next_trial,
        grade_url="#",
    )
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
    yield example(
        "remedies/pages/_rationale_text.html", "", heading="Mechanism", text=part.mechanism
    )
    yield example("remedies/pages/_general_closed.html", "", general=part.general, url="#", **NAMES)
    yield from _around_the_text(part)


def _around_the_text(part: EntryPart) -> Iterator[Example]:
    beside = {"part": part, "references": sample_references()}
    yield example("remedies/pages/_on_this_page.html", "", **beside)
    entry = sample_entry(up_count=3, down_count=1)
    yield example(
        "remedies/pages/_entry_side.html",
        "",
        condition=entry.condition,
        vote=_vote(entry, None),
        **beside,
        **NAMES,
    )
    yield example(
        "remedies/pages/_byline_links.html", "", url="#", canonical_url="https://example.org/"
    )
    names = {"remedy": sample_remedy(), "remedy_name": "Example"}
    entries = [
        sample_entry(),
        sample_entry("none", "high", pk=1),
        sample_entry("unknown", "no_studies", pk=2),
    ]
    listed = {"entries": entries, "current": entries[0]}
    yield example("remedies/pages/_conditions_nav.html", "", **listed, **names)
    yield example("remedies/pages/_conditions_button.html", "", **listed)


def _votes() -> Iterator[Example]:
    member = SimpleNamespace(consented_at=MOMENT)
    voted = sample_entry(up_count=41, down_count=19)
    without_consent = SimpleNamespace(consented_at=None)
    for title, vote in (
        ("no votes, a reader", _vote(sample_entry(), None)),
        ("a member who voted", _vote(voted, member, 1)),
        ("without consent yet", _vote(sample_entry(), without_consent)),
    ):
        yield example("remedies/pages/_vote_line.html", title, vote=vote)
        yield example("remedies/pages/_side_votes.html", title, vote=vote)
        yield example("remedies/pages/_votes.html", title, vote=vote)
    yield example("remedies/pages/_vote_buttons.html", "voted against", my_vote=-1, id="vote")
    yield example("remedies/pages/_votes_note.html")
    for title, who in (("a reader", None), ("a member", member)):
        yield example(
            "remedies/pages/_members_say.html",
            title,
            entry=sample_entry(),
            vote=_vote(sample_entry(), who),
            **NAMES,
        )


def _vote(entry: Any, member: Any, my_vote: int = 0) -> VoteState:
    """The votes as a made-up reader or member sees them."""
    return VoteState(entry, member, my_vote)
