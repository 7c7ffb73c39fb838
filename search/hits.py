"""Ranked candidates as the results and suggestions that pages show."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citations.models import Citation
from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from search import ranking
from search.choices import ResultKind
from search.engine import Candidate
from search.highlighting import Fragment, Highlighter
from search.models import SearchItem
from search.query import Word

_KIND_LABELS = {
    ResultKind.REMEDY: gettext_lazy("Remedy"),
    ResultKind.CONDITION: gettext_lazy("Condition"),
    ResultKind.ENTRY: gettext_lazy("Remedy for a condition"),
    ResultKind.REFERENCE: gettext_lazy("Reference"),
    ResultKind.COMMENT: gettext_lazy("Comment"),
}
_SHOWN_OF_PAGE = ("slug", "shown_name", "shown_aliases", "shown_one_line")
"""The columns of a remedy or a condition that a result shows; it has thirty."""
PageRow = Remedy | Condition | RemedyConditionEntry
ResultRow = PageRow | Citation


@dataclass(frozen=True)
class Hit:
    """One result; `row` is its object, None for a comment."""

    kind: ResultKind
    url: str
    title: list[Fragment]
    excerpt: list[Fragment]
    row: ResultRow | None = None

    @property
    def label(self) -> str:
        """The kind of result, as text."""
        return kind_label(self.kind)


@dataclass(frozen=True)
class Suggestion:
    """A page offered by its name.

    `alias` is the other name that matches, where the title does not. `effect` and `certainty` are those
    of an entry, empty for other pages.
    """

    kind: ResultKind
    url: str
    name: str
    alias: str = ""
    effect: str = ""
    certainty: str = ""

    @property
    def label(self) -> str:
        """The kind of page, as text."""
        return kind_label(self.kind)


def kind_label(kind: ResultKind) -> str:
    """The kind of one result, as text in the singular."""
    return str(_KIND_LABELS[kind])


def title_of(names: str) -> str:
    """The title of an item, from its names: “Magnesium”, “Magnesium for Insomnia”."""
    titles = [group.partition("\n")[0] for group in names.split("\n\n")]
    if len(titles) == 1:
        return titles[0]
    return _("%(remedy)s for %(condition)s") % {"remedy": titles[0], "condition": titles[1]}


def reference_url(work: Citation) -> str:
    """The path of the page of one work."""
    return reverse("reference", args=[work.key])


def make_suggestions(candidates: Sequence[Candidate], words: Sequence[Word]) -> list[Suggestion]:
    """The suggestions for remedies, conditions and entries, in the same order.

    At most three queries.
    """
    rows, marks = _fetch_rows(candidates), Highlighter(words)
    pages = (
        (candidate, rows.get((candidate.kind, candidate.object_id))) for candidate in candidates
    )
    return [
        _suggestion(candidate, page, marks)
        for candidate, page in pages
        if page and not isinstance(page, Citation)
    ]


def make_hits(candidates: Sequence[Candidate], words: Sequence[Word]) -> list[Hit]:
    """The results for one page of candidates, in the same order, in at most six queries."""
    ids = [f"{candidate.kind}:{candidate.object_id}" for candidate in candidates]
    items = {item.document_id: item for item in SearchItem.objects.filter(document_id__in=ids)}
    page_ids = [item.inside for item in items.values() if item.kind == ResultKind.COMMENT]
    page_names = dict(
        SearchItem.objects.filter(document_id__in=page_ids).values_list("document_id", "names")
    )
    rows, marks = _fetch_rows(candidates), Highlighter(words)
    hits = []
    for candidate, document_id in zip(candidates, ids, strict=True):
        item = items.get(document_id)
        row = rows.get((candidate.kind, candidate.object_id))
        if item and candidate.kind == ResultKind.COMMENT:
            hits.append(_comment_hit(item, page_names.get(item.inside, ""), marks))
        elif item and row:
            hits.append(_hit(candidate, row, item, marks))
    return hits


def _fetch_rows(candidates: Sequence[Candidate]) -> dict[tuple[str, int], ResultRow]:
    """The objects by kind and id, in one query for each kind but comments.

    Objects that were deleted or withdrawn since the candidates were read are left out.
    """
    fetchers: dict[ResultKind, Callable[[list[int]], Iterable[ResultRow]]] = {
        ResultKind.REMEDY: lambda ids: (
            Remedy.objects.published().filter(pk__in=ids).only(*_SHOWN_OF_PAGE)
        ),
        ResultKind.CONDITION: lambda ids: (
            Condition.objects.published().filter(pk__in=ids).only(*_SHOWN_OF_PAGE)
        ),
        ResultKind.ENTRY: lambda ids: (
            RemedyConditionEntry.objects.published().filter(pk__in=ids).with_names()
        ),
        ResultKind.REFERENCE: lambda ids: Citation.objects.filter(pk__in=ids),
    }
    rows: dict[tuple[str, int], ResultRow] = {}
    for kind, fetch in fetchers.items():
        ids = [candidate.object_id for candidate in candidates if candidate.kind == kind]
        rows |= {(kind.value, row.pk): row for row in fetch(ids)} if ids else {}
    return rows


def _hit(candidate: Candidate, row: ResultRow, item: SearchItem, marks: Highlighter) -> Hit:
    kind = ResultKind(candidate.kind)
    if isinstance(row, Citation):
        source = marks.excerpt(f"{row.short_name}. {row.container}")
        return Hit(kind, reference_url(row), marks.fragments(row.title), source, row)
    # Where a name matches, the summary says more than a sentence from the middle of the text.
    if ranking.matches_by_name(candidate, marks.words):
        text = marks.fragments(_summary(row))
    else:
        text = marks.excerpt(item.words)
    title = marks.fragments(title_of(candidate.names))
    return Hit(kind, row.get_absolute_url(), title, text, row)


def _summary(page: PageRow) -> str:
    """The shortened verdict of an entry, the one-line description of a remedy or condition."""
    return page.shown_teaser if isinstance(page, RemedyConditionEntry) else page.shown_one_line


def _comment_hit(item: SearchItem, page_names: str, marks: Highlighter) -> Hit:
    title = _("Comment on %(page)s") % {"page": title_of(page_names)}
    return Hit(
        ResultKind.COMMENT,
        reverse("comment", args=[item.object_id]),
        [Fragment(title, matched=False)],
        marks.excerpt(item.words),
    )


def _suggestion(candidate: Candidate, page: PageRow, marks: Highlighter) -> Suggestion:
    title = title_of(candidate.names)
    names = candidate.names.splitlines()
    alias = (
        ""
        if _has_match(title, marks)
        else next((name for name in names if _has_match(name, marks)), "")
    )
    answer = (
        {"effect": page.shown_effect, "certainty": page.shown_certainty}
        if isinstance(page, RemedyConditionEntry)
        else {}
    )
    return Suggestion(ResultKind(candidate.kind), page.get_absolute_url(), title, alias, **answer)


def _has_match(name: str, marks: Highlighter) -> bool:
    return any(fragment.matched for fragment in marks.fragments(name))
