"""Examples of the parts of account pages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

from accounts.forms import CONSENT, ColoursForm
from accounts.models import Notification
from remedies_site.kept_text import KeptText
from workbench.gallery.example import Example, example

_MOMENT = datetime(2026, 3, 2, tzinfo=UTC)


def examples() -> Iterator[Example]:
    """A form, the consent checkbox, an unverified address, a text to keep, the inbox, and the end."""
    yield example("account/_form.html", "at rest", form=ColoursForm(), submit="Keep it")
    yield example(
        "account/_form.html", "wrong", form=ColoursForm({"scheme": "x"}), submit="Keep it"
    )
    yield from _passkeys()
    yield example("components/_consent.html", "", id="consent", label=CONSENT)
    yield example(
        "components/_consent.html", "missing", id="consent", label=CONSENT, described_by="refusal"
    )
    unverified = SimpleNamespace(email="new@example.org")
    yield example("account/_email_pending.html", "", new=unverified, current=unverified)
    kept = KeptText("/", [("body", "It helped me.")])
    yield example("components/_kept_text.html", "", kept=kept)
    too_long = KeptText("/", [("body", "It helped me. " * 80_000)])
    yield example("components/_kept_text.html", "too long", kept=too_long)
    yield example(
        "account/_notification_list.html",
        "a new one and one that was read",
        notifications=[
            Notification(pk=2, kind="reply", title="Magnesium for Insomnia", created_at=_MOMENT),
            Notification(pk=1, kind="urgent", title="Zinc", created_at=_MOMENT, read_at=_MOMENT),
        ],
    )
    for words in (True, False):
        deletion = SimpleNamespace(due_at=datetime(2026, 3, 9, tzinfo=UTC), words=words)
        name = "with the words" if words else "without the name"
        yield example("account/_deletion_notice.html", name, deletion=deletion)


def _passkeys() -> Iterator[Example]:
    yield example(
        "mfa/webauthn/_passkey_form.html",
        "",
        deed="get",
        action="/",
        options="{}",
        submit="Use your passkey",
        without="Type a code below in its place.",
    )
    yield example("mfa/webauthn/_script.html", "")
    others = [{"id": "mfa_reauthenticate", "url": "/"}, {"id": "reauthenticate", "url": "/"}]
    yield example("mfa/_other_ways.html", "", others=others)
