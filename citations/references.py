"""The reference list of a page: one query for its works, marks numbered in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from string import ascii_lowercase
from typing import NamedTuple

from django.utils.safestring import SafeString

from citations.former_keys import works_by_former_key
from citations.marks import Reference, ReferenceList
from citations.models import Citation


def retracted(references: Iterable["ListedReference"]) -> list["ListedReference"]:
    """The references whose works were retracted."""
    return [reference for reference in references if reference.work.retracted_on]


class BackLink(NamedTuple):
    """The way back to a mark: its id, the letter of the link, the part of the page it stands in."""

    mark_id: str
    letter: str
    place: str


@dataclass
class ListedReference:
    """A row of a reference list; `on_paper` is False where it is not printed."""

    number: int
    anchor: str
    work: Citation
    mark_ids: list[str] = field(default_factory=list)
    on_paper: bool = True
    places: list[str] = field(default_factory=list)

    @property
    def back_links(self) -> list[BackLink]:
        """To the first mark in each part of the page, in reading order: a to z, then aa and so on.

        A work is cited up to 18 times on a page, and its marks in one part stand close together. Marks
        outside every part each have a link of their own.
        """
        marks = zip_longest(self.mark_ids, self.places, fillvalue="")
        return [
            BackLink(mark_id, _letters(index), place)
            for index, (mark_id, place) in enumerate(marks)
        ]


def _letters(index: int) -> str:
    more, last = divmod(index, len(ascii_lowercase))
    return (_letters(more - 1) if more else "") + ascii_lowercase[last]


class PageReferences:
    """Numbers the marks of one page: call `html` and `marks` in the page's reading order."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Fetch the works that the page may cite: one query, two where some were merged into others."""
        wanted = set(keys)
        self.works = {work.key: work for work in Citation.objects.filter(key__in=wanted)}
        former: dict[str, str] = {}
        if missing := wanted - self.works.keys():  # an old revision: they were merged since
            for key, work in works_by_former_key(missing).items():
                former[key] = work.key
                self.works |= {key: work, work.key: work}
        labels = {key: work.short_name for key, work in self.works.items()}
        self._list = ReferenceList(labels, former_keys=former)
        self._last_on_paper: int | None = None

    def html(self, stored: str) -> SafeString:
        """Stored HTML with numbered marks."""
        return self._list.number_html(stored)

    def marks(self, keys: Iterable[str]) -> SafeString:
        """The numbered marks of a row's keys."""
        return self._list.mark_keys(keys)

    def enter(self, place: str) -> None:
        """Name the part of the page that the next marks stand in: “the doses”."""
        self._list.place = place

    def end_print(self) -> None:
        """Works that are first cited after this call are not printed."""
        self._last_on_paper = len(list(self._list))

    def listed(self) -> list[ListedReference]:
        """The works cited so far, in order of first citation."""
        return [self._line(reference) for reference in self._list if reference.key in self.works]

    def _line(self, reference: Reference) -> ListedReference:
        last = self._last_on_paper
        return ListedReference(
            reference.number,
            reference.anchor,
            self.works[reference.key],
            reference.mark_ids,
            on_paper=last is None or reference.number <= last,
            places=reference.places,
        )
