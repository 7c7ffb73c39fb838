"""What a search page shows: one ranked list, and help where no page contains the query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page

from citations.identifiers import Identifier
from citations.models import Citation
from remedies_site.listing import Choice, paginate
from search import ranking
from search.brands import BrandMention, query_words_with_brands
from search.choices import ResultKind
from search.citing import citing_documents
from search.corrections import correct_words, find_matches
from search.engine import (
    NEAR_MISS_QUOTAS,
    SUGGESTION_QUOTAS,
    Candidate,
    candidates,
    candidates_for_any,
)
from search.hits import Hit, Suggestion, make_hits, make_suggestions
from search.normalizing import search_words
from search.query import Word, query_words, replace_words

PAGE_SIZE = 20
MAX_SUGGESTIONS = 8
_MAX_NEAR_MISSES = 3
_MAX_NEAR_MISS_QUERIES = 6


@dataclass(frozen=True)
class Results:
    """One page of results.

    `counts` is the number of results of each kind, on all pages and before `kind` narrows them.
    `corrected`, `partly` and `similar_names` are as in `Matches`. `too_common` says that the query has
    stop words only. `near_misses` are pages whose names contain all words of the query but one, `brands`
    the brands in the query, whose medicines were searched for too.
    """

    query: str
    hits: Sequence[Hit] = ()
    counts: dict[str, int] = field(default_factory=dict)
    page: Page[Candidate] = field(default_factory=lambda: paginate((), None))
    corrected: str = ""
    partly: bool = False
    too_common: bool = False
    similar_names: Sequence[str] = ()
    near_misses: Sequence[Suggestion] = ()
    brands: Sequence[BrandMention] = ()

    @property
    def total(self) -> int:
        """The number of results on all pages."""
        return self.page.paginator.count

    @property
    def kinds(self) -> list[Choice]:
        """The kinds that the results can be narrowed to."""
        return [
            Choice(kind, str(ResultKind(kind).label), count) for kind, count in self.counts.items()
        ]

    @property
    def editorial(self) -> list[Hit]:
        """The results that editors wrote."""
        return [hit for hit in self.hits if hit.kind != ResultKind.COMMENT]

    @property
    def comments(self) -> list[Hit]:
        """The results that members wrote."""
        return [hit for hit in self.hits if hit.kind == ResultKind.COMMENT]


def search_results(query: str, *, kind: str = "", page: str | None = None) -> Results:
    """Search for a query from `clean_query`; `kind` narrows the results to one `ResultKind`.

    A page beyond the last is the last.
    """
    words, brands = query_words_with_brands(query)
    if not words:
        return Results(query, too_common=bool(search_words(query)))
    matches = find_matches(query, words)
    narrowed = [match for match in matches.candidates if not kind or match.kind == kind]
    ranked = paginate(ranking.rank(narrowed, matches.words), page, per_page=PAGE_SIZE)
    return Results(
        query,
        hits=make_hits(list(ranked), matches.words),
        counts=_count_kinds(matches.candidates),
        page=ranked,
        corrected=matches.corrected,
        partly=matches.partly,
        similar_names=matches.similar_names,
        near_misses=_near_misses(matches.candidates, matches.words),
        brands=brands,
    )


def suggest(query: str) -> list[Suggestion]:
    """Up to eight remedies, conditions and entries whose names begin as the query; else as corrected."""
    words: Sequence[Word] = query_words(query)
    matches = candidates(words, SUGGESTION_QUOTAS)
    if words and not matches and (corrections := correct_words(words)):
        words = replace_words(words, corrections)
        matches = candidates(words, SUGGESTION_QUOTAS)
    return make_suggestions(ranking.rank(matches, words)[:MAX_SUGGESTIONS], words)


def work_with_identifier(identifier: Identifier) -> Citation | None:
    """The work with this identifier; None where there is none or no published page cites it."""
    # DOIs are the same in any case; the other columns hold capitals or digits only.
    lookup = "doi__iexact" if identifier.column == "doi" else identifier.column
    work = Citation.objects.filter(**{lookup: identifier.value}).order_by("key").first()
    return work if work and citing_documents(work.key, 1) else None


def _count_kinds(matches: Iterable[Candidate]) -> dict[str, int]:
    kinds = [match.kind for match in matches]
    return {kind.value: kinds.count(kind.value) for kind in ResultKind if kind.value in kinds}


def _near_misses(matches: Sequence[Candidate], words: Sequence[Word]) -> list[Suggestion]:
    """Pages whose names contain all words but one, where no name contains them all.

    “Blood pressure tablets” is in many texts and in no name: the condition should be offered. The last
    word is left out first.
    """
    if len(words) < 2 or any(ranking.matches_by_name(match, words) for match in matches):
        return []
    positions = range(len(words))[::-1][:_MAX_NEAR_MISS_QUERIES]
    queries = [[*words[:position], *words[position + 1 :]] for position in positions]
    near = candidates_for_any(queries, NEAR_MISS_QUOTAS)
    named = (
        candidate
        for shorter in queries
        for candidate in ranking.rank(
            [candidate for candidate in near if ranking.matches_by_name(candidate, shorter)],
            shorter,
        )
    )
    return make_suggestions(list(dict.fromkeys(named))[:_MAX_NEAR_MISSES], words)
