"""Forms of discussions: fields only, the rules are in services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CONSENT
from accounts.models import User
from discussions.choices import REASONS_TO_CHOOSE
from discussions.policies import MAX_BODY_LENGTH, MAX_DETAIL_LENGTH


class CommentForm(forms.Form):
    """A comment or a reply; with a consent box for members who have not consented yet."""

    body = forms.CharField(
        label=_("Your comment"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-limit": MAX_BODY_LENGTH}),
    )
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    consent = forms.BooleanField(label=CONSENT, required=False)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        """`user`: the author."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if user.consented_at is not None:
            del self.fields["consent"]


class ReportForm(forms.Form):
    """A report of a comment; for somebody who is not logged in, with a trap for programs."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=REASONS_TO_CHOOSE, widget=forms.RadioSelect
    )
    detail = forms.CharField(
        label=_("More about it"),
        required=False,
        max_length=MAX_DETAIL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    website = forms.CharField(required=False)
    """People do not see it: `components/_trap.html`."""

    def __init__(self, *args: object, is_member: bool, **kwargs: object) -> None:
        """`is_member`: whether somebody is logged in."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if is_member:
            del self.fields["website"]
