"""A mail server of our own, which can fall silent in the middle of a mail.

with mail_server(silent_at=Moment.AFTER_YES, mail=3) as server:
    ...  # a client on server.port; server.accepted has the Message-IDs that it said yes to, in order
"""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from enum import Enum

SECONDS = 60
"""After which a silent server gives up, so that a test that hangs ends."""


class Moment(Enum):
    """When it falls silent: all of the mail has come, and 250 is not said yet, or said just now."""

    BEFORE_YES = "before its yes"
    AFTER_YES = "after its yes"


class MailServer(socketserver.ThreadingTCPServer):
    """Says yes to everything, but for the one mail."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, silent_at: Moment | None, mail: int) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.silent_at, self.mail = silent_at, mail
        self.arrived = 0
        self.accepted: list[str] = []
        self.is_silent, self.is_over = threading.Event(), threading.Event()

    @property
    def port(self) -> int:
        """Of 127.0.0.1."""
        return self.server_address[1]

    def url(self) -> str:
        """As EMAIL_URL names it."""
        return f"smtp://127.0.0.1:{self.port}"


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer
    falls_silent_after_yes = False

    def handle(self) -> None:
        try:
            self._say("220 ready")
            while command := self.rfile.readline().decode().strip().upper():
                if command.startswith("DATA"):
                    self._say("354 go on")
                    if not self._take_mail():
                        return None
                elif command.startswith("QUIT"):
                    if self.falls_silent_after_yes:
                        return self._fall_silent()
                    return self._say("221 bye")
                else:
                    self._say("250 ok")
        except OSError:  # the client was killed
            pass

    def _take_mail(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.arrived += 1
        is_the_one = self.server.arrived == self.server.mail
        if is_the_one and self.server.silent_at is Moment.BEFORE_YES:
            self._fall_silent()
            return False
        self.server.accepted.append(message_from_bytes(b"".join(lines))["Message-ID"])
        self.falls_silent_after_yes = is_the_one and self.server.silent_at is Moment.AFTER_YES
        self._say("250 ok")
        return True

    def _fall_silent(self) -> None:
        self.server.is_silent.set()
        self.server.is_over.wait(SECONDS)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def mail_server(silent_at: Moment | None = None, mail: int = 0) -> Iterator[MailServer]:
    """A server for one test; it falls silent at a moment of the mail with this number, from 1 on."""
    with MailServer(silent_at, mail) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.is_over.set()
            server.shutdown()
            thread.join()
