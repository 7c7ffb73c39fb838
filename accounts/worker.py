"""The worker: writes mails about notifications, sends all mails, and erases the accounts whose day has come.

What packages above do now and then, they do on a signal of it.

Every server process has one as a thread (`remedies_site.server`); `manage.py worker` is one of its own.
"""

import logging
import threading
import time

from django.db import DatabaseError, connection

from accounts import outbox
from accounts.notifications.digest import send_digests
from accounts.notifications.due_mails import write_due_mails
from accounts.notifications.services import delete_old
from accounts.privacy.services import erase_due
from accounts.signals import minute_passed, rounds_due
from remedies_site.health import SIGN_SECONDS, note_worker
from remedies_site.monitoring.counters import note_time

logger = logging.getLogger(__name__)

POLL_SECONDS = 10
"""How often it looks for mails of other processes and for those whose pause is over."""
ERASE_SECONDS = 60
"""How often it looks for accounts to erase, for daily mails to write, and for what packages above have due."""
ROUNDS_SECONDS = 600
"""How often packages above do what is theirs to do now and then."""


def run_worker(stop: threading.Event) -> None:
    """Work until `stop` is set: mails of this process go at once, all others within `POLL_SECONDS`."""
    next_look = next_rounds = next_sign = time.monotonic()
    while not stop.is_set():
        outbox.new_mail.clear()
        try:
            if time.monotonic() >= next_sign:
                next_sign = time.monotonic() + SIGN_SECONDS
                note_worker()
            write_due_mails(stop=stop)
            outbox.send_due(stop=stop)
            if time.monotonic() >= next_look:
                next_look = time.monotonic() + ERASE_SECONDS
                erase_due()
                send_digests()
                delete_old()
                minute_passed.send(None)
            if time.monotonic() >= next_rounds:
                next_rounds = time.monotonic() + ROUNDS_SECONDS
                rounds_due.send(None)
            note_time("worker_round")
        except DatabaseError as error:
            logger.warning("The worker has no database: %s", type(error).__name__)
        except Exception:  # whatever it is, mails and deletions of others go on
            logger.exception("The worker goes on after an error")
        finally:
            connection.close()
        _wait(stop)


def _wait(stop: threading.Event) -> None:
    """Until there is new mail, it is time to look again, or the worker is to end."""
    end = time.monotonic() + POLL_SECONDS
    while time.monotonic() < end and not stop.is_set():
        if outbox.new_mail.wait(0.5):
            return
