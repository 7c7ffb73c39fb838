"""Examples of the parts of account pages."""

from collections.abc import Iterator
from types import SimpleNamespace

from accounts.forms import CONSENT, ColoursForm
from workbench.gallery.views import Example, example


def examples() -> Iterator[Example]:
    """A form, the box for consent, and an address that waits."""
    yield example("account/_form.html", "at rest", form=ColoursForm(), submit="Keep it")
    yield example(
        "account/_form.html", "wrong", form=ColoursForm({"scheme": "x"}), submit="Keep it"
    )
    yield example("components/_consent.html", "", id="consent", words=CONSENT)
    yield example(
        "components/_consent.html", "missing", id="consent", words=CONSENT, described_by="refusal"
    )
    waiting = SimpleNamespace(email="new@example.org")
    yield example("account/_email_pending.html", "", new=waiting, current=waiting)
