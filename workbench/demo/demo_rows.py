"""Unsaved rows of the demo site, each with its dependent rows.

Every column that public pages read is filled. The rows that only the admin reads (evidence items,
precautions and the like) are left out: public pages read revisions.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

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
from workbench.demo.demo_documents import (
    STUDY_TYPES,
    WORKS_PER_SET,
    EntryPrototype,
    condition_document,
    remedy_document,
)
from workbench.demo.discussion_plan import PlannedComment, count_votes, random_votes
from workbench.demo.random_words import generator, random_names, random_text, random_word
from workbench.demo.sizes import Sizes

START = datetime(2026, 1, 1, tzinfo=UTC)
"""When everything was published; the comments are spread over the 90 days after."""
DISCUSSION_TIME = timedelta(days=90)
COMMENT_TEXTS = 500
"""The number of different comment texts; each is rendered once."""
MAX_ENTRY_VOTES, MAX_COMMENT_VOTES = 30, 4


class UnsavedRow(NamedTuple):
    """A row, and the rows with a foreign key to it, which are saved after it."""

    row: Model
    dependents: Sequence[Model] = ()


def citations(sizes: Sizes) -> Iterator[UnsavedRow]:
    """Works with made-up authors and URLs on example.org."""
    random = generator(sizes.seed, "citations")
    for number in range(sizes.citations):
        first, second = random_word(random).capitalize(), random_word(random).capitalize()
        yield UnsavedRow(
            Citation(
                key=f"Example{number:05d}",
                title=f"Example study of {random_word(random)} and {random_word(random)}, made up for measuring",
                authors=f"{first} E\n{second} E",
                container="Journal of Made-up Examples",
                year=random.randint(1980, 2025),
                url=f"https://example.org/works/{number}",
                study_type=STUDY_TYPES[number % WORKS_PER_SET],
            )
        )


def work_sets(sizes: Sizes) -> list[list[str]]:
    """The keys of the works in sets of `WORKS_PER_SET`; works that fill no set are left out."""
    complete = sizes.citations // WORKS_PER_SET * WORKS_PER_SET
    keys = [f"Example{number:05d}" for number in range(complete)]
    return [keys[start : start + WORKS_PER_SET] for start in range(0, complete, WORKS_PER_SET)]


def members(sizes: Sizes) -> Iterator[UnsavedRow]:
    """Members with consent and without a usable password."""
    random = generator(sizes.seed, "members")
    for number, name in zip(range(sizes.members), random_names(random), strict=False):
        public = f"Example-{name}-{number}"
        yield UnsavedRow(
            User(
                name=public,
                email=f"{public.lower()}@example.invalid",
                password=f"!{random.getrandbits(160):040x}",  # Django's prefix of an unusable password
                consented_at=START,
                joined_at=START,
            )
        )


def conditions(sizes: Sizes) -> Iterator[UnsavedRow]:
    """Published conditions, each with one revision."""
    random, works = generator(sizes.seed, "conditions"), work_sets(sizes)
    new_names = random_names(random)
    for number in range(sizes.conditions):
        name, other = f"Example {next(new_names)} trouble", next(new_names)
        category = random.choice(Category.values)
        document = condition_document(name, other, category, works[number % len(works)])
        canonical = document.canonical()
        row = Condition(
            **column_values(document, Condition),
            **CONDITIONS.shown_columns(document, None),
            **_publication_dates(),
        )
        revision = ConditionRevision(
            condition=row, **_revision_fields(canonical, condition_html(document))
        )
        yield UnsavedRow(row, [revision])


def remedies(sizes: Sizes) -> Iterator[UnsavedRow]:
    """Published remedies, each with one revision."""
    random, works = generator(sizes.seed, "remedies"), work_sets(sizes)
    new_names = random_names(random)
    for number in range(sizes.remedies):
        name, other = f"Example {next(new_names)}", next(new_names)
        kind = random.choice(RemedyKind.values)
        document = remedy_document(name, other, kind, works[number % len(works)])
        canonical = document.canonical()
        row = Remedy(
            **column_values(document, Remedy),
            **REMEDIES.shown_columns(document, None),
            **_publication_dates(),
        )
        revision = RemedyRevision(remedy=row, **_revision_fields(canonical, remedy_html(document)))
        yield UnsavedRow(row, [revision])


def entries(
    sizes: Sizes,
    remedies: Sequence[tuple[int, str]],
    conditions: Sequence[tuple[int, str]],
    members: Sequence[int],
    prototypes: Sequence[EntryPrototype],
) -> Iterator[UnsavedRow]:
    """Published entries for different pairs; remedies and conditions are given as (pk, slug)."""
    random = generator(sizes.seed, "entries")
    pairs = random.sample(range(len(remedies) * len(conditions)), sizes.entries)
    for number, pair in enumerate(pairs):
        remedy, remedy_slug = remedies[pair // len(conditions)]
        condition, condition_slug = conditions[pair % len(conditions)]
        prototype = prototypes[number % len(prototypes)]
        votes = random_votes(random, len(members), MAX_ENTRY_VOTES)
        row = RemedyConditionEntry(
            remedy_id=remedy,
            condition_id=condition,
            **prototype.columns,
            **count_votes(votes),
            **_publication_dates(),
        )
        document = prototype.document(remedy_slug, condition_slug)
        revision = EntryRevision(
            entry=row, **_revision_fields(document, prototype.html, prototype.grade)
        )
        vote_rows = [
            EntryVote(entry=row, voter_id=members[voter], value=value, cast_at=START)
            for voter, value in votes
        ]
        yield UnsavedRow(row, [revision, *vote_rows])


def threads(
    subjects: Sequence[int], entries: Sequence[int], remedies: Sequence[int]
) -> Iterator[UnsavedRow]:
    """The threads of these subjects: positions of entries, followed by those of remedies."""
    for subject in subjects:
        if subject < len(entries):
            yield UnsavedRow(Thread(entry_id=entries[subject]))
        else:
            yield UnsavedRow(Thread(remedy_id=remedies[subject - len(entries)]))


def comment_texts(sizes: Sizes) -> list[tuple[str, str]]:
    """Texts of comments, each as Markdown and as HTML."""
    random = generator(sizes.seed, "bodies")
    texts = [random_text(random) for _ in range(COMMENT_TEXTS)]
    return [(text, render_comment(text)) for text in texts]


def comments(
    sizes: Sizes,
    level: Sequence[PlannedComment],
    threads: dict[int, int],
    keys: dict[int, int],
    members: Sequence[int],
    texts: Sequence[tuple[str, str]],
) -> Iterator[UnsavedRow]:
    """The comments of one depth, with their votes.

    `threads` holds the primary keys of the threads by subject, `keys` those of the comments of lesser
    depth by number.
    """
    for planned in level:
        random = generator(sizes.seed, f"comment {planned.number}")
        votes = random_votes(random, len(members), MAX_COMMENT_VOTES)
        votes = [(voter, value) for voter, value in votes if voter != planned.author]
        counts = count_votes(votes)
        row = Comment(
            thread_id=threads[planned.subject],
            parent_id=keys[planned.parent.number] if planned.parent else None,
            root_id=keys[planned.root.number] if planned.root else None,
            depth=planned.depth,
            **_comment_fields(planned, members, random.choice(texts)),
            **counts,
            score=order_score(counts["up_count"], counts["down_count"]),
            reply_count=planned.replies,
            created_at=START + DISCUSSION_TIME * ((planned.number + 1) / (sizes.comments + 1)),
        )
        vote_rows = [
            CommentVote(
                comment=row, voter_id=members[voter], value=value, cast_at=START + DISCUSSION_TIME
            )
            for voter, value in votes
        ]
        yield UnsavedRow(row, vote_rows)


def _comment_fields(
    planned: PlannedComment, members: Sequence[int], text: tuple[str, str]
) -> dict[str, object]:
    fields: dict[str, object] = {"state": planned.state, "renderer_version": RENDERER_VERSION}
    if planned.state is State.DELETED:
        return fields
    if planned.state is State.REMOVED:
        fields["removal_reason"] = "An example of a reason."
    return fields | {"author_id": members[planned.author], "body": text[0], "html": text[1]}


def _publication_dates() -> dict[str, object]:
    return dict.fromkeys(("published_at", "first_published_at", "created_at", "edited_at"), START)


def _revision_fields(
    document: dict[str, object], html: dict[str, str], grade: dict[str, object] | None = None
) -> dict[str, object]:
    return {
        "number": 1,
        "kind": Kind.FIRST,
        "document": document,
        "html": html,
        "renderer_version": RENDERER_VERSION,
        "grade": grade,
        "note": "Made up for measuring.",
        "author_name": "seed_demo",
        "published_at": START,
    }
