"""The e-mail backend of a site without a mail server: files, and a line in the log for each mail."""

import logging
import re
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

logger = logging.getLogger(__name__)
_LINK = re.compile(r"https?://\S+")


class LoggedFileBackend(EmailBackend):
    """Django's file backend that also logs recipients and links, so that a trial site can confirm addresses."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message to a file and log its recipients and links."""
        for message in email_messages:
            links = " ".join(_LINK.findall(str(message.body)))
            logger.info("Mail for %s in %s: %s", ", ".join(message.to), self.file_path, links)
        return int(super().send_messages(email_messages) or 0)
