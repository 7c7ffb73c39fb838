"""The pages of a remedy and of an entry, their revisions, references and sheets, and the vote."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import current_member, current_member_or_none, login_required_for_post
from citations.views import references_file
from conditions.models import Condition
from publishing.history.selectors import version_links
from publishing.redirects import merged_path
from publishing.views import missing_response, redirect_or_404, renamed_response, subject_view
from remedies import selectors
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.pages.entry import EntryPage, entry_page
from remedies.pages.grade import grade_page
from remedies.pages.remedy import remedy_page
from remedies.pages.sheets import KINDS, compose_sheet
from remedies.pages.typed import ENTRY_TEMPLATE, REMEDY_TEMPLATE
from remedies.pages.votes import VoteState, vote_state_of
from remedies.services import vote_on_entry
from remedies_site.exceptions import InvalidInput, ServiceError
from remedies_site.markup import plain_text
from remedies_site.pagecache.kept_rows import kept_row
from remedies_site.pagecache.live_parts import render_kept, render_with_live_parts
from remedies_site.pagecache.shown import entry_parts, remedy_parts, remedy_votes
from remedies_site.responses import error_response, redirect_after_post
from remedies_site.voting import InvalidVote, parse_value

_REMEDY_SORTS = ("name", "evidence")
_ENTRY_SLUGS = ("remedy", "condition")


def entry_not_found(request: HttpRequest, *, remedy: str, condition: str) -> HttpResponse:
    """The response where no entry has this URL: 301 where it moved, else 404.

    Where both parts are published, the 404 says that the entry was never reviewed. Raises Http404.
    """
    remedy_row = Remedy.objects.filter(slug=remedy).first()
    condition_row = Condition.objects.filter(slug=condition).first()
    if remedy_row is None or condition_row is None:
        return redirect_or_404(request)
    if merged_path(request.path) is not None:  # its condition was merged into another one
        return redirect_or_404(request)
    unsaved = RemedyConditionEntry(remedy=remedy_row, condition=condition_row)
    renamed = renamed_response(request, (remedy_row, condition_row))
    return renamed or missing_response(request, unsaved)


@require_safe
@subject_view(selectors.find_remedy, "slug", drafts=True)
def remedy_detail(request: HttpRequest, remedy: Remedy, *, draft: bool) -> HttpResponse:
    """A remedy's overview."""
    sort = request.GET.get("sort")
    sort = sort if sort in _REMEDY_SORTS else "evidence"
    live = {"remedy": remedy}
    if draft:
        context = {"page": remedy_page(remedy, draft=True), "sort": sort}
        return render_with_live_parts(request, REMEDY_TEMPLATE, context, live=live)
    return render_kept(
        request,
        REMEDY_TEMPLATE,
        lambda: {"page": remedy_page(remedy), "sort": sort},
        live=live,
        parts=remedy_parts(remedy.pk),
        variant=sort,
    )


@require_safe
@subject_view(selectors.find_remedy, "slug")
def remedy_references(request: HttpRequest, remedy: Remedy, *, ending: str) -> HttpResponse:
    """The references of the overview as a file; `ending` names the format."""
    return references_file(remedy_page(remedy).references, ending, remedy.slug)


@require_safe
@subject_view(selectors.find_remedy, "slug")
def remedy_revision(request: HttpRequest, remedy: Remedy, *, number: int) -> HttpResponse:
    """An old revision of a remedy."""
    revision = get_object_or_404(RemedyRevision, remedy=remedy, number=number)
    page = remedy_page(remedy, revision=revision)
    versions = version_links(page.remedy, number)
    context = {"page": page, "sort": "evidence", "old_revision": revision, "versions": versions}
    return render_with_live_parts(request, REMEDY_TEMPLATE, context, live={"remedy": remedy})


def _kept_entry(
    request: HttpRequest, *, remedy: str, condition: str
) -> RemedyConditionEntry | None:
    """The entry as its page shows it; nobody may change it."""
    return kept_row(
        request,
        lambda: selectors.find_entry(remedy, condition),
        parts=lambda entry: entry_parts(entry.pk, entry.remedy_id),
        shows=lambda entry: [remedy_votes(entry.remedy_id)],
    )


@require_safe
@subject_view(_kept_entry, *_ENTRY_SLUGS, drafts=True, by_request=True, not_found=entry_not_found)
def entry_detail(request: HttpRequest, entry: RemedyConditionEntry, *, draft: bool) -> HttpResponse:
    """An entry's page; `?print=clinician` and `?print=patient` give its sheets."""
    if (kind := request.GET.get("print")) in KINDS:
        return _sheet_response(request, entry_page(entry, draft=draft), kind)
    live = _live_values(request, entry)
    if draft:
        context = {"page": entry_page(entry, draft=True)}
        return render_with_live_parts(request, ENTRY_TEMPLATE, context, live=live)
    return render_kept(
        request,
        ENTRY_TEMPLATE,
        lambda: {"page": entry_page(entry)},
        live=live,
        parts=entry_parts(entry.pk, entry.remedy_id),
    )


@require_safe
@subject_view(selectors.find_entry, *_ENTRY_SLUGS, drafts=True, not_found=entry_not_found)
def entry_grade(request: HttpRequest, entry: RemedyConditionEntry, *, draft: bool) -> HttpResponse:
    """The entry's grade: every step of the rule, and every input."""
    page = grade_page(entry, draft=draft)
    return render(request, "remedies/pages/entry_grade.html", {"page": page})


@require_safe
@subject_view(selectors.find_entry, *_ENTRY_SLUGS, not_found=entry_not_found)
def entry_references(
    request: HttpRequest, entry: RemedyConditionEntry, *, ending: str
) -> HttpResponse:
    """The references of the page as a file; `ending` names the format."""
    name = f"{entry.remedy.slug}-{entry.condition.slug}"
    return references_file(entry_page(entry).references, ending, name)


@require_safe
@subject_view(selectors.find_entry, *_ENTRY_SLUGS, not_found=entry_not_found)
def entry_revision(
    request: HttpRequest, entry: RemedyConditionEntry, *, number: int
) -> HttpResponse:
    """An old revision of an entry, with today's remedy and condition."""
    revision = get_object_or_404(EntryRevision, entry=entry, number=number)
    page = entry_page(entry, revision=revision)
    versions = version_links(page.entry, number)
    context = {"page": page, "old_revision": revision, "versions": versions}
    live = _live_values(request, entry)
    return render_with_live_parts(request, ENTRY_TEMPLATE, context, live=live)


def _live_values(request: HttpRequest, entry: RemedyConditionEntry) -> dict[str, object]:
    """What the live parts of an entry's page read."""
    vote = vote_state_of(entry, current_member_or_none(request))
    return {"entry": entry, "remedy": entry.remedy, "vote": vote}


@login_required_for_post
@require_http_methods(["GET", "HEAD", "POST"])
@subject_view(selectors.find_entry, *_ENTRY_SLUGS, not_found=entry_not_found)
def entry_vote(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse:
    """Vote on an entry, or take the vote back. htmx gets the part alone, others a redirect."""
    if request.method != "POST":  # after a log-in the browser comes back with GET
        return redirect_after_post(f"{entry.get_absolute_url()}#votes", status=302)
    member = current_member(request)
    context: dict[str, object] = {"entry": entry, "member": member}
    try:
        value = parse_value(request.POST.get("value"))
        consent = request.POST.get("consent") == "1"
        vote_on_entry(entry, by=member, value=value, consent=consent)
    except InvalidVote:
        error = InvalidInput(_("A vote is up, down or taken back."))
        return error_response(request, error, "remedies/pages/vote_form.html", context)
    except ServiceError as error:
        return error_response(request, error, "remedies/pages/vote_form.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        context = {
            "vote": VoteState(entry, member, value),
            "announce": _("Your vote is counted.") if value else _("Your vote was taken back."),
        }
        return render(request, "remedies/pages/_votes.html", context)
    place = "vote-line" if request.POST.get("place") == "vote-line" else "votes"
    return redirect_after_post(f"{entry.get_absolute_url()}#{place}")


def _sheet_response(request: HttpRequest, page: EntryPage, kind: str) -> HttpResponse:
    """The entry on one sheet of paper; a draft has no revision to link to."""
    entry, revision = page.entry, None if page.is_draft else page.revision
    url = ""
    if revision is not None:
        arguments = [entry.remedy.slug, entry.condition.slug, revision.number]
        url = f"{settings.SITE_URL}{reverse('entry_revision', args=arguments)}"
    sheet = compose_sheet(
        kind,
        page.part,
        remedy=page.remedy_name,
        condition=page.condition_name,
        references=page.references,
        url=url,
    )
    verdict = plain_text(page.part.document.verdict)
    context = {"page": page, "sheet": sheet, "verdict": verdict, "revision": revision}
    return render(request, f"remedies/pages/sheet_{kind}.html", context)
