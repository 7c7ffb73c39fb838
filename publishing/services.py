"""How every kind of subject is published: read its rows, check what they cite, freeze, copy.

Each app gives its own `to_document`, `to_html` and `copy_shown`; the order of the steps stands here.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, NotRequired, Required, TypedDict, TypeVar, Unpack

from django.db import transaction

from accounts.models import User
from citations.schema import citation_keys, cited_keys
from citations.services import unknown_keys
from publishing.models import Revision, Subject
from publishing.revisions import freeze
from remedies_site.documents import Document, Row
from remedies_site.exceptions import NotPublishable
from remedies_site.markup import plain_text
from remedies_site.sorting import fold

S = TypeVar("S", bound=Subject)
D = TypeVar("D", bound=Document)
_ENDS = ".:;?!…"


class PublishOptions(TypedDict):
    """Who publishes, and what the record of versions says of it.

    `by` is None for the operator's commands; `author_name` then names the author. `note` says what
    changed and why; `correction` marks the mending of a mistake.
    """

    by: Required[User | None]
    author_name: NotRequired[str]
    note: NotRequired[str]
    correction: NotRequired[bool]


class GradingResult(NamedTuple):
    """A grade as plain values, and faults as (field, sentence)."""

    grade: dict[str, Any] | None
    errors: list[tuple[str, str]]


def _not_graded(_document: Any) -> GradingResult:
    return GradingResult(None, [])


def check_citations(document: Document) -> None:
    """Raise NotPublishable where the document names a work that is not in the library."""
    cited = list(cited_keys(document))
    unknown = unknown_keys(key for _field, key in cited)
    errors = [(field, f"no citation has the key {key!r}") for field, key in cited if key in unknown]
    if errors:
        raise NotPublishable(errors)


def document_errors(
    document: D, grader: Callable[[D], GradingResult] = _not_graded
) -> list[tuple[str, str]]:
    """Every fault that keeps a document from readers, as (field, sentence)."""
    try:
        check_citations(document)
    except NotPublishable as error:
        return error.errors
    return [*document.publish_errors(), *grader(document).errors]


def draft_errors(
    subject: S, to_document: Callable[[S], D], grader: Callable[[D], GradingResult] = _not_graded
) -> list[tuple[str, str]]:
    """The faults of a draft as it stands in the rows; empty where it could be published."""
    try:
        return document_errors(to_document(subject), grader)
    except NotPublishable as error:
        return error.errors


@transaction.atomic
def publish(
    subject: S,
    to_document: Callable[[S], D],
    to_html: Callable[[D], dict[str, str]],
    copy_shown: Callable[[S], None],
    grader: Callable[[D], GradingResult] = _not_graded,
    **how: Unpack[PublishOptions],
) -> Revision:
    """Publish the subject's draft. Raises NotPublishable with every fault, and then nothing changes.

    `grader` works out what the evidence of a document says, and finds what does not fit to that.
    """
    document = to_document(subject)
    check_citations(document)
    graded = grader(document)
    revision = freeze(
        subject,
        document=document,
        html=to_html(document),
        grade=graded.grade,
        errors=graded.errors,
        **how,
    )
    copy_shown(subject)
    return revision


def name_columns(
    document: Document, *, name: str, aliases: list[str], one_line: str
) -> dict[str, Any]:
    """What lists, search and sorting read of a condition's or remedy's names, by column."""
    return {
        "shown_name": name,
        "shown_aliases": "\n".join(aliases),
        "shown_one_line": one_line,
        "sort_key": fold(name),
        "shown_citations": citation_keys(document),
    }


def store_columns(subject: Subject, columns: dict[str, Any]) -> None:
    """Set columns of a stored subject, and those alone."""
    for column, value in columns.items():
        setattr(subject, column, value)
    subject.save(update_fields=[*columns])


def _in_a_row(parts: list[str]) -> str:
    """“you have severe kidney disease: Do not take it.”: a line of it reads as a sentence."""
    told = [part for part in parts if part]
    between = [part if part[-1] in _ENDS else f"{part}:" for part in told[:-1]]
    last = [part if part[-1] in _ENDS else f"{part}." for part in told[-1:]]
    return " ".join([*between, *last])


def reading_text(document: Document) -> str:
    """What a document tells readers, as plain words: its longer texts, then its safety rows."""
    said = [plain_text(text) for text in document.prose().values()]
    for _name, value in document:
        if isinstance(value, list):
            said += [_in_a_row(list(row.words())) for row in value if isinstance(row, Row)]
    return " ".join(words for words in said if words)
