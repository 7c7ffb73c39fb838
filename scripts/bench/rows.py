"""Rows for what is measured, made and counted inside of the site's own process (`manage.py shell`)."""

import json
import re
import time
from collections import Counter
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from accounts.sessions import STARTED_KEY, SessionStore
from discussions.models import Comment, Thread
from remedies.models import EntryVote, RemedyConditionEntry
from remedies_site.editing.read_only import admin_url
from remedies_site.markup import RENDERER_VERSION
from scripts.bench.members import COMMENT
from search.brands import query_words_with_brands
from search.models import SearchItem

WORD = re.compile(r"[a-z]{5,}")
BACKEND = "accounts.backends.NameOrEmailBackend"


def print_sessions(count: int) -> None:
    """Make members who may write and vote, log them in, and print the keys of their sessions."""
    begin = User.objects.count()
    names = [f"bench-{begin + number}" for number in range(count)]
    made = [
        User(
            name=name,
            email=f"{name}@example.invalid",
            password=make_password(None),
            consented_at=timezone.now(),
        )
        for name in names
    ]
    members = User.objects.bulk_create(made)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True)
        for member in members
    )
    for member in members:
        _print_session(member)


def print_editor() -> None:
    """Make somebody who may edit everything, and print the key of their session and the form's path."""
    editor = User.objects.create_superuser(
        name="bench-editor", email="bench-editor@example.invalid", password=None
    )
    _print_session(editor)
    entry = RemedyConditionEntry.objects.get(
        remedy__slug="magnesium", condition__slug="restless-legs-syndrome"
    )
    print(admin_url(entry, "change", entry.pk))


def _print_session(user: User) -> None:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[STARTED_KEY] = int(time.time())
    session.create()
    print(session.session_key)


def write_thread(remedy: str, condition: str, count: int) -> None:
    """Let an entry's thread have so many comments of equal length."""
    entry = RemedyConditionEntry.objects.get(remedy__slug=remedy, condition__slug=condition)
    thread, _is_new = Thread.objects.get_or_create(entry=entry)
    author, now = User.objects.earliest("pk"), timezone.now()
    Comment.objects.bulk_create(
        (
            Comment(
                thread=thread,
                author=author,
                body=f"{COMMENT}, number {number:05}.",
                html=f"<p>{COMMENT}, number {number:05}.</p>",
                renderer_version=RENDERER_VERSION,
                created_at=now - timedelta(minutes=number),
            )
            for number in range(count)
        ),
        batch_size=1000,
    )


def print_words() -> None:
    """Print the word that most indexed texts have, and one of those that fewest have."""
    texts: Counter[str] = Counter()
    for names, words in SearchItem.objects.values_list("names", "words").iterator():
        texts.update(set(WORD.findall(f"{names} {words}".lower())))
    searched = [word for word, _texts in texts.most_common() if query_words_with_brands(word)[0]]
    print(searched[0], searched[-1])


def print_sums() -> None:
    """Print, as JSON, how many votes and measured comments there are, and how many counters are wrong."""
    up, down = (Count("votes", Q(votes__value=value, votes__is_counted=True)) for value in (1, -1))
    counted = RemedyConditionEntry.objects.annotate(up=up, down=down)
    wrong = counted.exclude(up=F("up_count"), down=F("down_count")).count()
    comments = Comment.objects.filter(body__startswith=COMMENT).count()
    sums = {"votes": EntryVote.objects.count(), "comments": comments, "wrong": wrong}
    print(json.dumps(sums))
