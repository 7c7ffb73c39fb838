"""Two servers on one database: whoever changes something, both show it on the very next request."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from django.test import Client

from citations.services import mark_retracted
from discussions.models import Comment
from discussions.moderation.services import remove_comment, restore_comment
from discussions.services import edit_comment
from publishing.revisions import withdraw
from remedies.models import RemedyConditionEntry
from remedies.services import publish_entry, vote_on_entry
from tests.factories import make_comment, make_condition, make_entry, make_remedy, make_user
from tests.servers import database_url, free_port, served

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "a" * 32
BYPASS = {"Cookie": "other=1"}
"""A request with a cookie is Django's own."""


class Site(NamedTuple):
    entry: RemedyConditionEntry
    servers: list[httpx.Client]

    @property
    def path(self) -> str:
        return self.entry.get_absolute_url()

    def vote(self, value: int) -> None:
        """By a form at the first server."""
        self._post("vote", value=str(value))

    def write(self) -> None:
        self._post("comments", body="Rhubarb grows in gardens.")

    def _post(self, name: str, **form: str) -> None:
        browser = Client()
        browser.force_login(make_user())
        session = browser.cookies["sessionid"].value
        response = self.servers[0].post(
            f"{self.path}{name}/",
            data={"consent": "1", **form},
            headers={"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN},
        )
        assert response.status_code == 303, response.text


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    entry = make_entry(make_remedy("Alpha"), make_condition("Beta"))
    make_comment(entry)
    ports = [free_port(), free_port()]
    environment = {
        "DJANGO_SETTINGS_MODULE": "remedies_site.settings.test",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
        "SITE_URL": f"http://127.0.0.1:{ports[0]}",
        "RATE_LIMITS": "off",
    }
    with served([("127.0.0.1", port) for port in ports], environment):
        servers = [
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)
            for port in ports
        ]
        try:
            yield Site(entry, servers)
        finally:
            for server in servers:
                server.close()


def changes(site: Site) -> list[Callable[[], object]]:
    """Each is shown on the entry's page, and made here unless it is a form."""
    entry, moderator = site.entry, make_user("moderator")
    comment = Comment.objects.first()
    assert comment is not None
    item = entry.evidence_items.first()
    talk: list[Callable[[], object]] = [
        lambda: site.vote(1),
        lambda: vote_on_entry(entry, by=make_user(), value=-1, consent=True),
        site.write,
        lambda: make_comment(entry),
        lambda: lengthen(comment.pk),
        lambda: remove_comment(comment, by=moderator, reason="spam"),
        lambda: restore_comment(comment, by=moderator),
    ]
    content: list[Callable[[], object]] = [
        *[lambda: publish_changed(entry)] * 3,
        lambda: withdraw(entry, by=None, reason="Wrong."),
        lambda: publish_entry(entry, by=None),
        lambda: mark_retracted({item.citation.key: date(2026, 1, 1)}),
    ]
    return [*talk, *talk, *content]


def lengthen(pk: int) -> None:
    comment = Comment.objects.get(pk=pk)
    edit_comment(comment, by=comment.author, body=f"{comment.body} And more.")


def publish_changed(entry: RemedyConditionEntry) -> None:
    entry.mechanism = f"Nobody knows how. {'Really not. ' * entry.revisions.count()}"
    entry.save()
    publish_entry(entry, by=None)


def test_every_change_shows_on_the_very_next_request_of_each_process(site):
    to_make = changes(site)
    assert len(to_make) == 20
    for change in to_make:
        before = []
        for server in site.servers:
            server.get(site.path)
            before.append(server.get(site.path))
            if before[-1].status_code == 200:
                assert before[-1].headers["ETag"].startswith("W/")  # as of a kept page
        change()
        for server, earlier in zip(site.servers, before, strict=True):
            now = server.get(site.path)
            assert now.text != earlier.text
            fresh = server.get(site.path, headers=BYPASS)
            assert (now.status_code, now.text) == (fresh.status_code, fresh.text)
