"""Examples of search results and suggestions."""

from collections.abc import Iterator

from remedies.check.vocabulary import Medicines
from remedies_site.listing import paginate
from search.brands import BrandMention
from search.choices import ResultKind
from search.engine import Candidate
from search.highlighting import Fragment
from search.hits import Hit, Suggestion
from search.results import Results
from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import sample_entry


def examples() -> Iterator[Example]:
    """Results, corrections of the query, a search without results, suggestions."""
    entry = sample_entry("benefit", "moderate", pk=1)
    yield example("search/_entry_result.html", "", entry=entry)
    title = [Fragment("Example", matched=True)]
    hit = Hit(
        ResultKind.ENTRY, "#", title, [Fragment("It may help a little.", matched=False)], entry
    )
    comment_title = [Fragment("Comment on Example", matched=False)]
    comment = Hit(ResultKind.COMMENT, "#", comment_title, title)
    page = paginate([Candidate("entry", 1, "Example", 1.0)] * 3, None, per_page=1)
    results = Results("exampel", [hit, comment], {"entry": 1, "comment": 1}, page)
    similar = Results("xyz", similar_names=["Example"])
    yield example("search/_results.html", "", results=results)
    near_misses = [Suggestion(ResultKind.REMEDY, "#", "Example")]
    yield example("search/_near_misses.html", "", near_misses=near_misses)
    yield from _brands()
    yield example("search/_hit.html", "", hit=hit, level="h3")
    yield example("components/_pages.html", "", page=page, start="?q=exampel&", label="Pages")
    yield from _without_results(similar)
    names = [
        Suggestion(ResultKind.REMEDY, "#", "Example", "Sample"),
        Suggestion(ResultKind.ENTRY, "#", "Example for X", effect="benefit", certainty="low"),
    ]
    yield example("search/_suggestions.html", "", suggestions=names)


def _without_results(similar: Results) -> Iterator[Example]:
    corrected = Results("exampel", corrected="example")
    partly = Results("example xyz", partly=True)
    yield example("search/_corrected.html", "corrected", results=corrected)
    yield example("search/_corrected.html", "some words", results=partly)
    template, number = "search/_no_results.html", Results("10.1/x")
    yield example(template, "", results=similar, is_identifier=False, contact="")
    yield example(template, "a number", results=number, is_identifier=True)
    yield example(template, "too common", results=Results("the", too_common=True))


def _brands() -> Iterator[Example]:
    mentions = [
        BrandMention("Examplex", Medicines(("exampline",))),
        BrandMention("Examplor", Medicines(("exampline", "examplone"), by_country=True)),
    ]
    page = paginate([Candidate("entry", 1, "Example", 1.0)], None)
    found = Results("examplex", page=page, brands=mentions[:1])
    yield example("search/_brands.html", "", results=found)
    yield example("search/_brands.html", "on no page", results=Results("x", brands=mentions))
