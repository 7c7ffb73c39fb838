"""The form of a challenge: fields only, the rules are in services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CONSENT
from accounts.models import User
from discussions.challenges.choices import ChallengeKind
from discussions.challenges.claimed_parts import ClaimedPart
from discussions.policies import MAX_CHALLENGE, MAX_QUOTED

SOMETHING_MISSING = _("Something is missing here")


class ChallengeForm(forms.Form):
    """The claim among those of a part of the page, and what is said of it."""

    place = forms.ChoiceField(label=_("Which claim do you mean?"), widget=forms.RadioSelect)
    quote = forms.CharField(
        label=_("The words that you mean (you may leave this empty)"),
        required=False,
        help_text=_("Copy them from the claim."),
        widget=forms.TextInput(attrs={"maxlength": MAX_QUOTED}),
    )
    kind = forms.ChoiceField(
        label=_("What do you bring?"),
        choices=ChallengeKind.choices,
        initial=ChallengeKind.CORRECTION,
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label=_("What should it say, and why?"),
        widget=forms.Textarea(attrs={"rows": 6, "data-limit": MAX_CHALLENGE, "dir": "auto"}),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        help_text=_("A DOI, a PubMed number or an address. Without one, say how you know."),
        widget=forms.TextInput(attrs={"maxlength": 500}),
    )
    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    consent = forms.BooleanField(label=CONSENT, required=False)

    def __init__(
        self, *args: object, part: ClaimedPart, user: User | None, **kwargs: object
    ) -> None:
        """`user`: the author; None where nobody is logged in."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        claims = [(claim.place, claim.words) for claim in part.claims]
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101  (declared above)
        place.choices = [*claims, (part.key, SOMETHING_MISSING)]
        if user is None or user.consented_at is not None:
            del self.fields["consent"]
