"""What every published thing has at the editors' desk: live previews, and saving that publishes.

Knows subjects and citations, not what they are: each app gives its own `publish` and `withdraw`.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdownx.widgets import AdminMarkdownxWidget

from citations.marks import keys_in
from citations.services import unknown_keys
from publishing.models import Redirect, Revision, Subject
from remedies_site.documents import holds_figure
from remedies_site.exceptions import NotPublishable

_ABOUT_THE_CHANGE = {"change_note", "is_correction"}
"""Fields that say what was done; filling them in is not an edit of its own."""


class SubjectForm(forms.ModelForm[Any]):
    """Adds what changed and why, and refuses marks that name no citation."""

    change_note = forms.CharField(
        label=gettext_lazy("What changed and why"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text=gettext_lazy("Kept with the revision, when this is published."),
    )
    is_correction = forms.BooleanField(
        label=gettext_lazy("This corrects a mistake"), required=False
    )
    markdown_fields: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        """Every citation mark names a work of the library; lines of names are tidied."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.markdown_fields:
            unknown = unknown_keys(keys_in(cleaned.get(name) or ""))
            if unknown:
                self.add_error(
                    name,
                    _("No citation has the key %(keys)s. Add it to the library first.")
                    % {"keys": ", ".join(sorted(unknown))},
                )
        if "aliases" in cleaned:
            lines = (" ".join(line.split()) for line in cleaned["aliases"].splitlines())
            cleaned["aliases"] = "\n".join(line for line in lines if line)
        return cleaned


class SafetyRowFormSet(BaseInlineFormSet[Any, Any, Any]):
    """A safety row has citations, or says that it is unchecked and then holds no figures."""

    texts: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> None:
        """Put the fault on the row it belongs to."""
        super().clean()
        for form in self.forms:
            row = getattr(form, "cleaned_data", None)
            if not row or row.get("DELETE"):
                continue
            if row.get("checked", True):
                if not row.get("citations"):
                    form.add_error(
                        "citations",
                        ValidationError(_("Name a source, or switch “checked” off.")),
                    )
            elif any(holds_figure(row.get(name) or "") for name in self.texts):
                form.add_error(
                    "checked",
                    ValidationError(_("A caution that nobody checked must hold no figures.")),
                )


class MarkdownFields:
    """Markdown columns get the live preview of the public page."""

    markdown_fields: ClassVar[tuple[str, ...]] = ()

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        """The preview widget for Markdown, Django's own for the rest."""
        if db_field.name in self.markdown_fields:
            kwargs["widget"] = AdminMarkdownxWidget(attrs={"rows": 6})
        return super().formfield_for_dbfield(  # type: ignore[misc, no-any-return]
            db_field, request, **kwargs
        )


class SubjectAdmin(MarkdownFields, admin.ModelAdmin[Any]):
    """A condition, a remedy or an entry: rows are the draft, saving a published thing publishes."""

    form = SubjectForm
    change_form_template = "admin/subject_change_form.html"
    publish: ClassVar[Callable[..., Revision]]
    withdraw: ClassVar[Callable[..., Revision]]
    faults: ClassVar[Callable[..., list[tuple[str, str]]]]
    rename: ClassVar[Callable[..., None]]
    save_on_top = True

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form knows which of its fields hold marks."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.markdown_fields = self.markdown_fields
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep who edited last, and leave a forwarding address where a page known to readers moves.

        With REVIEW=two, somebody else has to publish. Only the form's own columns are written: the
        counters of votes may have moved since the form was opened.
        """
        if set(form.changed_data) - _ABOUT_THE_CHANGE or not change:
            obj.edited_by, obj.edited_at = request.user, timezone.now()
        if not change:
            super().save_model(request, obj, form, change)
            return
        moved_to = obj.slug if "slug" in form.changed_data and obj.was_published else None
        if moved_to is not None:
            obj.slug = form.initial["slug"]
        columns = {field.name for field in obj._meta.concrete_fields} & set(form.cleaned_data)
        obj.save(update_fields=[*columns, "edited_by", "edited_at"])
        if moved_to is not None:
            type(self).rename(obj, slug=moved_to)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Publish once every row is stored, when asked to or when readers see this already."""
        super().save_related(request, form, formsets, change)
        subject = form.instance
        if any(formset.has_changed() for formset in formsets) and change:
            subject.edited_by, subject.edited_at = request.user, timezone.now()
            subject.save(update_fields=["edited_by", "edited_at"])
        if "_publish" in request.POST or subject.is_published:
            self._publish(request, subject, form.cleaned_data)

    def _publish(self, request: HttpRequest, subject: Any, cleaned: dict[str, Any]) -> None:
        before = subject.current_revision_id
        try:
            revision = type(self).publish(
                subject,
                by=request.user,
                note=cleaned.get("change_note", ""),
                correction=cleaned.get("is_correction", False),
            )
        except NotPublishable as refused:
            faults = "; ".join(f"{field}: {sentence}" for field, sentence in refused.errors)
            self.message_user(
                request,
                _("Saved as a draft, not published: %(faults)s") % {"faults": faults},
                messages.WARNING,
            )
            return
        if revision.pk != before:
            self.message_user(
                request,
                _("Published as revision %(number)s.") % {"number": revision.number},
                messages.SUCCESS,
            )

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """After “Save and publish” stay on the form, where the outcome is told."""
        _stay_after_publishing(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """After “Save and publish” stay on the form, where the outcome is told."""
        _stay_after_publishing(request)
        return super().response_change(request, obj)

    def get_urls(self) -> list[URLPattern]:
        """The withdrawal form stands beside the change form."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        view = self.admin_site.admin_view(self.withdraw_view)
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason that readers will see, then withdraw."""
        if not request.user.has_perm(f"{self.opts.app_label}.withdraw_{self.opts.model_name}"):
            raise PermissionDenied
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            raise Http404
        fault = ""
        if request.method == "POST":
            try:
                type(self).withdraw(
                    subject, by=request.user, reason=request.POST.get("reason", "")[:400]
                )
            except NotPublishable as refused:
                fault = str(refused)
            else:
                self.message_user(request, _("Withdrawn. Readers now see the reason."))
                change = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
                return HttpResponseRedirect(reverse(change, args=[subject.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw: %(subject)s") % {"subject": subject},
            "subject": subject,
            "opts": self.opts,
            "fault": fault,
        }
        status = 400 if fault else 200
        return TemplateResponse(request, "admin/subject_withdraw.html", context, status=status)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was ever published is withdrawn, with a reason; it does not vanish."""
        if obj is not None and obj.was_published:
            return False
        return super().has_delete_permission(request, obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The change form knows its faults, and whether a withdrawal is this person's to make."""
        right = f"{self.opts.app_label}.withdraw_{self.opts.model_name}"
        more: dict[str, Any] = {"may_withdraw": request.user.has_perm(right)}
        subject = self.get_object(request, unquote(object_id))
        if subject is not None and request.method == "GET":
            more["faults"] = type(self).faults(subject)
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    @admin.display(description=gettext_lazy("State"))
    def state(self, subject: Subject) -> str:
        """Draft, published or withdrawn."""
        if subject.withdrawn_at is not None:
            return _("withdrawn")
        return _("published") if subject.is_published else _("draft")


def _stay_after_publishing(request: HttpRequest) -> None:
    if "_publish" in request.POST:
        posted = request.POST.copy()
        posted["_continue"] = "1"
        request.POST = posted  # type: ignore[assignment]


class StateFilter(admin.SimpleListFilter):
    """Draft, published or withdrawn."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The three states."""
        return [
            ("draft", _("draft")),
            ("published", _("published")),
            ("withdrawn", _("withdrawn")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those in the chosen state."""
        if self.value() == "draft":
            return queryset.filter(published_at__isnull=True)
        if self.value() == "published":
            return queryset.filter(published_at__isnull=False, withdrawn_at__isnull=True)
        if self.value() == "withdrawn":
            return queryset.filter(withdrawn_at__isnull=False)
        return queryset


class RevisionAdmin(admin.ModelAdmin[Any]):
    """Revisions are looked at, never touched."""

    list_display = ("__str__", "kind", "note", "author_name", "published_at")
    list_filter = ("kind", "published_at")
    date_hierarchy = "published_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only publishing makes one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A revision is final."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And it stays."""
        return False


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin[Redirect]):
    """Where renamed pages used to be."""

    list_display = ("path", "target", "moved_at")
    search_fields = ("path", "target")
