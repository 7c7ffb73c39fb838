"""The texts that every comment repeats."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import CONSENT


def comment_labels() -> dict[str, str]:
    """Translated once a page, not once a comment."""
    return {
        "new": _("New"),
        "edited": _("(edited)"),
        "up": _("Up"),
        "down": _("Down"),
        "counts_up": _("up"),
        "counts_down": _("down"),
        "vote": _("Vote"),
        "consent": str(CONSENT),
        "show_all": _("Show all"),
        "edit": _("Edit"),
        "delete": _("Delete"),
        "report": _("Report"),
        "moderate": _("Moderate"),
        "closed": _("A moderator closed this thread to replies."),
        "reply": _("Reply"),
        "quote": _("Quote"),
        "your_reply": _("Your reply"),
        "send": _("Send the reply"),
        "preview": _("Preview"),
        "formatting": _("How to format your text"),
        "formatting_url": f"{reverse('rules')}#formatting",
    }
