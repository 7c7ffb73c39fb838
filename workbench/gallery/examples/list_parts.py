"""Examples of lists of remedies, conditions and entries."""

from collections.abc import Iterator
from types import SimpleNamespace

from remedies.choices import Certainty, Effect
from remedies.models import RemedyConditionEntry
from remedies.pages.lists import Correction, EntrySummary, ReviewedEntry, SurestEffect
from remedies.pages.remedy_board import remedy_board
from remedies.pages.statistics import UseCount
from remedies_site.key_pages import KeyPage
from remedies_site.listing import Choice, FirstRows, filter_links
from workbench.gallery.example import Example, example
from workbench.gallery.examples.condition_parts import sample_condition
from workbench.gallery.examples.sample_documents import MOMENT, sample_entry


def examples() -> Iterator[Example]:
    """Entries of a remedy and of a condition, what lists say of a subject, filters."""
    entries = [
        sample_entry("benefit", "moderate", pk=1),
        sample_entry("none", "high", pk=2),
        sample_entry("harm", "low", pk=3),
        sample_entry("unknown", "no_studies", pk=4),
    ]
    yield example("remedies/pages/_scoreboard_row.html", "", entry=entries[0])
    yield example("remedies/pages/_scoreboard.html", "", entries=entries, sort="evidence", url="#")
    yield example("remedies/pages/_scoreboard.html", "none", entries=[], sort="evidence", url="#")
    many = FirstRows(entries, is_whole=False)
    yield example("remedies/pages/_scoreboard.html", "many", entries=many, sort="name", url="#")
    uses = [UseCount(entry.shown_effect, entry.shown_certainty, 1, MOMENT) for entry in entries]
    yield example("remedies/pages/_remedy_board.html", "", board=remedy_board(entries, uses, []))
    yield example("remedies/pages/_use_list.html", "", entries=entries, of_remedy=True)
    yield example("remedies/pages/_use_list.html", "none", entries=[], of_remedy=False)
    pages = {"start": "?", "label": "Example"}
    middle = KeyPage([1], before="alpha", after="omega")
    yield example("components/_key_pages.html", "", page=middle, **pages)
    yield example("components/_key_pages.html", "first", page=KeyPage([1], after="x"), **pages)
    yield from _browsing(entries[0])
    votes = {entries[0].pk: (41, 19)}
    context = {"condition": sample_condition(), "sort": "evidence", "votes": votes}
    yield example("conditions/_comparison.html", "", entries=entries, **context)
    yield example("conditions/_comparison.html", "many", entries=many, **context)
    yield example("conditions/_comparison.html", "none", entries=[], **context)
    yield example("conditions/_comparison_sort.html", "", sort="name", url="#")
    yield example("conditions/_ladder.html", "", entries=entries)
    yield example(
        "conditions/_ladder_cell.html", "", entry=entries[0], boxes=[True, True, True, False]
    )
    groups = [SimpleNamespace(key="help", heading="May help", entries=entries[:1])]
    yield example(
        "conditions/_comparison_table.html", "", groups=groups, choosing=True, votes=votes
    )
    yield example("conditions/_comparison_table.html", "alone", groups=groups, votes=votes)
    row = {"entry": entries[0], "choosing": True, "votes": votes}
    yield example("conditions/_comparison_row.html", "", **row)
    yield example("conditions/_member_votes.html", "", votes=votes, entry=entries[0].pk)
    yield example("conditions/_brief_warnings.html", "", entry=entries[0])
    yield example("conditions/_discussion_links.html", "", entries=entries[:1])


def _browsing(entry: RemedyConditionEntry) -> Iterator[Example]:
    effects = (SurestEffect(Effect.BENEFIT, 1, "Example"), SurestEffect(Effect.HARM, 2, ""))
    summary = EntrySummary(18, Certainty.MODERATE, effects)
    yield example("remedies/pages/_entry_summary.html", "a remedy", summary=summary, of_remedy=True)
    yield example(
        "remedies/pages/_entry_summary.html", "a condition", summary=summary, of_remedy=False
    )
    yield example("remedies/pages/_entry_summary.html", "none", summary=None, of_remedy=True)
    unclear = EntrySummary(2, Certainty.VERY_LOW)
    yield example("remedies/pages/_entry_summary.html", "unclear", summary=unclear, of_remedy=True)
    yield example(
        "remedies/pages/_recent_reviews.html", "", rows=[ReviewedEntry(entry, MOMENT.date())]
    )
    yield example("remedies/pages/_recent_reviews.html", "none", rows=[])
    names = ("example", "Example", "example-condition", "Example condition")
    correction = Correction(MOMENT, 2, 3, "A dose was mended.", "example-editor", None, *names)
    yield example("remedies/pages/_recent_corrections.html", "", rows=[correction])
    yield example("remedies/pages/_recent_corrections.html", "none", rows=[])
    choices = [Choice("herb", "Herb", 2), Choice("mineral", "Mineral", 1)]
    links = filter_links("kind", choices, "herb")
    for title, titled in (("", False), ("with its label", True)):
        yield example("components/_filters.html", title, links=links, label="Kinds", titled=titled)
