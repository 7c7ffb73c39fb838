"""Forms of profiles, conflict statements and reviews."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from publishing.models import ConflictStatement, Reviewer
from publishing.reviewers.services import MANAGE, check_error, statement_error

CHECK_FIELDS = ("credential", "credential_checked_on", "credential_checked_in")


def _text(rows: int, length: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "cols": 80, "maxlength": length})


class ReviewerForm(forms.ModelForm[Reviewer]):
    """A profile; whoever changes the credential has checked it anew."""

    editor: User
    """Who fills it in; the admin sets it."""

    user = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        to_field_name="name",
        label=gettext_lazy("Account"),
        widget=forms.TextInput,
        help_text=gettext_lazy("The name that the person logs in with."),
    )

    class Meta:
        model = Reviewer
        fields: ClassVar[list[str]] = [
            *("user", "public_name", "slug", "credential"),
            *("credential_checked_on", "credential_checked_in", "is_shown"),
        ]

    def clean(self) -> dict[str, Any]:
        """A check is by another person, and a changed credential has a check of its own."""
        cleaned = super().clean() or self.cleaned_data
        changed = set(self.changed_data)
        on = cleaned.get("credential_checked_on")
        person = cleaned.get("user") or (self.instance.user if self.instance.pk else None)
        if person is not None and on is not None and changed & set(CHECK_FIELDS):
            profile = Reviewer(user=person)
            if message := check_error(profile, by=self.editor, on=on):
                self.add_error("credential_checked_on", message)
        is_new_text = self.instance.pk is not None and "credential" in changed
        if is_new_text and on is not None and "credential_checked_on" not in changed:
            self.add_error(
                "credential_checked_on",
                _("The credential is another one now: give the day on which you checked it."),
            )
        return cleaned


class StatementForm(forms.ModelForm[ConflictStatement]):
    """What a reviewer declared; `source` is for whoever records it for somebody else."""

    editor: User
    """Who fills it in; the admin sets it."""

    class Meta:
        model = ConflictStatement
        fields: ClassVar[list[str]] = ["reviewer", "dated", "text", "source"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"text": _text(6, 1000)}
        help_texts: ClassVar[dict[str, Any]] = {
            "text": gettext_lazy(
                "In the person's own words: who pays them, what they own, what they are for or against."
            ),
            "source": gettext_lazy(
                "Where you have it from, such as a letter of a day. Empty for your own."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A reviewer without the permission to manage others records their own alone."""
        super().__init__(*args, **kwargs)
        if "reviewer" in self.fields and not self.editor.has_perm(MANAGE):
            own: Any = self.fields["reviewer"]
            own.queryset = Reviewer.objects.filter(pk=self.editor.pk)

    def clean(self) -> dict[str, Any]:
        """What the service would refuse is an error of its field."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and (error := statement_error(by=self.editor, **cleaned)):
            self.add_error(error.field, error.message)
        return cleaned


class ReviewForm(forms.Form):
    """What a reviewer checked of the version that they read."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    scope = forms.CharField(
        label=gettext_lazy("What you checked"),
        max_length=400,
        widget=_text(3, 400),
        help_text=gettext_lazy("Such as: warnings, interactions and doses against the sources."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note to readers"),
        max_length=400,
        required=False,
        widget=_text(3, 400),
        help_text=gettext_lazy("Shown with the review on your page."),
    )


class TakeBackForm(forms.Form):
    """The reason for which a review is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is taken back"), max_length=400, widget=_text(3, 400)
    )
