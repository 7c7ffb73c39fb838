"""A large made-up site is the same for the same seed, and as consistent as a real one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from citations.models import Citation
from conditions.models import Condition, ConditionRevision
from discussions.models import Comment, CommentVote, Thread
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
from workbench.demo import building

SMALL = {
    "remedies": 6,
    "conditions": 5,
    "entries": 20,
    "comments": 120,
    "citations": 30,
    "members": 9,
}
pytestmark = pytest.mark.django_db


def make(**sizes) -> str:
    out = StringIO()
    call_command("seed_demo", **{**SMALL, **sizes}, stdout=out)
    return out.getvalue()


def rows():
    """What was made, without keys of the database: those go on counting."""
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


def made_and_undone(**sizes):
    with transaction.atomic():
        make(**sizes)
        found = rows()
        transaction.set_rollback(True)
    return found


def test_the_same_seed_makes_the_same_rows_and_another_seed_others():
    first = made_and_undone()
    assert made_and_undone() == first
    other = made_and_undone(seed=2)
    assert all(mine != theirs for mine, theirs in zip(first, other, strict=True))


def test_there_are_as_many_rows_as_asked_for():
    said = make()
    for name, model in (
        ("remedies", Remedy),
        ("conditions", Condition),
        ("entries", RemedyConditionEntry),
        ("comments", Comment),
        ("citations", Citation),
        ("members", User),
    ):
        assert model.objects.count() == SMALL[name]
        assert f"{name}: {SMALL[name]}" in said
    assert all(not user.has_usable_password() for user in User.objects.all())


def test_readers_see_what_was_made(client):
    make()
    entry = RemedyConditionEntry.objects.published().select_related("remedy", "condition")[0]
    for subject in (entry.remedy, entry.condition):
        page = client.get(subject.get_absolute_url())
        assert page.status_code == 200
        assert subject.shown_name in page.content.decode()
    talked_of = Thread.objects.filter(entry__isnull=False, comments__state="visible")[0]
    page = client.get(talked_of.page_url)
    assert page.status_code == 200
    assert talked_of.entry.remedy.shown_name in page.content.decode()
    assert "Made up: " in page.content.decode()


def test_counters_are_right_as_they_are_made():
    make()
    for command in ("recount_comments", "recount_votes"):
        out = StringIO()
        call_command(command, stdout=out)
        assert out.getvalue().strip() == "0 mended"


def test_every_made_document_could_be_published():
    make()
    for subject_type in subject_types():
        documents = subject_type.all_revisions().values_list("document", flat=True)
        assert documents
        for document in documents:
            read = subject_type.schema.model_validate(document)
            assert subject_type.document_errors(read) == []
    for revision in EntryRevision.objects.all():
        judged = grade_document(EntryDocument.model_validate(revision.document))
        assert judged == (revision.grade, [])


def test_what_lists_show_is_what_rebuilding_would_show():
    def shown():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Condition, Remedy, RemedyConditionEntry)
        ]

    make()
    before = shown()
    call_command("rebuild_shown", stdout=StringIO())
    assert shown() == before


def test_it_refuses_a_database_with_content():
    make_condition()
    with pytest.raises(CommandError, match="content in this database"):
        make()


def test_it_refuses_a_site_with_readers_unless_told(settings):
    settings.IS_HTTPS = True
    with pytest.raises(CommandError, match="--i-know"):
        make()
    make(i_know=True)
    assert Remedy.objects.count() == SMALL["remedies"]


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"entries": 31}, "at most 30"),
        ({"citations": 4}, "--citations must be from 5"),
        ({"members": 0}, "--members"),
        ({"comments": -1}, "--comments"),
        ({"remedies": 10**12}, "--remedies"),
    ],
)
def test_sizes_that_make_no_site_are_refused(sizes, said):
    with pytest.raises(CommandError, match=said):
        make(**sizes)


def test_a_run_that_breaks_off_leaves_nothing(monkeypatch):
    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "_talk", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make()
    assert building.is_empty()
