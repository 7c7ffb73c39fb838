"""What is kept of talk is counted in full, and nobody fills it by asking for one page under many URLs."""

import pytest
from django.test import Client

from discussions.kept_talk import _bytes_for_member, _bytes_of
from discussions.models import Comment
from discussions.selectors import discussion_with, load_discussion, load_marks
from discussions.services import vote_on_comment
from remedies.models import RemedyConditionEntry
from remedies_site.pagecache import live_parts
from tests.factories import make_comment, make_entry, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def entry() -> RemedyConditionEntry:
    live_parts.forget_parts()
    entry = make_entry()
    for subject in (entry, entry.remedy):
        make_comment(subject, parent=make_comment(subject))
    return entry


def kept_after(path: str, *queries: str) -> int:
    """How many discussions, lists and nodes more are kept after these have been read too."""
    for query in ("", *queries[:1]):
        assert Client().get(path + query).status_code == 200
    before = len(live_parts._values._pages)
    for query in queries[1:]:
        assert Client().get(path + query).status_code == 200
    return len(live_parts._values._pages) - before


@pytest.mark.parametrize("is_remedy", [True, False])
@pytest.mark.parametrize(
    "query", ["?page={}", "?thread={}", "?after={}", "?thread={root}&after={}"]
)
def test_one_page_under_many_urls_is_not_kept_many_times(entry, query, is_remedy):
    subject = entry.remedy if is_remedy else entry
    key = "thread__remedy" if is_remedy else "thread__entry"
    root = Comment.objects.filter(**{key: subject}, root=None).get()
    queries = [query.format(100_000 + number, root=root.pk) for number in range(6)]
    assert kept_after(subject.get_absolute_url(), *queries) == 0


def test_a_page_after_the_last_is_the_last_for_readers_and_members(entry):
    member = Client()
    member.force_login(make_user())
    for browser in (Client(), member):
        for subject in (entry, entry.remedy):
            response = browser.get(f"{subject.get_absolute_url()}?page=100000")
            assert response.content.count(b'id="c-') >= 2


def test_a_thread_that_is_there_is_kept(entry):
    root = Comment.objects.filter(thread__entry=entry, root=None).get()
    path = entry.get_absolute_url()
    Client().get(path)
    before = len(live_parts._values._pages)
    Client().get(f"{path}?thread={root.pk}")
    assert len(live_parts._values._pages) > before


def test_a_member_s_page_counts_the_rows_that_it_keeps_alive_and_its_votes(entry):
    member = make_user()
    everybodys = load_discussion(entry, None)
    without = load_marks(everybodys, member)
    rows = sum(map(_bytes_of, everybodys.comments))
    assert _bytes_for_member(discussion_with(everybodys, without), without) > rows
    comment = everybodys.comments[0].comment
    vote_on_comment(comment, by=member, value=1, consent=True)
    votes = load_marks(everybodys, member)
    assert _bytes_for_member(discussion_with(everybodys, votes), votes) > _bytes_for_member(
        discussion_with(everybodys, without), without
    )
