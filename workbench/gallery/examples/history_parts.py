"""Examples of the parts of a page's history; the versions are made up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from publishing.history.document_changes import RowState
from publishing.history.selectors import Version, VersionLinks
from publishing.history.shown_changes import ChangedRow, ShownChange, ShownField, ShownPart
from publishing.models import CONTENT_PACK, Kind
from workbench.gallery.example import Example, example

VERSION = Version(
    number=4,
    kind=Kind.CORRECTION,
    note="The example said 250 mg; the work says 320 mg.",
    author_name="example-1",
    approver_name="example-2",
    published_at=datetime(2026, 3, 2, tzinfo=UTC),
    url="#",
    difference_url="#",
)
TEXT = ShownField(
    "Verdict", "An example of a longer sentence.", "An example of another sentence, reworded."
)
ROWS = (
    ChangedRow(RowState.ADDED, "Example2025, sleep", None, 1, [ShownField("Result", "", "A bit.")]),
    ChangedRow(RowState.MOVED, "Example2021, sleep", 1, 3, []),
    ChangedRow(
        RowState.MOVED_AND_CHANGED,
        "Example2022, pain",
        4,
        2,
        [ShownField("Size", "not reported", "small")],
    ),
    ChangedRow(
        RowState.REMOVED, "Example2019, sleep", 2, None, [ShownField("Result", "Nothing.", "")]
    ),
)
DOSE = ChangedRow(
    RowState.CHANGED,
    "Example2021, tablet",
    1,
    1,
    [
        ShownField("As the page shows it", "250 mg a day", "320 mg a day"),
        ShownField("Amount", "250", "320"),
    ],
)
CHANGE = ShownChange(
    parts=[
        ShownPart("Verdict", is_safety=False, field=TEXT),
        ShownPart("Evidence", is_safety=False, rows=ROWS, same_rows=2),
        ShownPart("Doses that studies used", is_safety=True, rows=(DOSE,)),
    ],
    unchanged=["Warnings", "Precautions"],
    grade=ShownField("Grade", "May help. Low certainty", "Not known. Very low certainty"),
)


def examples() -> Iterator[Example]:
    """Every part, with its variants."""
    yield example("publishing/_version.html", "a correction", version=VERSION, restore_url="#")
    first = replace(
        VERSION,
        number=1,
        kind=Kind.FIRST,
        author_name=CONTENT_PACK,
        note="",
        approver_name="",
        difference_url="",
    )
    yield example("publishing/_version.html", "of the content pack", version=first)
    withdrawn = replace(VERSION, kind=Kind.WITHDRAWAL, note="A dose was wrong.")
    yield example("publishing/_version.html", "withdrawn", version=withdrawn)
    by_system = replace(
        VERSION,
        kind=Kind.SYSTEM,
        note="Changed in the library: Example2021.",
        grade_before="May help. Low certainty",
        grade_after="Not known. Very low certainty",
    )
    yield example("publishing/_version.html", "graded again", version=by_system)
    steps = replace(by_system, grade_after=by_system.grade_before)
    yield example("publishing/_version.html", "steps alone", version=steps)
    yield example("publishing/_version_choice.html", "", number=4, position=1)
    links = VersionLinks(history="#", previous="#", next="#", difference="#")
    yield example("publishing/_version_links.html", "", versions=links)
    only = VersionLinks(history="#", previous="", next="", difference="")
    yield example("publishing/_version_links.html", "the only one", versions=only)
    yield example("publishing/_change.html", "", change=CHANGE)
    yield example("publishing/_change.html", "nothing", change=ShownChange([], []))
    ledger = ShownChange([], ["Verdict"], ledger_changed=True)
    yield example("publishing/_change.html", "steps alone", change=ledger)
    long = ShownField("Evidence", "A line.\n" * 8, "A line.\n" * 6 + "Another.\n" + "A line.\n")
    yield example("publishing/_folded_words.html", "", blocks=long.blocks)
    yield example("publishing/_words.html", "", segments=TEXT.segments)
    yield example("publishing/_changed_rows.html", "", rows=ROWS, label="Evidence", same_rows=1)
