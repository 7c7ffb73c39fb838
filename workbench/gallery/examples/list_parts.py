"""Examples of lists of remedies, conditions and entries."""

from collections.abc import Iterator
from types import SimpleNamespace

from remedies.choices import (
    Certainty,
)
from remedies.models import RemedyConditionEntry
from remedies.pages.lists import Correction, EntrySummary, ReviewedEntry
from remedies_site.listing import Choice, filter_links
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
    yield example("remedies/pages/_entry_item.html", "", entry=entries[0])
    yield example("remedies/pages/_studied_for.html", "", entries=entries, sort="evidence", url="#")
    yield example("remedies/pages/_studied_for.html", "none", entries=[], sort="evidence", url="#")
    yield example("remedies/pages/_recent_entries.html", "", entries=entries[:2])
    yield from _browsing(entries[0])
    context = {"condition": sample_condition(), "sort": "evidence"}
    yield example("conditions/_comparison.html", "", entries=entries, **context)
    yield example("conditions/_comparison.html", "none", entries=[], **context)
    yield example("conditions/_comparison_sort.html", "", sort="name", url="#")
    group = SimpleNamespace(heading="May help", entries=entries[:1])
    yield example("conditions/_comparison_table.html", "", group=group, choosing=True)
    yield example("conditions/_comparison_table.html", "alone", group=group)
    yield example("conditions/_discussion_links.html", "", entries=entries[:1])


def _browsing(entry: RemedyConditionEntry) -> Iterator[Example]:
    summary = EntrySummary(18, Certainty.MODERATE, ("Probably helps", "Probably harms"))
    yield example("remedies/pages/_entry_effects.html", "", effects=summary.effects)
    yield example("remedies/pages/_entry_summary.html", "a remedy", summary=summary, of_remedy=True)
    yield example(
        "remedies/pages/_entry_summary.html", "a condition", summary=summary, of_remedy=False
    )
    yield example("remedies/pages/_entry_summary.html", "none", summary=None, of_remedy=True)
    yield example(
        "remedies/pages/_recent_reviews.html", "", rows=[ReviewedEntry(entry, MOMENT.date())]
    )
    yield example("remedies/pages/_recent_reviews.html", "none", rows=[])
    names = ("example", "Example", "example-condition", "Example condition")
    correction = Correction(MOMENT, 2, "A dose was mended.", *names)
    yield example("remedies/pages/_recent_corrections.html", "", rows=[correction])
    yield example("remedies/pages/_recent_corrections.html", "none", rows=[])
    choices = [Choice("herb", "Herb", 2), Choice("mineral", "Mineral", 1)]
    links = filter_links("kind", choices, "herb")
    for title, titled in (("", False), ("with its label", True)):
        yield example("components/_filters.html", title, links=links, label="Kinds", titled=titled)
