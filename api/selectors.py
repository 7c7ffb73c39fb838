"""Reads of what is published, for the API: by key, without counting and without skipping rows."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from citations.models import Citation
from conditions.models import Condition
from remedies.models import Remedy, RemedyConditionEntry
from search.citing import published_works

M = TypeVar("M", bound=Model)
_PUBLICATION = ("first_published_at", "published_at", "current_revision__number")
_NAMED = ("slug", "shown_name", "shown_one_line", *_PUBLICATION)
_CURRENT = "current_revision"


def listed_remedies() -> QuerySet[Remedy]:
    """The published remedies with what a list says of them."""
    rows: QuerySet[Remedy] = Remedy.objects.published().select_related(_CURRENT)
    return rows.only(*_NAMED, "shown_kind").order_by("slug")


def listed_conditions() -> QuerySet[Condition]:
    """The published conditions with what a list says of them."""
    rows: QuerySet[Condition] = Condition.objects.published().select_related(_CURRENT)
    return rows.only(*_NAMED, "shown_category").order_by("slug")


def listed_entries() -> QuerySet[RemedyConditionEntry]:
    """The published entries with what a list says of them."""
    rows: QuerySet[RemedyConditionEntry] = RemedyConditionEntry.objects.published()
    parts = [
        f"{part}__{name}" for part in ("remedy", "condition") for name in ("slug", "shown_name")
    ]
    return (
        rows.select_related("remedy", "condition", _CURRENT)
        .only("shown_effect", "shown_certainty", *parts, *_PUBLICATION)
        .order_by("pk")
    )


def listed_works() -> QuerySet[Citation]:
    """The works that published pages cite."""
    return published_works().order_by("key")


def first_rows(rows: QuerySet[M], limit: int) -> tuple[list[M], bool]:
    """The first rows, and whether there are more; one query."""
    found = list(rows[: limit + 1])
    return found[:limit], len(found) > limit


def remedy_by_slug(slug: str) -> Remedy | None:
    """The remedy with its current revision, published or not."""
    rows: QuerySet[Remedy] = Remedy.objects.select_related(_CURRENT).defer("shown_text")
    return rows.filter(slug=slug).first()


def condition_by_slug(slug: str) -> Condition | None:
    """The condition with its current revision, published or not."""
    rows: QuerySet[Condition] = Condition.objects.select_related(_CURRENT).defer("shown_text")
    return rows.filter(slug=slug).first()


def entry_by_slugs(remedy: str, condition: str) -> RemedyConditionEntry | None:
    """The entry with its current revision and its remedy's, published or not."""
    rows: QuerySet[RemedyConditionEntry] = RemedyConditionEntry.objects.select_related(
        "condition", _CURRENT, f"remedy__{_CURRENT}"
    )
    rows = rows.defer("shown_text", "remedy__shown_text", "condition__shown_text")
    return rows.filter(remedy__slug=remedy, condition__slug=condition).first()
