"""The form about mails."""

from typing import Any

from django import forms

from accounts.notifications.choices import CHOSEN, MailTiming, NotificationKind


class TimingsForm(forms.Form):
    """When each kind of notification is mailed; a field for each kind, named by its value."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in CHOSEN:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=MailTiming.choices
            )

    def timings(self) -> dict[NotificationKind, MailTiming]:
        """What was chosen, once the form is valid."""
        return {kind: MailTiming(self.cleaned_data[kind.value]) for kind in CHOSEN}
