"""What a search page shows: one ranked list, and help where nothing is found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from citations.models import Citation
from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from remedies_site.listing import Choice
from search import highlighting, ranking, spelling
from search.choices import ResultKind
from search.citing import citing_documents
from search.engine import ALMOST, PAGE, SUGGESTED, Candidate, candidates, candidates_of_any
from search.models import SearchItem
from search.query import Identifier, Word, bare_words, query_words, replace_words

PAGE_SIZE = 20
SUGGESTIONS = 8
_MOST_ALMOST = 3
_MOST_QUESTIONS = 6
_MOST_NAMES = 20_000
"""Names that the vocabulary is made of, at the most."""


@dataclass(frozen=True)
class Hit:
    """One result: where it leads, and what of it was asked for."""

    kind: ResultKind
    url: str
    title: list[highlighting.Piece]
    line: list[highlighting.Piece]
    row: Any = None

    @property
    def label(self) -> str:
        """What it is, in a word."""
        return kind_label(self.kind)


@dataclass(frozen=True)
class Suggestion:
    """A name that begins as typed, and where it leads."""

    kind: ResultKind
    url: str
    name: str
    alias: str = ""

    @property
    def label(self) -> str:
        """What it is, in a word."""
        return kind_label(self.kind)


@dataclass
class Results:
    """A page of results; `corrected` is what was searched instead, `partly` that not every word is met."""

    query: str
    hits: list[Hit] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    total: int = 0
    page: int = 1
    pages: int = 1
    corrected: str = ""
    partly: bool = False
    too_common: bool = False
    nearest: list[str] = field(default_factory=list)
    almost: list[Suggestion] = field(default_factory=list)

    @property
    def kinds(self) -> list[Choice]:
        """Each kind that was found, with its number."""
        return [
            Choice(kind, str(ResultKind(kind).label), count) for kind, count in self.counts.items()
        ]

    @property
    def page_numbers(self) -> range:
        """Every page."""
        return range(1, self.pages + 1)

    @property
    def editors(self) -> list[Hit]:
        """What editors wrote."""
        return [hit for hit in self.hits if hit.kind != ResultKind.COMMENT]

    @property
    def members(self) -> list[Hit]:
        """What members said."""
        return [hit for hit in self.hits if hit.kind == ResultKind.COMMENT]


def kind_label(kind: ResultKind) -> str:
    """What a result is, in a word."""
    return {
        ResultKind.REMEDY: _("Remedy"),
        ResultKind.CONDITION: _("Condition"),
        ResultKind.ENTRY: _("Remedy for a condition"),
        ResultKind.REFERENCE: _("Reference"),
        ResultKind.COMMENT: _("Comment"),
    }[kind]


def search_results(query: str, *, kind: str = "", page: int = 1) -> Results:
    """Search for a cleaned query; `kind` keeps one kind of results."""
    results = Results(query)
    asked = query_words(query)
    if not asked:
        results.too_common = bool(query) and bool(bare_words(query))
        return results
    found = candidates(asked, PAGE)
    if not any(one.kind != ResultKind.COMMENT for one in found):
        found, asked = _mended(results, asked, found)
    results.counts = _counts(found)
    wanted = [one for one in found if not kind or one.kind == kind]
    results.total = len(wanted)
    results.pages = max(1, -(-len(wanted) // PAGE_SIZE))
    results.page = min(max(1, page), results.pages)
    begin = (results.page - 1) * PAGE_SIZE
    results.hits = _hits(ranking.ranked(wanted, asked)[begin : begin + PAGE_SIZE], asked)
    if len(asked) > 1 and not any(ranking.by_name(one, asked) for one in found):
        results.almost = _almost(asked)
    return results


def _almost(asked: Sequence[Word]) -> list[Suggestion]:
    """Remedies and conditions whose names say all the words but one; the last is left out first.

    “Blood pressure tablets” is in many texts and in no name: the condition should not be missed.
    """
    places = range(len(asked))[::-1][:_MOST_QUESTIONS]
    questions = [[*asked[:place], *asked[place + 1 :]] for place in places]
    found = candidates_of_any(questions, ALMOST)
    best = [
        one
        for words in questions
        for one in ranking.ranked([one for one in found if ranking.by_name(one, words)], words)
    ]
    best = list(dict.fromkeys(best))[:_MOST_ALMOST]
    rows = _rows(best)
    return [
        _suggestion(one, rows[one.kind, one.object_id], asked) for one in best if _has(rows, one)
    ]


def suggest(query: str) -> list[Suggestion]:
    """Names of remedies, conditions and their pairs that begin as typed; misspelled ones too."""
    asked = query_words(query)
    found = candidates(asked, SUGGESTED)
    if asked and not found:
        asked = replace_words(asked, _corrections(asked, _names()))
        found = candidates(asked, SUGGESTED)
    best = ranking.ranked(found, asked)[:SUGGESTIONS]
    rows = _rows(best)
    return [
        _suggestion(one, rows[one.kind, one.object_id], asked) for one in best if _has(rows, one)
    ]


def work_with_identifier(wanted: Identifier) -> Citation | None:
    """The work with this identifier, where a published page cites it."""
    column = f"{wanted.column}__iexact" if wanted.column == "doi" else wanted.column
    work = Citation.objects.filter(**{column: wanted.value}).order_by("key").first()
    return work if work and citing_documents(work.key) else None


def _mended(
    results: Results, asked: list[Word], found: list[Candidate]
) -> tuple[list[Candidate], list[Word]]:
    """No page has it: look for the nearest spelling, then for some of the words, then for names alike."""
    names = _names()
    instead = _corrections(asked, names)
    if instead:
        mended = replace_words(asked, instead)
        if again := candidates(mended, PAGE):
            results.corrected = " ".join(
                instead[word.typed][0] if word.typed in instead else word.typed for word in asked
            )
            return again, mended
    if not found and len(asked) > 1:
        met = {
            word: some
            for word in replace_words(asked, instead)
            if (some := candidates([word], SUGGESTED))
        }
        if met:
            results.partly = True
            return list(dict.fromkeys(one for some in met.values() for one in some)), list(met)
    if not found:
        results.nearest = spelling.alike(results.query, names)
    return found, asked


def _names() -> list[str]:
    """Every name of a published remedy or condition."""
    items = SearchItem.objects.filter(kind__in=[ResultKind.REMEDY, ResultKind.CONDITION]).order_by(
        "pk"
    )
    texts = items.values_list("names", flat=True)[:_MOST_NAMES]
    return [name for text in texts for name in text.splitlines() if name]


def _corrections(asked: Iterable[Word], names: Iterable[str]) -> dict[str, list[str]]:
    vocabulary = spelling.counted(word for name in names for word in bare_words(name))
    known = tuple(vocabulary)
    return {
        word.typed: near
        for word in asked
        if not any(each.startswith(word.spellings) for each in known)
        and (near := spelling.nearest(word.typed, vocabulary))
    }


def _counts(found: Iterable[Candidate]) -> dict[str, int]:
    kinds = [one.kind for one in found]
    return {kind.value: kinds.count(kind.value) for kind in ResultKind if kind.value in kinds}


Rows = dict[tuple[str, int], Any]


def _rows(found: Sequence[Candidate]) -> Rows:
    """The rows behind candidates, one query a kind; what was deleted this moment is missing."""
    readers: dict[str, Callable[[list[int]], Iterable[Any]]] = {
        ResultKind.REMEDY: lambda ids: (
            Remedy.objects.published().filter(pk__in=ids).defer("shown_text")
        ),
        ResultKind.CONDITION: lambda ids: (
            Condition.objects.published().filter(pk__in=ids).defer("shown_text")
        ),
        ResultKind.ENTRY: lambda ids: (
            RemedyConditionEntry.objects.published().filter(pk__in=ids).with_names()
        ),
        ResultKind.REFERENCE: lambda ids: Citation.objects.filter(pk__in=ids),
    }
    rows: Rows = {}
    for kind, read in readers.items():
        ids = [one.object_id for one in found if one.kind == kind]
        rows |= {(str(kind), row.pk): row for row in read(ids)} if ids else {}
    return rows


def _has(rows: Rows, one: Candidate) -> bool:
    return (one.kind, one.object_id) in rows


def _hits(found: Sequence[Candidate], asked: Sequence[Word]) -> list[Hit]:
    places = [f"{one.kind}:{one.object_id}" for one in found]
    items = {item.document_id: item for item in SearchItem.objects.filter(document_id__in=places)}
    abouts = [item.inside for item in items.values() if item.kind == ResultKind.COMMENT]
    about = dict(
        SearchItem.objects.filter(document_id__in=abouts).values_list("document_id", "names")
    )
    rows = _rows(found)
    return [
        _comment_hit(item, about.get(item.inside, ""), asked)
        if one.kind == ResultKind.COMMENT
        else _hit(one, rows[one.kind, one.object_id], item, asked)
        for one, place in zip(found, places, strict=True)
        if (item := items.get(place)) and (one.kind == ResultKind.COMMENT or _has(rows, one))
    ]


def _hit(one: Candidate, row: Any, item: SearchItem, asked: Sequence[Word]) -> Hit:
    kind = ResultKind(one.kind)
    if kind == ResultKind.REFERENCE:
        line = highlighting.line(f"{row.short_name}. {row.container}", asked)
        return Hit(kind, reference_url(row), highlighting.pieces(row.title, asked), line, row)
    if ranking.by_name(one, asked):  # a sentence out of the middle of a text would tell less
        line = highlighting.pieces(_first_words(row), asked)
    else:
        line = highlighting.line(item.words, asked)
    return Hit(
        kind, row.get_absolute_url(), highlighting.pieces(title_of(one.names), asked), line, row
    )


def _first_words(row: Any) -> str:
    """The verdict of an entry in a line, else the subject in one line."""
    return str(row.shown_teaser if isinstance(row, RemedyConditionEntry) else row.shown_one_line)


def _comment_hit(item: SearchItem, about: str, asked: Sequence[Word]) -> Hit:
    title = _("Comment on %(page)s") % {"page": title_of(about)}
    url = reverse("comment", args=[item.object_id])
    return Hit(
        ResultKind.COMMENT,
        url,
        highlighting.pieces(title, []),
        highlighting.line(item.words, asked),
    )


def title_of(names: str) -> str:
    """“Magnesium for Insomnia” from the names of an item."""
    firsts = [group.partition("\n")[0] for group in names.split("\n\n")]
    if len(firsts) == 1:
        return firsts[0]
    return _("%(remedy)s for %(condition)s") % {"remedy": firsts[0], "condition": firsts[1]}


def reference_url(work: Citation) -> str:
    """The page of one work."""
    return reverse("reference", args=[work.key])


def _suggestion(one: Candidate, row: Any, asked: Sequence[Word]) -> Suggestion:
    title = title_of(one.names)
    names = one.names.splitlines()
    alias = "" if _says(title, asked) else next((name for name in names if _says(name, asked)), "")
    return Suggestion(ResultKind(one.kind), row.get_absolute_url(), title, alias)


def _says(name: str, asked: Sequence[Word]) -> bool:
    return any(piece.found for piece in highlighting.pieces(name, asked))
