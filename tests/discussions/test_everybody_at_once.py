"""Many people at one discussion at the same moment: nothing is lost, nothing doubled, nobody waits for ever."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from accounts.models import User
from accounts.privacy.services import erase_member, withdraw_consent
from discussions.models import Comment, CommentVote, Decision, Report
from discussions.moderation.services import remove_comment, report_comment, restore_comment
from discussions.services import delete_comment, edit_comment, post_comment, vote_on_comment
from remedies.models import EntryVote
from remedies.services import vote_on_entry
from remedies_site.exceptions import InvalidInput, NotPermitted
from tests.counts import count
from tests.discussions.counters import assert_counters_equal_rows
from tests.factories import make_comment, make_entry, make_user
from tests.threads import all_at_once

Act = Callable[[], object]


class Scene:
    """One thread that people write, vote, report and withdraw in; each person does several things."""

    def __init__(self) -> None:
        self.entry = make_entry()
        self.root = make_comment(self.entry)
        self.reported = make_comment(parent=self.root)
        self.removed = make_comment(parent=self.root)
        self.kept: list[str] = []
        self.voters: list[User] = []

    def writer(self, number: int) -> Act:
        member, texts = make_user(), [f"Thread {number}.", f"Reply {number}."]
        self.kept += texts

        def act() -> None:
            for text, parent in zip(texts, [None, self.root], strict=True):
                for _click in range(2):  # the second is the same form again
                    post_comment(by=member, subject=self.entry, body=text, parent=parent)

        return act

    def editor_of_own_words(self, number: int) -> Act:
        own = make_comment(parent=self.root)
        self.kept.append(f"Edited {number}.")
        return lambda: edit_comment(own, by=own.author, body=f"Edited {number}.")

    def voter(self, number: int) -> Act:
        member = make_user()
        self.voters.append(member)

        def act() -> None:
            for value in (-1, 1):
                vote_on_comment(self.root, by=member, value=value)
                vote_on_entry(self.entry, by=member, value=value)

        return act

    def one_who_takes_the_votes_back(self, number: int) -> Act:
        member = make_user()

        def act() -> None:
            for value in (1, 0):
                vote_on_comment(self.root, by=member, value=value)
                vote_on_entry(self.entry, by=member, value=value)

        return act

    def reporter(self, number: int) -> Act:
        member = make_user()

        def act() -> None:
            with suppress(NotPermitted):  # hidden by those who were quicker
                report_comment(self.reported, by=member, reason="spam")

        return act

    def one_who_deletes(self, number: int) -> Act:
        own = make_comment(parent=self.root)
        return lambda: delete_comment(own, by=own.author)

    def one_who_takes_the_consent_back(self, number: int) -> Act:
        member = self._active_member()
        return lambda: withdraw_consent(member)

    def one_who_leaves(self, number: int) -> Act:
        member = self._active_member()
        return lambda: erase_member(member, words=bool(number % 2))

    def _active_member(self) -> User:
        member = make_user()
        own = make_comment(parent=self.root, by=member)
        make_comment(parent=own)
        vote_on_comment(self.root, by=member, value=1)
        vote_on_entry(self.entry, by=member, value=1)
        return member

    def moderator(self, number: int) -> Act:
        moderator = make_user("moderator")

        def act() -> None:
            with suppress(InvalidInput):  # somebody else was quicker
                remove_comment(self.removed, by=moderator, reason="Off topic")
            with suppress(InvalidInput):
                restore_comment(self.removed, by=moderator)

        return act

    def acts(self, times: int) -> list[Act]:
        """Ten people, so many times."""
        kinds = [
            *(self.writer, self.editor_of_own_words, self.voter, self.one_who_takes_the_votes_back),
            *(self.reporter, self.reporter, self.one_who_deletes),
            *(self.one_who_takes_the_consent_back, self.one_who_leaves, self.moderator),
        ]
        return [kind(number) for number in range(times) for kind in kinds]


@pytest.mark.django_db(transaction=True)
def test_thirty_people_at_once_lose_and_double_nothing() -> None:
    scene = Scene()
    acts = scene.acts(count(small=2, full=3))
    votes_before = EntryVote.objects.count()
    all_at_once(acts)
    assert_counters_equal_rows()
    for text in scene.kept:
        assert Comment.objects.filter(body=text, state="visible").count() == 1, text
    assert votes_before > 0
    for table in (CommentVote, EntryVote):
        assert sorted(table.objects.values_list("voter", "value")) == sorted(
            (voter.pk, 1) for voter in scene.voters
        )
    hidings = Decision.objects.filter(comment=scene.reported, is_automatic=True).count()
    reports = Report.objects.filter(comment=scene.reported)
    assert hidings == (reports.count() >= 3)
    assert reports.values("reporter").distinct().count() == reports.count()
    scene.removed.refresh_from_db()
    assert scene.removed.is_visible
    actions = [decision.action for decision in scene.removed.decisions.order_by("pk")]
    assert actions == ["remove", "restore"] * (len(actions) // 2)
