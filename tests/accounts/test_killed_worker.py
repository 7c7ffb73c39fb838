"""A worker that is killed in the middle of a send loses no mail and sends none twice, but for one moment.

That moment is between the yes of the mail server and our record of it: nothing on our side can tell it from
the one before the yes. Its mail goes out again, with the same Message-ID, by which mail programs know it.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts import outbox
from accounts.models import OutgoingMail
from tests.counts import count
from tests.mail_server import SECONDS, Moment, mail_server
from tests.servers import ROOT, database_url

MAILS = 5
KILLED_AT = 3
KILLS = count(small=2, full=20)
MANY = count(small=40, full=400)


@pytest.fixture
def start_worker(transactional_db, tmp_path):
    """Starts `manage.py worker` as operators do, as a process of its own."""
    started = []

    def start(email_url: str, *arguments: str) -> subprocess.Popen:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "remedies_site.settings.dev",
            "DATABASE_URL": database_url(),
            "EMAIL_URL": email_url,
            "VAR_DIR": str(tmp_path),
        }
        command = [sys.executable, "manage.py", "worker", *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def written(transactional_db, settings) -> list[str]:
    """The Message-IDs of the mails that wait."""
    return write_mails(MAILS, settings)


def write_mails(number: int, settings) -> list[str]:
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    for each in range(number):
        EmailMessage("Hello", "A text", to=[f"reader{each}@example.org"]).send()
    return list(OutgoingMail.objects.order_by("pk").values_list("message_id", flat=True))


def run_once(start_worker, email_url: str) -> None:
    assert start_worker(email_url, "--once").wait(SECONDS) == 0


def the_claim_ends() -> None:
    """What ten minutes do: the row of the killed worker is anybody's again."""
    OutgoingMail.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("moment", "times"), [(Moment.BEFORE_YES, 1), (Moment.AFTER_YES, 2)], ids=str
)
def test_none_is_lost_and_none_comes_twice_but_the_one_between_yes_and_record(
    start_worker, written, moment, times
):
    killed = written[KILLED_AT - 1]
    with mail_server(moment, mail=KILLED_AT) as server:
        worker = start_worker(server.url())
        assert server.is_silent.wait(SECONDS)
        worker.kill()
        worker.wait()
        assert killed in set(OutgoingMail.objects.values_list("message_id", flat=True))
        said_yes_to = written[: KILLED_AT if moment is Moment.AFTER_YES else KILLED_AT - 1]
        assert server.accepted == said_yes_to

        run_once(start_worker, server.url())  # sends the others; the claim still holds this one
        claimed = OutgoingMail.objects.get()
        assert claimed.message_id == killed
        assert claimed.next_attempt_at - timezone.now() <= outbox.CLAIM

        the_claim_ends()
        run_once(start_worker, server.url())
    assert not OutgoingMail.objects.exists()
    assert Counter(server.accepted) == Counter(written) | {killed: times}


def test_a_worker_that_is_not_killed_sends_each_once(start_worker, written):
    with mail_server() as server:
        run_once(start_worker, server.url())
    assert server.accepted == written


def test_workers_that_are_killed_at_any_moment_lose_no_mail(
    start_worker, transactional_db, settings
):
    written = write_mails(MANY, settings)
    with mail_server() as server:
        for kill in range(KILLS):
            worker = start_worker(server.url())
            until = random.randint(1, MANY * (kill + 1) // (KILLS + 1))
            end = time.monotonic() + SECONDS
            while len(server.accepted) < until and time.monotonic() < end:
                time.sleep(random.random() / 1_000)
            worker.kill()
            worker.wait()
            the_claim_ends()
        run_once(start_worker, server.url())
    assert not OutgoingMail.objects.exists()
    assert set(server.accepted) == set(written)
    assert (
        len(server.accepted) <= MANY + KILLS
    )  # each kill has one mail at most between yes and record
