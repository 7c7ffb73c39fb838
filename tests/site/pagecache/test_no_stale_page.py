"""Whatever is done, and at whatever address: the next request gets what Django would answer now."""

import random
import re
from collections.abc import Callable
from datetime import date
from string import ascii_lowercase

import pytest
from django.db import transaction
from django.test import Client

from citations.services import mark_retracted
from discussions.models import Comment
from discussions.moderation.services import remove_comment, restore_comment
from discussions.services import delete_comment, vote_on_comment
from publishing.revisions import withdraw
from remedies.models import RemedyConditionEntry
from remedies.services import publish_entry, publish_remedy, vote_on_entry
from tests.counts import count
from tests.factories import make_comment, make_condition, make_entry, make_remedy, make_user
from tests.site.pagecache.site import Site
from tests.surfaces import addresses_of

pytestmark = pytest.mark.django_db(transaction=True)


def without_token(body: bytes) -> bytes:
    """A page without the token of its forms, which is another one each time."""
    return re.sub(rb'(?<=name="csrfmiddlewaretoken" value=")\w+', b"", body)


class World:
    """Two entries, people, and what may happen to them."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        first, second = make_remedy("Alpha"), make_remedy("Gamma")
        condition = make_condition("Beta")
        self.entries = [make_entry(first, condition), make_entry(second, condition)]
        self.people = [make_user() for _ in range(2)]
        self.moderator = make_user("moderator")
        for entry in self.entries:
            make_comment(entry)
            make_comment(entry.remedy)

    @property
    def entry(self) -> RemedyConditionEntry:
        entry = self.chance.choice(self.entries)
        entry.refresh_from_db()
        return entry

    @property
    def comment(self) -> Comment:
        return self.chance.choice(list(Comment.objects.all()))

    def words(self) -> str:
        """Something that no page says yet."""
        return "".join(self.chance.choices(ascii_lowercase, k=8)).capitalize() + "."

    def deeds(self) -> list[Callable[[], object]]:
        return [
            self.vote,
            self.write,
            self.write_about_remedy,
            self.vote_on_comment,
            self.hide,
            self.restore,
            self.delete,
            self.edit_and_publish,
            self.publish_remedy,
            self.retract,
            self.withdraw_and_publish,
            self.rename_member,
            self.add_entry,
        ]

    def vote(self):
        vote_on_entry(self.entry, by=self.chance.choice(self.people), value=1, consent=True)

    def write(self):
        make_comment(self.entry, by=self.chance.choice(self.people))

    def write_about_remedy(self):
        make_comment(self.entry.remedy)

    def vote_on_comment(self):
        vote_on_comment(self.comment, by=make_user(), value=1, consent=True)

    def hide(self):
        if visible := Comment.objects.filter(state="visible").first():
            remove_comment(visible, by=self.moderator, reason="spam")

    def restore(self):
        if hidden := Comment.objects.filter(state="removed").first():
            restore_comment(hidden, by=self.moderator)

    def delete(self):
        if visible := Comment.objects.filter(state="visible").last():
            delete_comment(visible, by=visible.author)

    def edit_and_publish(self):
        entry = self.entry
        entry.mechanism = f"Nobody knows how. {self.words()}"
        entry.save()
        publish_entry(entry, by=None)

    def publish_remedy(self):
        remedy = self.entry.remedy
        remedy.one_line = f"What it is. {self.words()}"
        remedy.save()
        publish_remedy(remedy, by=None)

    def retract(self):
        item = self.entry.evidence_items.first()
        mark_retracted({item.citation.key: date(2026, 1, self.chance.randint(1, 28))})

    def withdraw_and_publish(self):
        entry = self.entry
        withdraw(entry, by=None, reason="Wrong.")
        if self.chance.random() < 0.7:
            publish_entry(entry, by=None)

    def rename_member(self):
        author = self.comment.author
        if author:
            author.name = f"another{self.chance.randint(1, 10**6)}"
            author.save()

    def add_entry(self):
        self.entries.append(make_entry(self.entry.remedy, make_condition()))


@pytest.mark.parametrize("seed", range(count(small=1, full=20)))
def test_no_address_shows_what_was_true_before(seed):
    world = World(random.Random(seed))
    site = Site()
    for number in range(count(small=3, full=30)):
        addresses = {
            address
            for entry in world.entries[: count(small=1, full=3)]
            for _name, address in addresses_of(entry)
        }
        addresses |= {comment.get_absolute_url() for comment in Comment.objects.all()}
        for address in addresses:
            site.get_address(address)  # so that all that may be kept is kept
        deed = world.chance.choice(world.deeds())
        with transaction.atomic():
            deed()
        asked = site.django.times
        for address in sorted(addresses):
            kept = site.get_address(address)
            with transaction.atomic():  # where Django keeps no part of a page
                now = Client().get(address)
            assert kept[0] == now.status_code, (number, deed.__name__, address)
            if kept[0] == 200 and not address.startswith(("/healthz", "/readyz", "/accounts")):
                assert without_token(kept[2]) == without_token(now.getvalue()), (
                    number,
                    deed.__name__,
                    address,
                )
        assert site.django.times > asked
    assert site.cache.store.size > 0
