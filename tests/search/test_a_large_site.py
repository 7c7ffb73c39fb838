"""Search on a large demo site: as many queries as on a small one, few candidates, never stale.

`make drill` runs it with 20,000 entries and 200,000 comments.
"""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from discussions.models import Comment
from remedies.models import Remedy, RemedyConditionEntry
from search.choices import ResultKind
from search.engine import PAGE_QUOTAS, candidates
from search.models import SearchItem
from search.query import query_words
from tests.counts import count
from tests.search.result_urls import result_urls

pytestmark = pytest.mark.django_db
ENTRIES = count(small=300, full=20_000)
COMMENTS = count(small=1_500, full=200_000)
REMEDIES = count(small=30, full=400)
SIZES = {
    "remedies": REMEDIES,
    "conditions": count(small=20, full=200),
    "entries": ENTRIES,
    "comments": COMMENTS,
    "citations": count(small=60, full=3_000),
    "members": count(small=20, full=200),
}


@pytest.fixture
def site(db):
    call_command("seed_demo", verbosity=0, **SIZES)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does in time


def commonest_word(texts: Iterable[str]) -> str:
    """The word that occurs in most of these texts."""
    counts = Counter(word for text in texts for word in set(text.lower().split()))
    return max(
        (word for word in counts if word.isalpha() and len(word) > 4), key=counts.__getitem__
    )


def search_parameters(word: str) -> list[dict[str, str]]:
    remedy = Remedy.objects.order_by("pk").values_list("shown_name", flat=True)[0]
    queries = [word, remedy, remedy[:-1] + "q", f"{remedy} {word}", "zzzzqq"]
    return [{"q": query, "kind": kind} for query in queries for kind in ("", *ResultKind.values)]


def number_of_queries(client, parameters: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/search/?{urlencode(parameters)}").status_code == 200
    return len(captured)


def delete_comments(condition: str) -> None:
    """Delete comments with plain SQL, as somebody at a database prompt would."""
    with connection.cursor() as cursor:
        inside = f"SELECT id FROM discussions_comment WHERE {condition}"
        cursor.execute(f"DELETE FROM discussions_commentvote WHERE comment_id IN ({inside})")
        cursor.execute(f"DELETE FROM discussions_comment WHERE {condition}")


def test_a_large_site_is_searched_in_few_queries_and_never_stale(site, client):
    """One test: on PostgreSQL a second site in the tables that a rollback left bloated takes hours."""
    check_queries(client)
    check_bulk_writes(client)


def check_queries(client) -> None:
    """As many queries with a tenth of the comments, and few candidates."""
    assert RemedyConditionEntry.objects.count() == ENTRIES
    assert Comment.objects.count() == COMMENTS
    remaining = Comment.objects.annotate(tenth=F("thread_id") % 10).filter(tenth=0)
    word = commonest_word(remaining.values_list("body", flat=True))
    many = [number_of_queries(client, parameters) for parameters in search_parameters(word)]
    assert max(many) <= 9
    for query in (word, commonest_word(SearchItem.objects.values_list("names", flat=True))):
        assert 0 < len(candidates(query_words(query), PAGE_QUOTAS)) <= 1_000
    delete_comments("thread_id % 10 > 0")
    assert Comment.objects.count() < COMMENTS / 5
    few = [number_of_queries(client, parameters) for parameters in search_parameters(word)]
    assert few == many


def check_bulk_writes(client) -> None:
    """Rows written in bulk or without Django are found by the next search."""
    Remedy.objects.update(shown_name=Concat(F("shown_name"), Value(" Quokkaroot")))
    assert SearchItem.objects.filter(kind="entry", names__contains="uokkaroot").count() == ENTRIES
    assert result_urls(client, "quokkaroot")[0].startswith("/remedies/")
    comment = Comment.objects.filter(state="visible").order_by("-pk").first()
    shown = Comment.objects.filter(state=comment.state)
    shown.filter(thread=comment.thread_id).update(body="A numbat said so.")
    assert result_urls(client, "numbat")
    shown.exclude(thread=comment.thread_id).update(body="Wombats all the way.")
    assert result_urls(client, "wombats")
    delete_comments("thread_id > 0")
    assert result_urls(client, "numbat") == []
    assert result_urls(client, "wombats") == []
    assert not SearchItem.objects.filter(kind="comment").exists()
    RemedyConditionEntry.objects.update(published_at=None)
    assert not SearchItem.objects.filter(kind="entry").exists()
