"""Reads of a subject's history: its revisions page by page, two of them side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from publishing.history.shown_changes import ShownChange, shown_change
from publishing.history.wording import phrases_of
from publishing.models import CONTENT_PACK, Kind, Revision, Subject
from publishing.services import subject_type
from remedies_site.key_pages import KeyPage, PagePosition, key_page

PER_PAGE = 25
_LARGE = ("document", "html", "grade")


@dataclass(frozen=True)
class Version:
    """A revision without its content: who made it, when and why.

    `grade_before` and `grade_after` are the grades in words of a revision that the system made.
    """

    number: int
    kind: Kind
    note: str
    author_name: str
    approver_name: str
    published_at: datetime
    url: str
    difference_url: str
    """From the one before; empty for the first."""
    grade_before: str = ""
    grade_after: str = ""

    @property
    def is_by_system(self) -> bool:
        """Whether nobody changed a word: the grade was computed again."""
        return self.kind is Kind.SYSTEM

    @property
    def is_of_pack(self) -> bool:
        """Whether it came with the content pack, which is no person's name."""
        return self.author_name == CONTENT_PACK


@dataclass(frozen=True)
class VersionLinks:
    """Where a reader of one revision can go: its neighbours, what changed, the whole history."""

    history: str
    previous: str
    next: str
    difference: str


def history_url(subject: Subject[Revision]) -> str:
    """The path of the page with all revisions of a subject."""
    return f"{subject.url_below}history/"


def revision_url(subject: Subject[Revision], number: int) -> str:
    """The path of one revision."""
    return f"{subject.url_below}r/{number}/"


def difference_url(subject: Subject[Revision], first: int, second: int) -> str:
    """The path of the page with what differs between two revisions, the older first."""
    return f"{history_url(subject)}{first}...{second}/"


def version_links(subject: Subject[Revision], number: int) -> VersionLinks:
    """The links of the page of a revision; of a subject with its current revision, without a query."""
    current = subject.current_revision
    newest = current.number if current else 0
    return VersionLinks(
        history=history_url(subject),
        previous=revision_url(subject, number - 1) if number > 1 else "",
        next=revision_url(subject, number + 1) if number < newest else "",
        difference=difference_url(subject, number - 1, number) if number > 1 else "",
    )


def read_history(subject: Subject[Revision], position: PagePosition) -> KeyPage[Version]:
    """A page of the subject's revisions, newest first, in at most four queries."""
    rows = subject.revisions.select_related("approver").defer(*_LARGE)
    page = key_page(rows, ("-number",), position, PER_PAGE, named_by="number")
    grades = _grades(subject, page.rows)
    return page.map(lambda revision: _version(subject, revision, grades))


def _grades(subject: Subject[Revision], revisions: list[Revision]) -> dict[int, str]:
    """The grades in words of what the system made, and of what was there before, by number."""
    numbers = {
        number
        for revision in revisions
        if revision.kind == Kind.SYSTEM
        for number in (revision.number - 1, revision.number)
    }
    if not numbers:
        return {}
    format_grade = phrases_of(type(subject)).format_grade
    stored = subject.revisions.filter(number__in=numbers).values_list("number", "grade")
    return {number: format_grade(grade) if grade else "" for number, grade in stored}


def _version(subject: Subject[Revision], revision: Revision, grades: Mapping[int, str]) -> Version:
    number = revision.number
    is_by_system = revision.kind == Kind.SYSTEM
    return Version(
        number=number,
        kind=Kind(revision.kind),
        note=revision.note,
        author_name=revision.author_name,
        approver_name=revision.approver.name if revision.approver else "",
        published_at=revision.published_at,
        url=revision_url(subject, number),
        difference_url=difference_url(subject, number - 1, number) if number > 1 else "",
        grade_before=grades.get(number - 1, "") if is_by_system else "",
        grade_after=grades.get(number, "") if is_by_system else "",
    )


@dataclass(frozen=True)
class VersionPair:
    """Two revisions of a subject, the older first, and what differs between them."""

    before: Version
    after: Version
    change: ShownChange


def compare_versions(subject: Subject[Revision], first: int, second: int) -> VersionPair | None:
    """What differs between two revisions, in one query; None where there is no such pair."""
    rows = subject.revisions.select_related("approver").defer("html")
    by_number = {row.number: row for row in rows.filter(number__in=(first, second))}
    if len(by_number) < 2:
        return None
    old, new = by_number[first], by_number[second]
    change = shown_change(
        subject,
        subject_type(type(subject)).schema,
        old.document,
        new.document,
        (old.grade, new.grade),
    )
    format_grade = phrases_of(type(subject)).format_grade
    grades = {row.number: format_grade(row.grade) if row.grade else "" for row in (old, new)}
    return VersionPair(_version(subject, old, {}), _version(subject, new, grades), change)
