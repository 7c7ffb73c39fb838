"""The document of a condition: what its content file and its revisions hold."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import model_validator

from citations.schema import CitationKeys
from conditions.choices import Category
from publishing.claims.rules import claim_errors
from publishing.schema import SourcedRow, review_after_writing, uncited
from remedies_site.documents import (
    Aliases,
    Document,
    FilledLine,
    Line,
    Markdown,
    OptionalDate,
    Row,
    Slug,
    at_most,
)


class RedFlagRow(SourcedRow):
    """A sign that needs a doctor. `text` finishes "Get help if: …"."""

    text: Annotated[FilledLine, at_most(300)]

    def words(self) -> list[str]:
        return [self.text]


class FirstCareRow(Row):
    """One sentence on what doctors usually do first, with its source."""

    text: Annotated[FilledLine, at_most(500)]
    citations: CitationKeys

    def words(self) -> list[str]:
        return [self.text]


class ConditionDocument(Document):
    """A condition with its red flags and usual first care."""

    slug: Slug
    name: Annotated[FilledLine, at_most(120)]
    aliases: Aliases = []
    category: Category
    one_line: Annotated[FilledLine, at_most(300)]
    overview: Markdown = ""
    red_flags: list[RedFlagRow] = []
    first_care: list[FirstCareRow] = []
    icd10: Annotated[Line, at_most(60)] = ""
    mesh: Annotated[Line, at_most(20)] = ""
    written_on: OptionalDate = None
    review_due: OptionalDate = None

    _dates = model_validator(mode="after")(review_after_writing)

    def prose(self) -> dict[str, str]:
        """The overview."""
        return {"overview": self.overview} if self.overview else {}

    def publish_errors(self) -> Iterator[tuple[str, str]]:
        """Claims and first care without a source, and banned words."""
        yield from claim_errors(self)
        yield from uncited("first_care", self.first_care)
