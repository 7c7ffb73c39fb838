"""Pages of a remedy for one condition, and the vote on it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.members import login_to_post, member_of
from citations.views import references_file
from conditions.models import Condition
from conditions.views import moved_or_404
from remedies import selectors, sheets
from remedies.models import EntryRevision, Remedy
from remedies.services import vote_on_entry
from remedies.views.unseen import entry_unseen, missing_entry
from remedies_site.answers import refused, see_other
from remedies_site.markup import plain_text
from remedies_site.publishing import tells_unfinished_drafts, wants_draft
from remedies_site.refusals import BadInput, Refused
from remedies_site.voting import WrongValue, honest_range, parse_value


@require_safe
@tells_unfinished_drafts
def entry_page(request: HttpRequest, remedy: str, condition: str) -> HttpResponse:
    """A remedy with one condition open."""
    entry = selectors.find_entry(remedy, condition)
    if entry is None:
        return _no_entry(request, remedy, condition)
    draft = wants_draft(request, entry, entry.remedy, entry.condition)
    if not draft and (answer := entry_unseen(request, entry)):
        return answer
    page = selectors.entry_page(entry, draft=draft)
    if (kind := request.GET.get("print")) in sheets.KINDS:
        return _sheet(request, page, kind)
    return render(request, "remedies/entry_detail.html", {"page": page})


@require_safe
@tells_unfinished_drafts
def entry_grade(request: HttpRequest, remedy: str, condition: str) -> HttpResponse:
    """Why the entry has its grade: every step, and every input."""
    entry = selectors.find_entry(remedy, condition)
    if entry is None:
        return moved_or_404(request)
    draft = wants_draft(request, entry, entry.remedy, entry.condition)
    if not draft and (answer := entry_unseen(request, entry)):
        return answer
    page = selectors.grade_page(entry, draft=draft)
    return render(request, "remedies/entry_grade.html", {"page": page})


@require_safe
def entry_references(
    request: HttpRequest, remedy: str, condition: str, ending: str
) -> HttpResponse:
    """What the page cites, as a file."""
    entry = selectors.find_entry(remedy, condition)
    if entry is None:
        return moved_or_404(request)
    if answer := entry_unseen(request, entry):
        return answer
    name = f"{entry.remedy.slug}-{entry.condition.slug}"
    return references_file(selectors.entry_page(entry).references, ending, name)


@require_safe
def entry_revision(request: HttpRequest, remedy: str, condition: str, number: int) -> HttpResponse:
    """An entry as it was published at one time, with today's remedy and condition parts."""
    entry = selectors.find_entry(remedy, condition)
    if entry is None:
        return moved_or_404(request)
    if answer := entry_unseen(request, entry):
        return answer
    revision = get_object_or_404(EntryRevision, entry=entry, number=number)
    page = selectors.entry_page(entry, revision=revision)
    return render(request, "remedies/entry_detail.html", {"page": page, "old_revision": revision})


@login_to_post
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, remedy: str, condition: str) -> HttpResponse:
    """Say whether it helped, or take that back."""
    entry = selectors.find_entry(remedy, condition)
    if entry is None:
        raise Http404
    if answer := entry_unseen(request, entry):
        return answer
    if request.method != "POST":  # who had to log in first comes back with GET
        return see_other(f"{entry.get_absolute_url()}#votes", status=302)
    member = member_of(request)
    context: dict[str, Any] = {"entry": entry, "member": member}
    try:
        value = parse_value(request.POST.get("value"))
        consent = request.POST.get("consent") == "1"
        vote_on_entry(entry, by=member, value=value, consent=consent)
    except WrongValue:
        refusal = BadInput(_("A vote is up, down or taken back."))
        return refused(request, refusal, "remedies/vote_form.html", context)
    except Refused as refusal:
        return refused(request, refusal, "remedies/vote_form.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        announce = _("Your vote is counted.") if value else _("Your vote was taken back.")
        fresh = {
            "my_vote": value,
            "range": honest_range(entry.up_count, entry.down_count),
            "announce": announce,
        }
        return render(request, "remedies/_votes.html", context | fresh)
    return see_other(f"{entry.get_absolute_url()}#votes")


def _sheet(request: HttpRequest, page: selectors.EntryPage, kind: str) -> HttpResponse:
    """The entry on one side of paper; a draft has no version to point to."""
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


def _no_entry(request: HttpRequest, remedy_slug: str, condition_slug: str) -> HttpResponse:
    """No entry has this address: it moved, or nobody has looked at this pair yet."""
    remedy = Remedy.objects.filter(slug=remedy_slug).first()
    condition = Condition.objects.filter(slug=condition_slug).first()
    if remedy is None or condition is None:
        return moved_or_404(request)
    return missing_entry(request, remedy, condition)
