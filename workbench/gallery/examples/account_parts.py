"""Examples of the parts of account pages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

from accounts.forms import CONSENT, ColoursForm
from remedies_site.kept_text import KeptText
from workbench.gallery.example import Example, example


def examples() -> Iterator[Example]:
    """A form, the consent checkbox, an email address that is not verified yet, a text to keep, and the end."""
    yield example("account/_form.html", "at rest", form=ColoursForm(), submit="Keep it")
    yield example(
        "account/_form.html", "wrong", form=ColoursForm({"scheme": "x"}), submit="Keep it"
    )
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
    for words in (True, False):
        deletion = SimpleNamespace(due_at=datetime(2026, 3, 9, tzinfo=UTC), words=words)
        name = "with the words" if words else "without the name"
        yield example("account/_deletion_notice.html", name, deletion=deletion)
