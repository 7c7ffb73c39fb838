"""The kinds of findings in a few words, for moderators and for the author of a comment that waits."""

from django.utils.translation import gettext as _

from discussions.composer.findings import FindingKind


def kind_label(kind: FindingKind) -> str:
    """“a dose above a known limit”."""
    return {
        FindingKind.SELF_HARM: _("words about suicide or self-harm"),
        FindingKind.EMERGENCY: _("signs of an emergency"),
        FindingKind.DOSE: _("a dose above a known limit"),
        FindingKind.STOP: _("advice to stop a medicine"),
        FindingKind.SELLING: _("selling, or an invitation to private messages"),
    }[kind]
