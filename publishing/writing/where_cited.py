"""Which pages and which drafts cite a work, and the works whose keys an editor may mean."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Case, ExpressionWrapper, Q, Value, When
from django.utils.module_loading import import_string

from citations.marks import keys_in
from citations.models import Citation
from publishing.models import Revision, Subject
from publishing.services import subject_types
from remedies_site.documents import Document
from remedies_site.rows import relations_of

MOST_WORKS = 10
"""Works that are offered for a typed key."""
MOST_DRAFTS = 100
"""Drafts of each kind that are named."""
_MOST_WORDS = 6


@dataclass(frozen=True)
class MatchedWork:
    """A work that may be meant; `pages` counts the published pages that cite it."""

    key: str
    title: str
    pages: int


def matching_works(query: str) -> list[MatchedWork]:
    """The works whose key, authors, title or year hold every word, those whose key begins so first."""
    works = Citation.objects.all()
    words = query.split()[:_MOST_WORDS]
    for word in words:
        names = Q(key__icontains=word) | Q(authors__icontains=word) | Q(title__icontains=word)
        works = works.filter(names | Q(year=int(word)) if _is_year(word) else names)
    first = Q(key__istartswith=words[0]) if words else Q(pk__isnull=False)
    rank = Case(When(first, then=Value(0)), default=Value(1), output_field=models.IntegerField())
    columns = ("key", "title", "authors", "container", "year")
    found = list(works.order_by(rank, "key").only(*columns)[:MOST_WORKS])
    pages = pages_citing([work.key for work in found])
    return [
        MatchedWork(work.key, f"{work.short_name}: {work.title}", pages.get(work.key, 0))
        for work in found
    ]


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit()


def pages_citing(keys: list[str]) -> dict[str, int]:
    """The number of published pages that cite each work, by key; the function is named in the settings."""
    count: dict[str, int] = import_string(settings.COUNT_CITING_PAGES)(keys)
    return count


def published_citing(key: str) -> list[Subject[Revision]]:
    """The published pages that cite a work, as far as a page names them; entries come first."""
    pages = import_string(settings.CITING_PAGES)(key)
    return [*pages.entries, *pages.remedies, *pages.conditions] if pages else []


def drafts_citing(key: str) -> list[Subject[Revision]]:
    """The subjects whose draft cites a work that their published page, if any, does not; a query a kind."""
    drafts: list[Subject[Revision]] = []
    for subject_type in subject_types():
        model = subject_type.model
        texts = _text_columns(model)
        in_texts = Q(pk__in=[])
        for column in texts:
            in_texts |= Q(**{f"{column}__contains": f"@{key}"})
        in_rows = _in_rows(model, subject_type.schema, key)
        rows = model.objects.filter(in_rows | in_texts).with_parts().defer("shown_text")
        by_row = rows.annotate(in_rows=ExpressionWrapper(in_rows, models.BooleanField()))
        for subject in by_row.order_by("pk")[:MOST_DRAFTS]:
            is_public = subject.is_published and key in subject.shown_citations
            if not is_public and (vars(subject)["in_rows"] or _in_texts(subject, texts, key)):
                drafts.append(subject)
    return drafts


def _text_columns(model: type[models.Model]) -> list[str]:
    """The columns of a subject in which editors write longer texts."""
    fields = model._meta.concrete_fields
    return [
        field.name for field in fields if isinstance(field, models.TextField) and field.editable
    ]


def _in_texts(subject: models.Model, columns: list[str], key: str) -> bool:
    """Whether a text cites the key itself, not one that begins like it."""
    return any(key in keys_in(getattr(subject, column)) for column in columns)


def _in_rows(model: type[models.Model], schema: type[Document], key: str) -> Q:
    """The condition of subjects with a row that cites the work."""
    cites = Q(pk__in=[])
    for relation in relations_of(schema):
        reverse = model._meta.get_field(relation)
        assert isinstance(reverse, models.ManyToOneRel)  # noqa: S101  (as `rows.py` reads it)
        rows = reverse.related_model._meta
        for field in [*rows.concrete_fields, *rows.many_to_many]:
            if field.related_model is Citation:
                citing = reverse.related_model._default_manager.filter(
                    **{f"{field.name}__key": key}
                )
                cites |= Q(pk__in=citing.values(reverse.field.attname))
    return cites
