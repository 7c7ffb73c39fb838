"""Random packs and random states of a site, and what a load really did."""

import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from citations.models import Citation
from citations.schema import CitationDocument
from conditions.models import Condition
from publishing.models import CitationRevision, ReviewState
from publishing.redirects import find_by_slug
from publishing.renaming import rename
from publishing.review.drafts import lock_draft, record_edit
from publishing.review.services import reviewed_rows
from publishing.services import subject_type, subject_types
from remedies.content.pack import Pack, RemedyFile, consistency_errors
from remedies.models import Circumstance, CircumstanceRevision, Remedy, RemedyConditionEntry
from remedies.schema import CircumstanceDocument, EntryDocument
from remedies_site.exceptions import NotPublishable
from tests.factories import make_entry, make_user

Chance = random.Random


def _changed_list(documents: list[Any], chance: Chance, **changes: Any) -> list[Any]:
    place = chance.randrange(len(documents))
    values = {**documents[place].model_dump(exclude_defaults=True), **changes}
    changed = type(documents[place]).model_validate(values)
    return [*documents[:place], changed, *documents[place + 1 :]]


def _edit_work(pack: Pack, chance: Chance) -> None:
    changes = chance.choice(
        [
            {"title": f"Title {chance.random()}"},
            {"study_type": chance.choice(["cohort", "randomised_trial", "narrative_review"])},
            {"retracted_on": date(2026, 2, 3)},
            {"year": 2001},
        ]
    )
    pack.citations = _changed_list(pack.citations, chance, **changes)


def _add_work(pack: Pack, chance: Chance) -> None:
    key = f"New{len(pack.citations)}"
    work = {
        "key": key,
        "title": key,
        "url": f"https://example.org/{key}",
        "study_type": "guideline",
    }
    place = chance.randrange(len(pack.citations) + 1)
    pack.citations.insert(place, CitationDocument.model_validate(work))


def _edit_term(pack: Pack, chance: Chance) -> None:
    pack.circumstances = _changed_list(pack.circumstances, chance, name=f"name {chance.random()}")


def _add_term(pack: Pack, chance: Chance) -> None:
    slug = f"term-{len(pack.circumstances)}"
    term = CircumstanceDocument.model_validate({"slug": slug, "kind": "life", "name": slug})
    pack.circumstances.insert(chance.randrange(len(pack.circumstances) + 1), term)
    part = chance.choice(pack.remedies)
    row = {
        "checked": False,
        "kind": "caution",
        "severity": "caution",
        "text": "Ask a pharmacist.",
        "applies_to": [slug],
        "matters_for": [chance.choice(pack.conditions).slug],
    }
    values = part.remedy.model_dump(exclude_defaults=True) | {"precautions": [row]}
    part.remedy = type(part.remedy).model_validate(values)


def _edit_condition(pack: Pack, chance: Chance) -> None:
    changes = chance.choice(
        [
            {"one_line": f"Line {chance.random()}."},
            {"aliases": [f"alias {chance.random()}"]},
            {
                "red_flags": [
                    {"checked": False, "text": f"it {word}"}
                    for word in "abc"[: chance.randrange(4)]
                ]
            },
        ]
    )
    pack.conditions = _changed_list(pack.conditions, chance, **changes)


def _add_condition(pack: Pack, chance: Chance) -> None:
    slug = f"condition-{len(pack.conditions)}"
    values = {"slug": slug, "name": slug, "category": "other", "one_line": "A line."}
    pack.conditions.append(type(pack.conditions[0]).model_validate(values))
    part = chance.choice(pack.remedies)
    entry = {
        **part.entries[-1].model_dump(exclude_defaults=True),
        "remedy": part.remedy.slug,
        "condition": slug,
    }
    part.entries.append(EntryDocument.model_validate(entry))


def _edit_entry(pack: Pack, chance: Chance) -> None:
    part = chance.choice(pack.remedies)
    part.entries = _changed_list(
        part.entries,
        chance,
        **chance.choice(
            [
                {"first_question": f"Does it help {chance.random()}?"},
                {"verdict": "It clearly helps everybody [@B2]."},
                {"regimens": []},
                {"warnings": f"None were found until {chance.choice(['now', 'then'])}."},
            ]
        ),
    )


def _add_remedy(pack: Pack, chance: Chance) -> None:
    slug = f"remedy-{len(pack.remedies)}"
    part = chance.choice(pack.remedies)
    values = {**part.remedy.model_dump(exclude_defaults=True), "slug": slug, "name": slug}
    entries = [
        EntryDocument.model_validate({**one.model_dump(exclude_defaults=True), "remedy": slug})
        for one in part.entries
    ]
    pack.remedies.append(RemedyFile(type(part.remedy).model_validate(values), entries))


def _drop_entry(pack: Pack, chance: Chance) -> None:
    part = chance.choice(pack.remedies)
    part.entries = part.entries[:1]


CHANGES: list[Callable[[Pack, Chance], None]] = [
    _edit_work,
    _add_work,
    _edit_term,
    _add_term,
    _edit_condition,
    _add_condition,
    _edit_entry,
    _edit_entry,
    _add_remedy,
    _drop_entry,
]


def is_sound(pack: Pack) -> bool:
    """Whether `read_pack` would have taken it."""
    documents = [*pack.citations, *pack.circumstances, *pack.conditions]
    for part in pack.remedies:
        documents += [part.remedy, *part.entries]
    return not any(list(one.publish_errors()) for one in documents) and not list(
        consistency_errors(pack)
    )


# ---- what people did on the site meanwhile -----------------------------------------------------


def _subjects() -> list[Any]:
    return [*Condition.objects.all(), *Remedy.objects.all(), *RemedyConditionEntry.objects.all()]


def _save_draft(chance: Chance) -> None:
    subject = chance.choice([one for one in _subjects() if hasattr(one, "one_line")])
    schema, editor = subject_type(type(subject)).schema, make_user("editor")
    before = lock_draft(subject, schema)
    subject.one_line = chance.choice(["An editor's own line.", "See [@A1]."])
    subject.save()
    record_edit(subject, schema, before, editor)


def _withdraw(chance: Chance) -> None:
    subject = chance.choice(_subjects())
    if subject.is_published:
        subject_type(type(subject)).withdraw(subject, by=None, reason="It was wrong.")


def _rename(chance: Chance) -> None:
    subject = chance.choice([one for one in _subjects() if hasattr(one, "slug")])
    rename(subject, slug=f"renamed-{chance.randrange(10_000)}")


def _publish_other_words(chance: Chance) -> None:
    subject = chance.choice([one for one in _subjects() if hasattr(one, "one_line")])
    subject.one_line = f"Published by hand {chance.random()}."
    subject.save()
    if subject.withdrawn_at is None:
        with contextlib.suppress(NotPublishable):
            subject_type(type(subject)).publish(subject, by=None)


def _entry_of_their_own(chance: Chance) -> None:
    entry = make_entry(published=False)
    entry.evidence_items.update(citation=Citation.objects.get(key="B2"))
    subject_type(RemedyConditionEntry).publish(entry, by=None)


def _submit_work(chance: Chance) -> None:
    work = Citation.objects.order_by("key").first()
    assert work is not None
    rows = reviewed_rows(Citation)
    document = rows.to_document(work).model_copy(update={"funding": f"{chance.random()}"})
    if rows.waiting(work.key) is None:
        rows.submit(document, by=make_user("editor"), note="Looked it up.")


HAPPENINGS: list[Callable[[Chance], None]] = [
    _save_draft,
    _withdraw,
    _rename,
    _publish_other_words,
    _entry_of_their_own,
    _submit_work,
]


# ---- what is stored ----------------------------------------------------------------------------


@dataclass(frozen=True)
class SubjectState:
    """A subject as it is stored."""

    draft: dict[str, Any] | None
    shown: dict[str, Any] | None
    revisions: tuple[str, ...]
    withdrawn: bool
    pending: tuple[str, ...]


@dataclass
class SiteState:
    """All that a load can change."""

    subjects: dict[tuple[str, int], SubjectState]
    works: dict[str, dict[str, Any]]
    terms: dict[str, dict[str, Any]]
    waiting: set[str]


def site_state() -> SiteState:
    """The site as it is now."""
    return SiteState(
        dict(_subject_states()),
        {row.key: reviewed_rows(Citation).stored_document(row) for row in Citation.objects.all()},
        {
            row.slug: reviewed_rows(Circumstance).stored_document(row)
            for row in Circumstance.objects.all()
        },
        {
            one.key
            for model in (CitationRevision, CircumstanceRevision)
            for one in model._default_manager.filter(state=ReviewState.WAITING)
        },
    )


def _subject_states() -> Iterator[tuple[tuple[str, int], SubjectState]]:
    for kind in subject_types():
        for subject in kind.model._default_manager.select_related("current_revision"):
            try:
                draft = kind.to_document(subject).canonical()
            except NotPublishable:
                draft = None
            revision = subject.current_revision
            yield (
                (kind.model.__name__, subject.pk),
                SubjectState(
                    draft,
                    revision.document if revision else None,
                    tuple(one.kind for one in subject.revisions.order_by("number")),
                    subject.withdrawn_at is not None,
                    tuple(
                        edit.author_name for edit in subject.edits.filter(published_in__isnull=True)
                    ),
                ),
            )


def stored_subject(document: Any) -> Any:
    """The row that a document of the plan belongs to, after the load; None where there is none."""
    if isinstance(document, EntryDocument):
        pair = {"remedy__slug": document.remedy, "condition__slug": document.condition}
        return RemedyConditionEntry.objects.filter(**pair).first()
    model = Condition if hasattr(document, "category") else Remedy
    return find_by_slug(model, document.slug)
