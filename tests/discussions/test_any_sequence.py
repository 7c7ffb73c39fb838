"""Whatever is done with comments, in whatever order: counters equal rows, what is visible can be reached,
and what is gone shows nowhere."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count as numbers

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import SanctionKind, User
from accounts.privacy.services import erase_member, withdraw_consent
from accounts.services import set_shows_comments
from discussions.choices import Reason, State
from discussions.models import Comment
from discussions.moderation.member_services import lift, sanction_author, sanctions_of_author
from discussions.moderation.services import (
    keep_comment,
    remove_comment,
    report_comment,
    restore_comment,
)
from discussions.moderation.thread_services import lock_thread, move_thread, unlock_thread
from discussions.services import (
    count_replies,
    delete_comment,
    edit_comment,
    post_comment,
    vote_on_comment,
)
from remedies.models import RemedyConditionEntry
from remedies.services import vote_on_entry
from remedies_site.exceptions import NotPermitted, ServiceError
from tests.counts import FULL, count
from tests.discussions.counters import assert_counters_equal_rows
from tests.factories import make_entry, make_user
from tests.surfaces import TALK, addresses_of

ANY = st.integers(0, 30)
"""Picks a person or a comment: the remainder by how many there are."""
VALUES = st.sampled_from([1, 0, -1])
PEOPLE = 4


class Talk(RuleBasedStateMachine):
    """People, moderators, and the comments on an entry and on its remedy."""

    entry: RemedyConditionEntry
    people: list[User]
    moderator: User

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.members = list(self.people)
        self.numbers = numbers(1)
        self.written: set[str] = set()

    def teardown(self) -> None:
        try:
            self.everything_visible_can_be_reached_and_nothing_else_shows()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def words(self) -> str:
        """Something that nobody wrote before."""
        words = f"marker{next(self.numbers)}end"
        self.written.add(words)
        return words

    def member(self, which: int) -> User:
        return self.members[which % len(self.members)]

    def of_a_comment(self, which: int, act: Callable[[Comment], object]) -> None:
        """Do it to one of the comments, if it may be done."""
        comments = list(Comment.objects.all())
        if comments:
            with suppress(ServiceError), transaction.atomic():
                act(comments[which % len(comments)])

    @initialize()
    def begin(self) -> None:
        """Two threads with a comment in each state and somebody who left, so that every act has something to be about."""
        for first, on_remedy in ((0, False), (2, True)):
            self.post(first, on_remedy)
            for who in range(4):
                self.reply(Comment.objects.count() - 1, first + who)
        self.vote(0, 3, 1)
        self.erase(3, words=False)
        self.remove(3)
        self.hide_by_reports(7)
        self.hold(4)
        self.delete(8)
        self.lock(0)
        self.move(5, True)
        self.sanction(6, SanctionKind.PAUSE)

    @rule(who=ANY, on_remedy=st.booleans())
    def post(self, who: int, on_remedy: bool) -> None:
        subject = self.entry.remedy if on_remedy else self.entry
        with suppress(NotPermitted), transaction.atomic():  # paused
            post_comment(by=self.member(who), subject=subject, body=self.words(), consent=True)

    @rule(which=ANY, who=ANY)
    def reply(self, which: int, who: int) -> None:
        self.of_a_comment(
            which,
            lambda comment: post_comment(
                by=self.member(who),
                subject=comment.thread.subject,
                body=self.words(),
                parent=comment,
                consent=True,
            ),
        )

    @rule(which=ANY)
    def edit(self, which: int) -> None:
        self.of_a_comment(
            which, lambda c: c.author and edit_comment(c, by=c.author, body=self.words())
        )

    @rule(which=ANY)
    def delete(self, which: int) -> None:
        self.of_a_comment(which, lambda c: c.author and delete_comment(c, by=c.author))

    @rule(which=ANY, who=ANY, reason=st.sampled_from(Reason))
    def report(self, which: int, who: int, reason: Reason) -> None:
        self.of_a_comment(
            which,
            lambda c: report_comment(c, by=self.member(who), reason=reason, detail=self.words()),
        )

    @rule(which=ANY)
    def hide_by_reports(self, which: int) -> None:
        for who in range(PEOPLE):
            self.report(which, who, Reason.DANGER)

    @rule(which=ANY)
    def hold(self, which: int) -> None:
        self.of_a_comment(which, hold_comment)

    @rule(which=ANY)
    def remove(self, which: int) -> None:
        self.of_a_comment(which, lambda c: remove_comment(c, by=self.moderator, reason="Off topic"))

    @rule(which=ANY)
    def restore(self, which: int) -> None:
        self.of_a_comment(which, lambda c: restore_comment(c, by=self.moderator))

    @rule(which=ANY)
    def keep(self, which: int) -> None:
        self.of_a_comment(which, lambda c: keep_comment(c, by=self.moderator))

    @rule(which=ANY)
    def lock(self, which: int) -> None:
        self.of_a_comment(which, lambda c: lock_thread(c.root or c, by=self.moderator))

    @rule(which=ANY)
    def unlock(self, which: int) -> None:
        self.of_a_comment(which, lambda c: unlock_thread(c.root or c, by=self.moderator))

    @rule(which=ANY, to_remedy=st.booleans())
    def move(self, which: int, to_remedy: bool) -> None:
        target = self.entry.remedy if to_remedy else self.entry
        self.of_a_comment(which, lambda c: move_thread(c.root or c, to=target, by=self.moderator))

    @rule(which=ANY, kind=st.sampled_from(SanctionKind))
    def sanction(self, which: int, kind: SanctionKind) -> None:
        self.of_a_comment(
            which, lambda c: sanction_author(c, by=self.moderator, kind=kind, reason="Unkind")
        )

    @rule(which=ANY)
    def lift_sanctions(self, which: int) -> None:
        self.of_a_comment(which, self._lift)

    def _lift(self, comment: Comment) -> None:
        for sanction in sanctions_of_author(comment):
            lift(sanction, by=self.moderator)

    @rule(which=ANY, who=ANY, value=VALUES)
    def vote(self, which: int, who: int, value: int) -> None:
        self.of_a_comment(
            which, lambda c: vote_on_comment(c, by=self.member(who), value=value, consent=True)
        )

    @rule(who=ANY, value=VALUES)
    def vote_on_the_entry(self, who: int, value: int) -> None:
        with suppress(NotPermitted), transaction.atomic():  # paused
            vote_on_entry(self.entry, by=self.member(who), value=value, consent=True)

    @rule(who=ANY)
    def take_the_consent_back(self, who: int) -> None:
        withdraw_consent(self.member(who))

    @rule(who=ANY, words=st.booleans())
    def erase(self, who: int, words: bool) -> None:
        leaving = self.member(who)
        self.members.remove(leaving)
        erase_member(leaving, words=words)
        self.members.append(make_user())

    @invariant()
    def counters_equal_rows(self) -> None:
        assert_counters_equal_rows()

    def everything_visible_can_be_reached_and_nothing_else_shows(self) -> None:
        comments = list(Comment.objects.all())
        shown = {comment.body for comment in comments if comment.is_visible}
        member = Client()
        member.force_login(make_user())
        for comment in comments:
            if comment.is_visible:
                page = Client().get(comment.get_absolute_url(), follow=True).content.decode()
                assert f'id="{comment.anchor}"' in page
                assert comment.body in page
        talk = self.talk(comments)
        pages = [url for _name, url in addresses_of(self.entry)]
        for client, urls in (
            (Client(), [*talk, *pages]),
            (member, [*talk, *(pages if FULL else [])]),
        ):
            for url in urls:
                content = client.get(url).content.decode()
                found = {words for words in self.written - shown if words in content}
                assert not found, url

    def talk(self, comments: list[Comment]) -> list[str]:
        """Where a comment in each state could show (in the drill: each comment)."""
        chosen = comments if FULL else {comment.state: comment for comment in comments}.values()
        places = {url for place in TALK.values() for comment in chosen for url in place(comment)}
        return sorted(places)


def hold_comment(comment: Comment) -> None:
    """As a rule of the composer leaves a new one: for its author and the moderators alone."""
    if comment.is_visible and not comment.replies.exists():
        if comment.parent:
            count_replies(comment.parent, -1)
        Comment.objects.filter(pk=comment.pk).update(state=State.HELD)


@pytest.mark.django_db
def test_any_sequence_keeps_the_promises_of_a_discussion(settings) -> None:
    settings.RATE_LIMITS = False
    entry, people, moderator = (
        make_entry(),
        [make_user() for _ in range(PEOPLE)],
        make_user("moderator"),
    )
    for person in people:
        set_shows_comments(person, shown=True)
    members = {"entry": entry, "people": people, "moderator": moderator}
    machine = type("AnySequence", (Talk,), members)
    examples = hypothesis_settings(
        max_examples=count(small=4, full=150),
        stateful_step_count=count(small=25, full=50),
        deadline=None,
        database=None,
        derandomize=not FULL,
    )
    run_state_machine_as_test(machine, settings=examples)
