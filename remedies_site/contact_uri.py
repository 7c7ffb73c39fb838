"""An operator's contact as a URI."""

import re

_SCHEMES = ("https://", "mailto:", "tel:")
_MAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")


def contact_uri(contact: str) -> str:
    """The contact as RFC 9116 wants it: an e-mail address gets its scheme; empty for other words."""
    if re.search(r"\s", contact):
        return ""
    if contact.startswith(_SCHEMES):
        return contact
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else ""
