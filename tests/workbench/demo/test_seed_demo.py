"""The demo site is the same for the same seed, and as consistent as a real one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from citations.models import Citation
from conditions.models import Condition, ConditionRevision
from discussions.models import Comment, CommentVote, Thread
from publishing import derived
from publishing.services import subject_types
from remedies.models import (
    EntryRevision,
    EntryVote,
    Remedy,
    RemedyConditionEntry,
    RemedyRevision,
)
from remedies.schema import EntryDocument
from remedies.services import grade_document
from tests.factories import make_condition
from workbench.demo import site_builder

SMALL = {
    "remedies": 6,
    "conditions": 5,
    "entries": 20,
    "comments": 120,
    "citations": 30,
    "members": 9,
}
pytestmark = pytest.mark.django_db


def seed(command="seed_demo", **options) -> str:
    """Run the command with small sizes, and return its output."""
    out = StringIO()
    call_command(command, **{**SMALL, **options}, stdout=out)
    return out.getvalue()


def rows():
    """The rows without their primary keys, which sequences do not give twice."""
    return [
        list(User.objects.order_by("pk").values_list("name", "email", "password")),
        list(Citation.objects.order_by("pk").values_list("key", "title", "authors", "year")),
        list(Condition.objects.order_by("pk").values_list("slug", "shown_text", "shown_category")),
        list(Remedy.objects.order_by("pk").values_list("slug", "shown_text", "shown_kind")),
        *(
            list(model.objects.order_by("pk").values_list("document", "html", "grade"))
            for model in (ConditionRevision, RemedyRevision, EntryRevision)
        ),
        list(EntryVote.objects.order_by("pk").values_list("entry__remedy__slug", "value")),
        list(
            Comment.objects.order_by("pk").values_list(
                "body", "depth", "score", "reply_count", "author__name", "state", "created_at"
            )
        ),
        list(CommentVote.objects.order_by("pk").values_list("voter__name", "value")),
    ]


def seeded_rows(**options):
    """The rows that the command makes, in a transaction that is rolled back."""
    with transaction.atomic():
        seed(**options)
        seeded = rows()
        transaction.set_rollback(True)
    return seeded


def test_the_same_seed_makes_the_same_rows_and_another_seed_others():
    first = seeded_rows()
    assert seeded_rows() == first
    other = seeded_rows(seed=2)
    assert all(mine != theirs for mine, theirs in zip(first, other, strict=True))


def test_the_former_name_of_the_command_makes_the_same_rows():
    rows_of_seed_demo = seeded_rows()
    assert len(rows_of_seed_demo[1]) == SMALL["citations"]
    assert seeded_rows(command="make_world") == rows_of_seed_demo


def test_there_are_as_many_rows_as_the_options_say():
    output = seed()
    for name, model in (
        ("remedies", Remedy),
        ("conditions", Condition),
        ("entries", RemedyConditionEntry),
        ("comments", Comment),
        ("citations", Citation),
        ("members", User),
    ):
        assert model.objects.count() == SMALL[name]
        assert f"{name}: {SMALL[name]}" in output
    assert all(not user.has_usable_password() for user in User.objects.all())


def test_readers_see_the_seeded_pages(client):
    seed()
    entry = RemedyConditionEntry.objects.published().select_related("remedy", "condition")[0]
    for subject in (entry.remedy, entry.condition):
        page = client.get(subject.get_absolute_url())
        assert page.status_code == 200
        assert subject.shown_name in page.content.decode()
    thread = Thread.objects.filter(entry__isnull=False, comments__state="visible")[0]
    page = client.get(thread.page_url)
    assert page.status_code == 200
    assert thread.entry.remedy.shown_name in page.content.decode()
    assert "Made up: " in page.content.decode()


def test_counters_need_no_recount():
    seed()
    for command in ("recount_comments", "recount_votes"):
        out = StringIO()
        call_command(command, stdout=out)
        assert out.getvalue().strip() == "0 mended"


def test_every_seeded_document_could_be_published():
    seed()
    for subject_type in subject_types():
        documents = subject_type.all_revisions().values_list("document", flat=True)
        assert documents
        for document in documents:
            read = subject_type.schema.model_validate(document)
            assert subject_type.document_errors(read) == []
    for revision in EntryRevision.objects.all():
        graded = grade_document(EntryDocument.model_validate(revision.document))
        assert graded == (revision.grade, [])


def test_rebuild_shown_changes_nothing():
    def shown():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Condition, Remedy, RemedyConditionEntry)
        ]

    seed()
    before = shown()
    assert derived.is_current(derived.SHOWN, derived.shown_version())
    assert derived.is_current(derived.DRAFTS, derived.drafts_version())
    with CaptureQueriesContext(connection) as queries:
        call_command("rebuild_shown", stdout=StringIO())
    assert shown() == before
    written = [query["sql"] for query in queries if query["sql"].startswith("UPDATE")]
    assert [sql for sql in written if "derivedversion" not in sql] == []


def test_a_database_with_content_is_rejected():
    make_condition()
    with pytest.raises(CommandError, match="content in this database"):
        seed()


def test_a_site_with_https_is_rejected_without_i_know(settings):
    settings.IS_HTTPS = True
    with pytest.raises(CommandError, match="--i-know"):
        seed()
    seed(i_know=True)
    assert Remedy.objects.count() == SMALL["remedies"]


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ({"entries": 31}, "at most 30"),
        ({"citations": 4}, "--citations must be from 5"),
        ({"members": 0}, "--members"),
        ({"comments": -1}, "--comments"),
        ({"remedies": 10**12}, "--remedies"),
    ],
)
def test_invalid_sizes_are_rejected(sizes, message):
    with pytest.raises(CommandError, match=message):
        seed(**sizes)


def test_an_interrupted_run_leaves_nothing_behind(monkeypatch):
    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(site_builder, "_save_discussions", interrupted)
    with pytest.raises(KeyboardInterrupt):
        seed()
    assert site_builder.is_empty()
