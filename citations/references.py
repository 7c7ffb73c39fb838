"""The reference list of one page: works fetched once, marks numbered in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from citations.marks import Reference, ReferenceList
from citations.models import Citation


def retracted(references: Iterable["ListedReference"]) -> list["ListedReference"]:
    """Those of a page's references that were retracted."""
    return [reference for reference in references if reference.work.retracted_on]


@dataclass
class ListedReference:
    """One line of a reference list."""

    number: int
    anchor: str
    work: Citation
    mark_ids: list[str] = field(default_factory=list)
    on_paper: bool = True


class PageReferences:
    """Marks for one page. Call `html` and `rows` in the order in which the page is read."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Fetch every work that the page may cite, in one query."""
        self.works = {work.key: work for work in Citation.objects.filter(key__in=set(keys))}
        labels = {key: work.short_name for key, work in self.works.items()}
        self._list = ReferenceList(labels)
        self._last_on_paper: int | None = None

    def html(self, stored: str) -> SafeString:
        """Stored HTML with its marks numbered."""
        return self._list.number_html(stored)

    def marks(self, keys: Iterable[str]) -> SafeString:
        """The marks of a row."""
        return self._list.mark_keys(keys)

    def end_paper(self) -> None:
        """What is cited first from here on stands in parts of the page that are not printed."""
        self._last_on_paper = len(list(self._list))

    def listed(self) -> list[ListedReference]:
        """The works cited so far, in order of first use; call it when the page is composed."""
        return [self._line(reference) for reference in self._list if reference.key in self.works]

    def _line(self, reference: Reference) -> ListedReference:
        last = self._last_on_paper
        return ListedReference(
            reference.number,
            reference.anchor,
            self.works[reference.key],
            reference.mark_ids,
            on_paper=last is None or reference.number <= last,
        )
