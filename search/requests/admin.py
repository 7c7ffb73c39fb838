"""Requests in the admin: the most wanted first, with what becomes of each."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conditions.models import Condition
from remedies.models import Remedy
from remedies_site.admin_lists import BoundedListAdmin
from remedies_site.editing.read_only import admin_url
from search.models import PageRequest
from search.requests.choices import RequestState


class PageRequestForm(forms.ModelForm[PageRequest]):
    """A published request needs its page."""

    class Meta:
        model = PageRequest
        fields = ("state", "answer", "listing", "remedy", "condition")

    def clean(self) -> dict[str, Any]:
        """One page at most, and one that readers see where the state says so."""
        cleaned = super().clean() or self.cleaned_data
        pages = [page for name in ("remedy", "condition") if (page := cleaned.get(name))]
        if len(pages) > 1:
            self.add_error("condition", _("Choose the remedy or the condition, not both."))
        published = [page for page in pages if page.is_published]
        if cleaned.get("state") == RequestState.PUBLISHED and not published:
            self.add_error("state", _("Choose the page below; readers have to see it."))
        if cleaned.get("state") == RequestState.DECLINED and not cleaned.get("answer"):
            self.add_error("answer", _("Say why: readers see the answer."))
        return cleaned


@admin.register(PageRequest)
class PageRequestAdmin(BoundedListAdmin[PageRequest]):
    """What readers ask for."""

    form = PageRequestForm
    list_display = ("words", "asks", "last_requested_on", "state", "listing", "new_page")
    list_filter = ("state", "listing", "last_requested_on")
    search_fields = ("words", "folded")
    autocomplete_fields = ("remedy", "condition")
    readonly_fields = ("words", "asks", "first_requested_on", "last_requested_on", "new_page")
    fields = (
        ("words", "asks"),
        ("first_requested_on", "last_requested_on"),
        "state",
        "answer",
        "listing",
        "remedy",
        "condition",
        "new_page",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """None: readers ask."""
        return False

    @admin.display(description=gettext_lazy("Make it"))
    def new_page(self, wish: PageRequest) -> SafeString:
        """Links to the forms of a new remedy and of a new condition, with the name filled in."""
        query = urlencode({"name": wish.words})
        return format_html(
            '<a href="{}?{}">{}</a> · <a href="{}?{}">{}</a>',
            *(admin_url(Remedy, "add"), query, _("a remedy from this")),
            *(admin_url(Condition, "add"), query, _("a condition from this")),
        )
