"""Where mail goes while no mail server is set: into files, with a line in the log for each."""

import logging
import re
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

logger = logging.getLogger(__name__)
_LINK = re.compile(r"https?://\S+")


class LoggedFiles(EmailBackend):
    """Django's file backend; also logs recipient and links, so that a try-out can go on."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write every message to its file and log whom it is for."""
        for message in email_messages:
            links = " ".join(_LINK.findall(str(message.body)))
            logger.info("Mail for %s in %s: %s", ", ".join(message.to), self.file_path, links)
        return int(super().send_messages(email_messages) or 0)
