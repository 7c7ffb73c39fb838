"""manage.py worker [--once]"""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import outbox


class Command(BaseCommand):
    help = "Send the mails of the outbox until SIGTERM or Ctrl-C, as each server process also does."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once`, for a scheduled job."""
        parser.add_argument("--once", action="store_true", help="send what is due, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, in this process."""
        if options["once"]:
            self.stdout.write(f"Sent {outbox.send_due()} mails.")
            return
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_signal: stop.set())
        try:
            outbox.run_worker(stop)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
