"""The pages of a remedy and of an entry, their revisions, references and sheets, and the vote."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import current_member, login_required_to_post
from citations.views import references_file
from conditions.models import Condition
from publishing.views import missing_response, redirect_or_404, subject_view
from remedies import selectors
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.pages import sheets
from remedies.pages.entry import EntryPage
from remedies.pages.entry import entry_page as entry_page_of
from remedies.pages.grade import grade_page as grade_page_of
from remedies.pages.remedy import remedy_page as remedy_page_of
from remedies.services import vote_on_entry
from remedies_site.exceptions import InvalidInput, ServiceError
from remedies_site.markup import plain_text
from remedies_site.responses import error_response, redirect_after_post
from remedies_site.voting import WrongValue, honest_range, parse_value

_REMEDY_SORTS = ("name", "evidence")


def no_entry(request: HttpRequest, *, remedy: str, condition: str) -> HttpResponse:
    """No entry has this URL: it moved, or nobody has reviewed the pair yet. Raises Http404."""
    known_remedy = Remedy.objects.filter(slug=remedy).first()
    known_condition = Condition.objects.filter(slug=condition).first()
    if known_remedy is None or known_condition is None:
        return redirect_or_404(request)
    pair = RemedyConditionEntry(remedy=known_remedy, condition=known_condition)
    return missing_response(request, pair)


_PAIR = ("remedy", "condition")


@require_safe
@subject_view(selectors.find_remedy, "slug", drafts=True)
def remedy_page(request: HttpRequest, remedy: Remedy, *, draft: bool) -> HttpResponse:
    """A remedy's overview."""
    page = remedy_page_of(remedy, draft=draft)
    sort = request.GET.get("sort")
    return render(
        request,
        "remedies/remedy_detail.html",
        {"page": page, "sort": sort if sort in _REMEDY_SORTS else "evidence"},
    )


@require_safe
@subject_view(selectors.find_remedy, "slug")
def remedy_references(request: HttpRequest, remedy: Remedy, *, ending: str) -> HttpResponse:
    """What the overview cites, as a file."""
    return references_file(remedy_page_of(remedy).references, ending, remedy.slug)


@require_safe
@subject_view(selectors.find_remedy, "slug")
def remedy_revision(request: HttpRequest, remedy: Remedy, *, number: int) -> HttpResponse:
    """A remedy as it was published at one time."""
    revision = get_object_or_404(RemedyRevision, remedy=remedy, number=number)
    page = remedy_page_of(remedy, revision=revision)
    return render(
        request,
        "remedies/remedy_detail.html",
        {"page": page, "sort": "evidence", "old_revision": revision},
    )


@require_safe
@subject_view(selectors.find_entry, *_PAIR, drafts=True, not_found=no_entry)
def entry_page(request: HttpRequest, entry: RemedyConditionEntry, *, draft: bool) -> HttpResponse:
    """A remedy with one condition open; `?print=` gives one of its sheets."""
    page = entry_page_of(entry, draft=draft)
    if (kind := request.GET.get("print")) in sheets.KINDS:
        return _sheet(request, page, kind)
    return render(request, "remedies/entry_detail.html", {"page": page})


@require_safe
@subject_view(selectors.find_entry, *_PAIR, drafts=True, not_found=no_entry)
def entry_grade(request: HttpRequest, entry: RemedyConditionEntry, *, draft: bool) -> HttpResponse:
    """Why the entry has its grade: every step, and every input."""
    page = grade_page_of(entry, draft=draft)
    return render(request, "remedies/entry_grade.html", {"page": page})


@require_safe
@subject_view(selectors.find_entry, *_PAIR, not_found=no_entry)
def entry_references(
    request: HttpRequest, entry: RemedyConditionEntry, *, ending: str
) -> HttpResponse:
    """What the page cites, as a file."""
    name = f"{entry.remedy.slug}-{entry.condition.slug}"
    return references_file(entry_page_of(entry).references, ending, name)


@require_safe
@subject_view(selectors.find_entry, *_PAIR, not_found=no_entry)
def entry_revision(
    request: HttpRequest, entry: RemedyConditionEntry, *, number: int
) -> HttpResponse:
    """An entry as it was published at one time, with today's remedy and condition parts."""
    revision = get_object_or_404(EntryRevision, entry=entry, number=number)
    page = entry_page_of(entry, revision=revision)
    return render(request, "remedies/entry_detail.html", {"page": page, "old_revision": revision})


@login_required_to_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(selectors.find_entry, *_PAIR, not_found=no_entry)
def vote(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """Say whether it helped, or take that back."""
    if request.method != "POST":  # who had to log in first comes back with GET
        return redirect_after_post(f"{entry.get_absolute_url()}#votes", status=302)
    member = current_member(request)
    context: dict[str, Any] = {"entry": entry, "member": member}
    try:
        value = parse_value(request.POST.get("value"))
        consent = request.POST.get("consent") == "1"
        vote_on_entry(entry, by=member, value=value, consent=consent)
    except WrongValue:
        error = InvalidInput(_("A vote is up, down or taken back."))
        return error_response(request, error, "remedies/vote_form.html", context)
    except ServiceError as error:
        return error_response(request, error, "remedies/vote_form.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        announce = _("Your vote is counted.") if value else _("Your vote was taken back.")
        fresh = {
            "my_vote": value,
            "range": honest_range(entry.up_count, entry.down_count),
            "announce": announce,
        }
        return render(request, "remedies/_votes.html", context | fresh)
    return redirect_after_post(f"{entry.get_absolute_url()}#votes")


def _sheet(request: HttpRequest, page: EntryPage, kind: str) -> HttpResponse:
    """The entry on one side of paper; a draft has no revision to point to."""
    entry, revision = page.entry, None if page.is_draft else page.revision
    address = ""
    if revision is not None:
        slugs = [entry.remedy.slug, entry.condition.slug, revision.number]
        address = f"{settings.SITE_URL}{reverse('entry_revision', args=slugs)}"
    sheet = sheets.sheet(
        kind,
        page.part,
        remedy=page.remedy_name,
        condition=page.condition_name,
        references=page.references,
        address=address,
    )
    verdict = plain_text(page.part.document.verdict)
    context = {"page": page, "sheet": sheet, "verdict": verdict, "revision": revision}
    return render(request, f"remedies/sheet_{kind}.html", context)
