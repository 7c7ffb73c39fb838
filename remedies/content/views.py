"""Upload a pack, see what it changes, apply it: pages of the admin, for publishers."""

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect

from accounts.decorators import current_member
from publishing.review.draft_differences import Difference
from remedies.content.archive import MAX_ARCHIVE_BYTES
from remedies.content.exporting import published_documents
from remedies.content.forms import PackForm
from remedies.content.sheets.columns import SHEET_NAMES
from remedies.content.sheets.sheet_writing import csv_lines
from remedies.content.unchanged_rows import ChangedSincePlan
from remedies.content.uploaded_packs import (
    apply_pack,
    delete_old_packs,
    keep_pack,
    may_load,
    pack_of,
    plan_again,
    plan_of,
)
from remedies.models import UploadedPack
from remedies_site.exceptions import NotPermitted, ServiceError
from remedies_site.pack_reader import InvalidPack
from remedies_site.uploads import accepts_files, receive_files

Context = dict[str, Any]
View = Callable[..., HttpResponseBase]
_MOST_SHOWN = 200
"""Documents with their differences on one page; the plan as JSON has all."""


def _for_publishers(view: View) -> View:
    """The body is read only where the person may upload packs."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_load(current_member(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapped


def _for_editors(view: View) -> View:
    """Tables hold what is published: whoever may look at entries in the admin may take them."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("remedies.view_remedyconditionentry"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapped


@accepts_files(MAX_ARCHIVE_BYTES + 1_000_000)
@_for_publishers
def packs(request: HttpRequest, context: Context) -> HttpResponseBase:
    """The form for a pack, and the packs of this person that wait."""
    receive_files(request)
    return csrf_protect(_packs)(request, context)


def _packs(request: HttpRequest, context: Context) -> HttpResponse:
    delete_old_packs()
    form = PackForm(request.POST or None, request.FILES or None)
    errors: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_url(_keep(request, form)))
        except InvalidPack as invalid:
            errors = [str(error) for error in invalid.errors]
    own = UploadedPack.objects.filter(uploaded_by=current_member(request)).defer("files", "plan")
    context |= {"form": form, "errors": errors, "packs": own, "sheets": SHEET_NAMES}
    context["title"] = _("Upload a pack")
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "admin/packs.html", context, status=status)


def _keep(request: HttpRequest, form: PackForm) -> UploadedPack:
    by, files = current_member(request), form.cleaned_data["files"]
    plan = plan_of(pack_of(files), by, publishes=form.publishes)
    name = form.cleaned_data["file"].name
    return keep_pack(files, plan, by=by, name=name, publishes=form.publishes)


def _url(pack: UploadedPack) -> str:
    return reverse("admin:remedies_pack", args=[pack.pk])


@_for_publishers
def uploaded_pack(request: HttpRequest, context: Context, pk: int) -> HttpResponseBase:
    """The plan of a pack. Posted, it is applied, planned again or thrown away."""
    pack = get_object_or_404(UploadedPack, pk=pk, uploaded_by=current_member(request))
    if request.method != "POST":
        return _plan_page(request, context, pack)
    if request.POST.get("action") == "delete":
        pack.delete()
        messages.success(request, _("Thrown away: nothing of it was applied."))
        return HttpResponseRedirect(reverse("admin:remedies_packs"))
    try:
        if request.POST.get("action") == "plan":
            plan_again(pack, publishes=pack.publishes)
            return HttpResponseRedirect(_url(pack))
        return _apply(request, pack)
    except ChangedSincePlan as error:
        plan_again(pack, publishes=pack.publishes)
        message = f"{error} " + _("This is the plan as of now. Look at it, and apply it again.")
        return _plan_page(request, context, pack, message, status=409)
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from error
    except InvalidPack as invalid:
        return _plan_page(request, context, pack, str(invalid), status=409)
    except ServiceError as error:
        return _plan_page(request, context, pack, str(error), status=error.status)


@_for_editors
def sheet(request: HttpRequest, _context: Context, sheet: str) -> HttpResponseBase:
    """A table of what is published, as CSV; `?bom=no` leaves out the mark that spreadsheets need."""
    if sheet not in SHEET_NAMES:
        raise Http404
    lines = csv_lines(sheet, published_documents(sheet), bom=request.GET.get("bom") != "no")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{sheet}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _apply(request: HttpRequest, pack: UploadedPack) -> HttpResponse:
    plan = apply_pack(
        pack,
        by=current_member(request),
        digest=request.POST.get("digest", ""),
        note=request.POST.get("note", ""),
    )
    number = sum(document.acts for document in plan.documents)
    sentence = ngettext("Applied: %(number)d change.", "Applied: %(number)d changes.", number)
    messages.success(request, sentence % {"number": number})
    return HttpResponseRedirect(reverse("admin:remedies_packs"))


def _plan_page(
    request: HttpRequest, context: Context, pack: UploadedPack, message: str = "", status: int = 200
) -> HttpResponse:
    documents = pack.plan["documents"]
    context |= {
        "title": _("What %(name)s changes") % {"name": pack.name},
        "pack": pack,
        "counts": pack.plan["counts"],
        "becomes_drafts": pack.plan["mode"] == "drafts",
        "files": list(_by_file(documents[:_MOST_SHOWN])),
        "more": max(0, len(documents) - _MOST_SHOWN),
        "message": message,
        "note": request.POST.get("note", ""),
    }
    return TemplateResponse(request, "admin/pack_plan.html", context, status=status)


def _by_file(documents: list[Context]) -> Iterator[tuple[str, list[Context]]]:
    for file, group in groupby(documents, key=lambda document: str(document["file"])):
        yield file, [{**document, "differences": _differences(document)} for document in group]


def _differences(document: Context) -> list[Difference]:
    return [
        Difference(change["path"], change["before"], change["after"])
        for change in document["changes"]
    ]
