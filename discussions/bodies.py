"""The text of a comment: what is stored of it, and what is shown."""

import hashlib
import re

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rate_limits import PREVIEWS, limit_by_key
from discussions.policies import MAX_BODY_LENGTH, MAX_QUOTE
from remedies_site.differences import differences
from remedies_site.exceptions import ChangedMeanwhile, InvalidInput, ServiceError
from remedies_site.markup import is_blank_comment, render_comment


def clean_body(body: str) -> str:
    """The text as it is stored: as typed, without blank space around it. Raises: InvalidInput.

    Four spaces or a tab before the first word are kept, since they make code of the line. Browsers send
    CRLF for a line end, and PostgreSQL stores no NUL.
    """
    body = re.sub(
        r"\A(?:\s*\n)?(?: {0,3}(?=\S))?", "", body.replace("\r\n", "\n").replace("\x00", "")
    ).rstrip()
    if not body.strip():
        raise InvalidInput(_("Write something first."))
    if len(body) > MAX_BODY_LENGTH:
        raise InvalidInput(
            _("This has %(count)s characters; %(most)s are the most.")
            % {"count": len(body), "most": MAX_BODY_LENGTH}
        )
    return body


def render_body(body: str) -> str:
    """The HTML of a body. Raises: InvalidInput, where it shows nothing."""
    html = render_comment(body)
    if is_blank_comment(html):
        raise InvalidInput(_("Write something first."))
    return html


def preview_body(body: str, *, by: User) -> str:
    """The HTML that a body would have as a comment; nothing is stored. Raises: InvalidInput, RateLimited."""
    body = clean_body(body)
    limit_by_key(PREVIEWS, str(by.pk))
    return render_body(body)


def quote(body: str, name: str) -> str:
    """The beginning of a reply that quotes a text in Markdown; of a long one only MAX_QUOTE characters."""
    if len(body) > MAX_QUOTE:
        body = f"{body[:MAX_QUOTE].rsplit(None, 1)[0]} …"
    lines = "\n".join(f"> {line}".rstrip() for line in body.splitlines())
    return _("%(name)s wrote:") % {"name": name} + f"\n\n{lines}\n\n"


def body_version(body: str) -> str:
    """What an edit form carries of the text that it was opened with, to tell whether it changed since."""
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def changed_meanwhile(error: ServiceError, body: str) -> dict[str, object]:
    """What the edit form shows of a text that was saved meanwhile; empty for other errors."""
    if not isinstance(error, ChangedMeanwhile):
        return {}
    return {
        "opened": body_version(error.stored),
        "stored": error.stored,
        "differences": differences(error.stored, body),
    }
