"""The document of a circumstance: a medicine class or a situation that warnings apply to."""

from typing import Annotated

from pydantic import Field, model_validator

from remedies.choices import BETWEEN_NAMES, CircumstanceKind
from remedies_site.documents import Document, FilledLine, Keys, RefersTo, Slug, at_most

MEMBER_KINDS = (CircumstanceKind.MEDICINE, CircumstanceKind.SUBSTANCE)
CircumstanceKeys = Annotated[Keys, RefersTo("slug")]


class CircumstanceDocument(Document):
    """A medicine class or a situation of a person that warnings apply to."""

    slug: Slug
    kind: CircumstanceKind
    name: Annotated[FilledLine, at_most(120)]
    members: Annotated[list[FilledLine], Field(max_length=200)] = []

    @model_validator(mode="after")
    def _only_classes_have_members(self) -> "CircumstanceDocument":
        if self.members and self.kind not in MEMBER_KINDS:
            raise ValueError("only medicines and substances have members")
        if joined := [name for name in self.members if set(name) & set(BETWEEN_NAMES)]:
            raise ValueError(f"one name each, without any of {BETWEEN_NAMES}: {joined[0]}")
        return self
