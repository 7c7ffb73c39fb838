"""Forms about a member's own data."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeletionForm(forms.Form):
    """What becomes of the comments of somebody who leaves."""

    words = forms.ChoiceField(
        label=_("What shall happen to your comments?"),
        choices=[
            ("erase", _("Erase them. Replies of others stay, below a line without a name.")),
            ("keep", _("Leave them for others to read, without my name.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what shall happen to your comments.")},
    )
