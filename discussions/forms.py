"""What discussion forms take. Rules are in services; here is only what a field is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CONSENT
from accounts.models import User
from discussions.choices import Reason
from discussions.policies import LONGEST_BODY


class CommentForm(forms.Form):
    """A comment or a reply. The box for consent is there only for those who did not give it yet."""

    body = forms.CharField(
        label=_("Your comment"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST_BODY}),
    )
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    consent = forms.BooleanField(label=CONSENT, required=False)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        """`user`: whoever writes."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if user.consented_at is not None:
            del self.fields["consent"]


class ReportForm(forms.Form):
    """What is wrong with a comment."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    detail = forms.CharField(
        label=_("More about it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
