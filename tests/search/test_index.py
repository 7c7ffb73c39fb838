"""The index holds what readers see and nothing else, whatever writes the rows."""

import json
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate
from django.test.utils import CaptureQueriesContext

from citations.models import Citation
from conditions.models import Condition
from discussions.models import Comment, Thread
from discussions.moderation.services import remove_comment
from discussions.services import delete_comment
from remedies.models import Remedy, RemedyConditionEntry
from remedies.services import publish_entry, withdraw_entry, withdraw_remedy
from search import index
from search.engine import PAGE_QUOTAS, candidates
from search.models import Mention, SearchItem
from search.query import query_words
from tests.factories import make_comment, make_condition, make_entry, make_remedy, make_user
from tests.search.result_urls import result_urls

pytestmark = pytest.mark.django_db


def items() -> list[tuple[str, str, str, str]]:
    return sorted(SearchItem.objects.values_list("document_id", "names", "words", "inside"))


def is_as_rebuilt() -> bool:
    """Whether the index that the triggers keep is the one that a rebuild creates."""
    before = (items(), sorted(Mention.objects.values_list("document_id", "key")))
    index.rebuild()
    return before == (items(), sorted(Mention.objects.values_list("document_id", "key")))


@pytest.fixture
def entry(world) -> RemedyConditionEntry:
    return world.legs_entry


def test_published_rows_are_indexed_and_a_rebuild_changes_nothing(entry):
    kinds = set(SearchItem.objects.values_list("kind", flat=True))
    assert kinds == {"remedy", "condition", "entry", "reference"}
    assert is_as_rebuilt()


def test_a_bulk_update_of_a_name_is_found_at_once_in_its_entries_too(client, entry):
    Remedy.objects.filter(pk=entry.remedy_id).update(shown_name="Quartzite")
    assert result_urls(client, "quartzite")[0] == entry.remedy.get_absolute_url()
    assert entry.get_absolute_url() in result_urls(client, "quartzite restless")
    assert not SearchItem.objects.filter(kind="entry", names__startswith="Magnesium").exists()
    assert is_as_rebuilt()


def test_a_bulk_withdrawal_shows_at_once(client, entry):
    RemedyConditionEntry.objects.update(withdrawn_at=entry.published_at, withdrawn_reason="x")
    assert entry.get_absolute_url() not in result_urls(client, "magnesium restless")
    Condition.objects.update(published_at=None)
    assert "/conditions/restless-legs-syndrome/" not in result_urls(client, "rls")
    assert is_as_rebuilt()


def test_raw_sql_shows_at_once(client, entry):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE conditions_condition SET shown_aliases = 'wobblefoot'")
    assert result_urls(client, "wobblefoot")
    assert is_as_rebuilt()


def test_bulk_creation_loading_and_deleting_show_at_once(client, entry):
    make_comment(entry, body="An unforgettable quokka.")
    rows = serializers.serialize("json", Comment.objects.all())
    url = Comment.objects.get().get_absolute_url()
    assert result_urls(client, "quokka") == [url]
    Comment.objects.all().delete()
    assert result_urls(client, "quokka") == []
    for row in serializers.deserialize("json", json.dumps(json.loads(rows))):
        row.save()
    assert result_urls(client, "quokka") == [url]
    Comment.objects.bulk_create(
        [Comment(thread=Thread.objects.get(), body=f"Bulk number {n} wallaby") for n in range(3)]
    )
    assert len(result_urls(client, "wallaby")) == 3
    assert is_as_rebuilt()


def test_comments_and_references_of_a_withdrawn_page_are_not_found(client, entry, world):
    make_comment(entry, body="An unforgettable quokka.")
    assert result_urls(client, "quokka")
    assert result_urls(client, "ahlberg") == ["/references/Ahlberg2020/"]
    withdraw_entry(entry, by=None, reason="x")
    assert result_urls(client, "quokka") == []
    assert result_urls(client, "ahlberg") == []
    assert client.get("/references/Ahlberg2020/").status_code == 404


def test_entries_of_a_withdrawn_remedy_are_not_found(client, entry):
    withdraw_remedy(entry.remedy, by=None, reason="x")
    assert not SearchItem.objects.filter(kind="entry").exists()
    assert is_as_rebuilt()


@pytest.mark.parametrize("how", ["removed", "deleted"])
def test_a_tombstone_is_not_found(client, entry, world, how):
    comment = make_comment(entry, by=world.mara, body="An unforgettable quokka.")
    if how == "removed":
        remove_comment(comment, by=world.morten, reason="dose")
    else:
        delete_comment(comment, by=world.mara)
    assert result_urls(client, "quokka") == []


def test_drafts_are_not_found(client, db):
    make_entry(make_remedy("Quartzite", published=False), make_condition("Wobble"), published=False)
    assert result_urls(client, "quartzite") == []


def test_a_work_that_only_drafts_cite_is_not_found(client, entry):
    Citation.objects.create(
        key="Hidden2020", title="Quokka", study_type="cohort", url="https://x.org/"
    )
    assert result_urls(client, "quokka") == []
    assert client.get("/references/Hidden2020/").status_code == 404


def test_a_comment_that_is_edited_is_found_by_its_new_words(client, entry):
    comment = make_comment(entry, body="An unforgettable quokka.")
    Comment.objects.filter(pk=comment.pk).update(body="A wallaby.")
    assert result_urls(client, "quokka") == []
    assert result_urls(client, "wallaby") == [comment.get_absolute_url()]


def test_comments_come_last(client, entry):
    make_comment(entry, body="Magnesium magnesium magnesium.")
    urls = result_urls(client, "magnesium")
    assert urls[0] == entry.remedy.get_absolute_url()
    assert urls[-1].startswith("/comments/")


def test_at_most_a_thousand_candidates_are_ranked(entry):
    assert sum(quota.at_most for quota in PAGE_QUOTAS) <= 1_000
    author = make_user()
    thread = Thread.objects.create(remedy=entry.remedy)
    Comment.objects.bulk_create(
        [Comment(thread=thread, author=author, body="zebra") for _n in range(400)]
    )
    ranked = candidates(query_words("zebra"), PAGE_QUOTAS)
    assert len(ranked) == next(quota.at_most for quota in PAGE_QUOTAS if quota.kind == "comment")


def test_the_number_of_queries_does_not_grow(client, entry):
    counts = []
    for size in (1, 20, 200):
        for number in range(size):
            make_comment(entry, body=f"magnesium {number}") if size < 200 else None
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/search/?{urlencode({'q': 'magnesium'})}")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 9


def test_the_command_rebuilds_the_index(entry, capsys):
    SearchItem.objects.all().delete()
    call_command("rebuild_search")
    assert f"search: {SearchItem.objects.count()} items" in capsys.readouterr().out
    assert SearchItem.objects.exists()


def test_an_index_that_was_removed_is_created_once(db):
    index.remove()
    assert index.refresh()
    assert not index.refresh()


def test_a_migration_removes_the_index_before_and_creates_it_afterwards(entry):
    def has_triggers() -> bool:
        """Whether a write reaches the index."""
        SearchItem.objects.all().delete()
        Remedy.objects.update(shown_name="Quartzite")
        return SearchItem.objects.exists()

    search = apps.get_app_config("search")
    options = {"app_config": search, "verbosity": 0, "interactive": False, "using": "default"}
    pre_migrate.send(search, plan=[], **options)
    assert has_triggers()
    pre_migrate.send(search, plan=[("a migration", False)], **options)
    assert not has_triggers()
    post_migrate.send(search, plan=[("a migration", False)], **options)
    assert has_triggers()


def test_a_line_of_a_warning_reads_as_a_sentence(entry):
    entry.precautions.create(
        kind="caution", severity="ask", who="you are ill", text="Ask first", checked=False
    )
    publish_entry(entry, by=None)
    entry.refresh_from_db()
    assert "you are ill: Ask first." in entry.shown_text
