"""Unsaved rows of a made-up site, each with the rows that hang on it.

The columns that readers' pages use are all there, and the plain columns of a subject; the rows that
only the editors' desk reads (evidence items, precautions and the like) are left out: pages read
revisions.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Model

from accounts.models import User
from citations.models import Citation
from conditions.choices import Category
from conditions.document import condition_html
from conditions.models import Condition, ConditionRevision
from conditions.services import CONDITIONS
from discussions.choices import State
from discussions.models import Comment, CommentVote, Thread
from discussions.services import order_score
from publishing.models import Kind
from remedies.choices import RemedyKind
from remedies.document import remedy_html
from remedies.models import (
    EntryRevision,
    EntryVote,
    Remedy,
    RemedyConditionEntry,
    RemedyRevision,
)
from remedies.services import REMEDIES
from remedies_site.markup import RENDERER_VERSION, render_comment
from remedies_site.rows import column_values
from workbench.demo.shapes import (
    KIT,
    STUDIES,
    EntryShape,
    condition_document,
    remedy_document,
)
from workbench.demo.sizes import Sizes
from workbench.demo.talk import Said, counted, votes
from workbench.demo.wordlist import dice, names, talk, word

BASE = datetime(2026, 1, 1, tzinfo=UTC)
"""When everything was published; people talk in the 90 days after."""
TALK = timedelta(days=90)
BODIES = 500
"""Different texts of comments: each is rendered once."""
MOST_ENTRY_VOTES, MOST_COMMENT_VOTES = 30, 4


class Made(NamedTuple):
    """A row, and rows that name it and are stored after it."""

    row: Model
    below: Sequence[Model] = ()


def citations(sizes: Sizes) -> Iterator[Made]:
    """Works of invented people on reserved addresses."""
    chance = dice(sizes.seed, "citations")
    for number in range(sizes.citations):
        first, second = word(chance).capitalize(), word(chance).capitalize()
        yield Made(
            Citation(
                key=f"Example{number:05d}",
                title=f"Example study of {word(chance)} and {word(chance)}, made up for measuring",
                authors=f"{first} E\n{second} E",
                container="Journal of Made-up Examples",
                year=chance.randint(1980, 2025),
                url=f"https://example.org/works/{number}",
                study_type=STUDIES[number % KIT],
            )
        )


def kits(sizes: Sizes) -> list[list[str]]:
    """The keys of the works, cut into kits."""
    count = sizes.citations // KIT
    return [[f"Example{KIT * kit + place:05d}" for place in range(KIT)] for kit in range(count)]


def members(sizes: Sizes) -> Iterator[Made]:
    """People who agreed to everything and cannot log in."""
    chance = dice(sizes.seed, "members")
    for number, name in zip(range(sizes.members), names(chance), strict=False):
        public = f"Example-{name}-{number}"
        yield Made(
            User(
                name=public,
                email=f"{public.lower()}@example.invalid",
                password=f"!{chance.getrandbits(160):040x}",  # Django's mark of an unusable one
                consented_at=BASE,
                joined_at=BASE,
            )
        )


def conditions(sizes: Sizes) -> Iterator[Made]:
    """Published conditions, each with its one version."""
    chance, works = dice(sizes.seed, "conditions"), kits(sizes)
    new = names(chance)
    for number in range(sizes.conditions):
        name, other = f"Example {next(new)} trouble", next(new)
        category = chance.choice(Category.values)
        document = condition_document(name, other, category, works[number % len(works)])
        canonical = document.canonical()
        row = Condition(
            **column_values(document, Condition),
            **CONDITIONS.shown_columns(document, None),
            **_published(),
        )
        version = ConditionRevision(condition=row, **_version(canonical, condition_html(document)))
        yield Made(row, [version])


def remedies(sizes: Sizes) -> Iterator[Made]:
    """Published remedies, each with its one version."""
    chance, works = dice(sizes.seed, "remedies"), kits(sizes)
    new = names(chance)
    for number in range(sizes.remedies):
        name, other = f"Example {next(new)}", next(new)
        kind = chance.choice(RemedyKind.values)
        document = remedy_document(name, other, kind, works[number % len(works)])
        canonical = document.canonical()
        row = Remedy(
            **column_values(document, Remedy),
            **REMEDIES.shown_columns(document, None),
            **_published(),
        )
        version = RemedyRevision(remedy=row, **_version(canonical, remedy_html(document)))
        yield Made(row, [version])


def entries(
    sizes: Sizes,
    remedies: Sequence[tuple[int, str]],
    conditions: Sequence[tuple[int, str]],
    members: Sequence[int],
    shapes: Sequence[EntryShape],
) -> Iterator[Made]:
    """Published entries of different pairs; remedies and conditions come as (key, slug)."""
    chance = dice(sizes.seed, "entries")
    pairs = chance.sample(range(len(remedies) * len(conditions)), sizes.entries)
    for number, pair in enumerate(pairs):
        remedy, remedy_slug = remedies[pair // len(conditions)]
        condition, condition_slug = conditions[pair % len(conditions)]
        shape = shapes[number % len(shapes)]
        cast = votes(chance, len(members), MOST_ENTRY_VOTES)
        row = RemedyConditionEntry(
            remedy_id=remedy,
            condition_id=condition,
            **shape.columns,
            **counted(cast),
            **_published(),
        )
        document = shape.document(remedy_slug, condition_slug)
        version = EntryRevision(entry=row, **_version(document, shape.html, shape.grade))
        opinions = [
            EntryVote(entry=row, voter_id=members[voter], value=value, cast_at=BASE)
            for voter, value in cast
        ]
        yield Made(row, [version, *opinions])


def threads(
    subjects: Sequence[int], entries: Sequence[int], remedies: Sequence[int]
) -> Iterator[Made]:
    """The discussions of those subjects; the places after the entries' are the remedies'."""
    for subject in subjects:
        if subject < len(entries):
            yield Made(Thread(entry_id=entries[subject]))
        else:
            yield Made(Thread(remedy_id=remedies[subject - len(entries)]))


def bodies(sizes: Sizes) -> list[tuple[str, str]]:
    """What people write, as it is stored and as it is shown."""
    chance = dice(sizes.seed, "bodies")
    texts = [talk(chance) for _ in range(BODIES)]
    return [(text, render_comment(text)) for text in texts]


def comments(
    sizes: Sizes,
    level: Sequence[Said],
    threads: dict[int, int],
    keys: dict[int, int],
    members: Sequence[int],
    texts: Sequence[tuple[str, str]],
) -> Iterator[Made]:
    """The comments of one depth; `keys` holds those of lesser depth by their numbers."""
    for said in level:
        chance = dice(sizes.seed, f"comment {said.number}")
        cast = votes(chance, len(members), MOST_COMMENT_VOTES)
        cast = [(voter, value) for voter, value in cast if voter != said.author]
        counts = counted(cast)
        row = Comment(
            thread_id=threads[said.subject],
            parent_id=keys[said.parent.number] if said.parent else None,
            root_id=keys[said.root.number] if said.root else None,
            depth=said.depth,
            **_words(said, members, chance.choice(texts)),
            **counts,
            score=order_score(counts["up_count"], counts["down_count"]),
            reply_count=said.replies,
            created_at=BASE + TALK * ((said.number + 1) / (sizes.comments + 1)),
        )
        opinions = [
            CommentVote(comment=row, voter_id=members[voter], value=value, cast_at=BASE + TALK)
            for voter, value in cast
        ]
        yield Made(row, opinions)


def _words(said: Said, members: Sequence[int], text: tuple[str, str]) -> dict[str, Any]:
    words: dict[str, Any] = {"state": said.state, "renderer_version": RENDERER_VERSION}
    if said.state is State.DELETED:
        return words
    if said.state is State.REMOVED:
        words["removal_reason"] = "An example of a reason."
    return words | {"author_id": members[said.author], "body": text[0], "html": text[1]}


def _published() -> dict[str, Any]:
    return dict.fromkeys(("published_at", "first_published_at", "created_at", "edited_at"), BASE)


def _version(
    document: dict[str, Any], html: dict[str, str], grade: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "number": 1,
        "kind": Kind.FIRST,
        "document": document,
        "html": html,
        "renderer_version": RENDERER_VERSION,
        "grade": grade,
        "note": "Made up for measuring.",
        "author_name": "seed_demo",
        "published_at": BASE,
    }
