"""manage.py worker [--once]"""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import outbox, worker
from accounts.notifications.digest import send_digests
from accounts.notifications.due_mails import write_due_mails
from accounts.notifications.services import delete_old
from accounts.privacy.services import erase_due
from remedies_site.monitoring.exporter import start_exporter


class Command(BaseCommand):
    help = (
        "Send the mails of the outbox, and erase the accounts whose day has come, until SIGTERM or "
        "Ctrl-C. Each server process does so too, unless WORKER=off."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once`, for a scheduled job."""
        parser.add_argument(
            "--once",
            action="store_true",
            help="send mails, erase accounts and delete old notifications, then end",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work in this process."""
        if options["once"]:
            write_due_mails()
            send_digests()
            delete_old()
            self.stdout.write(f"Sent {outbox.send_due()} mails. Erased {erase_due()} accounts.")
            return
        start_exporter()
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_signal: stop.set())
        try:
            worker.run_worker(stop)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
