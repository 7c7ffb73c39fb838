"""What the admin form of every subject has while somebody types: kept text, a live page, what is missing."""

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.request import QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.decorators import current_member
from publishing.models import AutosavedForm, SubjectT
from publishing.services import subject_type
from publishing.writing import services
from publishing.writing.selectors import (
    FormPresence,
    presences,
    unsaved_text,
    unsaved_texts,
)
from publishing.writing.typed_forms import TypedSubject, read_typed
from publishing.writing.views import OPENING, OpenForm, autosave_response, private
from remedies_site.documents import Document
from remedies_site.editing.read_only import admin_url
from remedies_site.exceptions import NotPublishable
from remedies_site.kept_text import SHOW_AGAIN
from remedies_site.responses import redirect_after_post

NEW = "new"
"""Stands in URLs for the key of a row that is not stored yet."""
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class WritingPane:
    """What the page of a form says of its typing: where to send it, what is kept, who else is there."""

    opening: str
    opened_at: int
    autosave_url: str
    continue_url: str
    typed_url: str
    preview_url: str
    texts: list[AutosavedForm]
    presences: list[FormPresence]


class WritingAdmin(admin.ModelAdmin[SubjectT]):
    """Keeps what is typed for its editor, and shows it as a page, with what it still lacks.

    A subclass says how its page is rendered (`typed_page`), and its grade (`typed_grade`).
    """

    def typed_page(self, request: HttpRequest, subject: SubjectT, document: Document) -> str:
        """The HTML of the whole page of what is typed; nothing may be stored."""
        raise NotImplementedError

    def typed_grade(self, document: Document) -> str:
        """The HTML of the grade that the rule computes of what is typed; empty where there is none."""
        return ""

    def get_urls(self) -> list[URLPattern]:
        """Add what the scripts of the form ask for, and the preview."""
        views: dict[str, Callable[..., HttpResponse]] = {
            "autosave": self.autosave_view,
            "continue": self.continue_view,
            "typed": self.typed_view,
            "preview": self.preview_view,
        }
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"{prefix}_{name}",
            )
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    # ---- the page of the form ------------------------------------------------------------------

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: SubjectT | None = None,
    ) -> HttpResponse:
        """Put the pane on the page of whoever may save the form."""
        if self._may_write(request, obj):
            context["writing"] = self._pane(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _pane(self, request: HttpRequest, obj: SubjectT | None) -> WritingPane:
        person, key = current_member(request), obj.pk if obj else None
        opening = request.POST.get(OPENING, "")
        if not services.is_opening(opening):
            opening = secrets.token_hex(12)
        urls = {
            f"{name}_url": admin_url(self.model, name, key or NEW)
            for name in ("autosave", "continue", "typed", "preview")
        }
        others = presences(person, self.model, key, opening=opening)
        return WritingPane(
            opening=opening,
            opened_at=int(timezone.now().timestamp()),
            texts=unsaved_texts(person, self.model, key, but=opening),
            # Of their own openings the script tells: the page that they come from is still being left.
            presences=[other for other in others if not other.is_self],
            **urls,
        )

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm[SubjectT],
        formsets: Iterable[Any],
        change: bool,
    ) -> None:
        """What is stored is no longer kept as text that is not."""
        super().save_related(request, form, formsets, change)
        opening = request.POST.get(OPENING, "")
        if services.is_opening(opening):
            key = form.instance.pk if change else None
            services.close(current_member(request), self.model, key, opening=opening)

    # ---- keeping text --------------------------------------------------------------------------

    def autosave_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keep the sent fields, note that the form is open, or drop its text; 400 with a message.

        GET only says who else has the form open, with a new token for a tab that stayed open through a
        log-in.
        """
        key, subject = self._key_and_subject(request, object_id)
        if request.method not in {"GET", "POST"}:
            return HttpResponseNotAllowed(["GET", "POST"])
        form = OpenForm(self.model, key, self._form_url(key))
        return private(autosave_response(request, form, subject))

    def continue_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The form with the text of an opening that was not stored; or, where it is dropped, as it is stored.

        Nothing is stored. 404 for text of somebody else, or none.
        """
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        key, _subject = self._key_and_subject(request, object_id)
        person, opening = current_member(request), request.POST.get("opening", "")
        text = unsaved_text(person, self.model, opening)
        if text is None or text.object_id != key:
            raise Http404
        url = self._form_url(key)
        if "drop" in request.POST:
            services.close(person, self.model, key, opening=opening)
            self.message_user(request, _("The text that was not saved is dropped."))
            return redirect_after_post(url)
        posted = QueryDict(mutable=True)
        for name, value in [*text.fields, (OPENING, opening), (SHOW_AGAIN, "1")]:
            posted.appendlist(name, value)
        request.POST = posted  # type: ignore[assignment]  # as Django's `response_add` does
        request.path = request.path_info = url
        if key is None:
            return self.add_view(request, form_url=url)
        return self.change_view(request, str(key), form_url=url)

    # ---- what is typed, as a page ---------------------------------------------------------------

    def typed_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """JSON: what the typed form lacks, its grade, and its page where it makes one."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        typed = self._read_typed(request, object_id)
        errors = [{**asdict(error), "stops": "save"} for error in typed.form_errors]
        errors += [{**asdict(error), "stops": "publish"} for error in typed.publish_errors]
        answer: dict[str, object] = {"errors": errors, "is_whole": typed.is_whole}
        answer |= {"page": None, "grade_html": None}
        if typed.document is not None and typed.is_whole:
            answer["grade_html"] = self.typed_grade(typed.document)
            answer["page"] = self._page_or_none(request, typed)
        return private(JsonResponse(answer))

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page of what is typed by itself; 409 with what keeps it from being one."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        typed = self._read_typed(request, object_id)
        text = self._page_or_none(request, typed) if typed.is_whole else None
        if text is not None:
            return private(HttpResponse(text))
        errors = [
            (error.label, error.message) for error in typed.form_errors + typed.publish_errors
        ]
        return private(render(request, "409.html", {"errors": errors}, status=409))

    def _page_or_none(self, request: HttpRequest, typed: TypedSubject[Document]) -> str | None:
        """None where a part that it stands with, such as the draft of its remedy, makes no page."""
        subject: Any = typed.subject
        subject.pk = subject.pk or 0  # the key of no row: what refers to a new one is empty
        assert typed.document is not None  # noqa: S101  (callers look first)
        try:
            return _SCRIPT.sub("", self.typed_page(request, subject, typed.document))
        except NotPublishable:
            return None

    def _read_typed(self, request: HttpRequest, object_id: str) -> TypedSubject[Document]:
        key, subject = self._key_and_subject(request, object_id)
        if key is not None and subject is None:
            raise Http404
        fields = flatten_fieldsets(self.get_fieldsets(request, subject))
        form_class = self.get_form(request, subject, change=subject is not None, fields=fields)
        form = form_class(request.POST, instance=subject)
        formsets, _inlines = self._create_formsets(  # type: ignore[attr-defined]  # as the form's view
            request, form.instance, change=subject is not None
        )
        return read_typed(form, formsets, subject_type(self.model))

    # ---- who and what --------------------------------------------------------------------------

    def _key_and_subject(
        self, request: HttpRequest, object_id: str
    ) -> tuple[int | None, SubjectT | None]:
        """The key in the URL, None for a new row, with the row where it is stored.

        Raises: PermissionDenied, for who may not save it; Http404, for what is no key.
        """
        if object_id == NEW:
            key, subject = None, None
        elif _NUMBER.fullmatch(object_id):
            key, subject = int(object_id), self.get_object(request, unquote(object_id))
        else:
            raise Http404
        was_deleted = key is not None and subject is None  # its text is kept all the same
        if was_deleted and self.has_change_permission(request):
            return key, None
        if was_deleted or not self._may_write(request, subject):
            raise PermissionDenied
        return key, subject

    def _may_write(self, request: HttpRequest, subject: SubjectT | None) -> bool:
        if subject is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, subject)

    def _form_url(self, key: int | None) -> str:
        return admin_url(self.model, "add") if key is None else admin_url(self.model, "change", key)
