"""Pages of remedies and entries, home and search."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.members import login_to_post, member_of
from citations.views import references_file
from conditions.models import Condition
from conditions.views import moved_or_404
from remedies import selectors
from remedies.evidence.method import method
from remedies.models import EntryRevision, Remedy, RemedyConditionEntry, RemedyRevision
from remedies.services import vote_on_entry
from remedies_site.answers import refused, see_other
from remedies_site.errors import gone
from remedies_site.publishing import tells_unfinished_drafts, wants_draft
from remedies_site.refusals import BadInput, Refused
from remedies_site.revisions import Subject
from remedies_site.voting import WrongValue, honest_range, parse_value

_SORTS = ("name", "evidence")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, conditions, remedies, what was published last."""
    context = {
        "conditions": list(Condition.objects.published().order_by("sort_key")),
        "remedies": list(Remedy.objects.published().order_by("sort_key")),
        "recent": selectors.recently_published(),
    }
    return render(request, "home.html", context)


@require_safe
def remedy_list(request: HttpRequest) -> HttpResponse:
    """All published remedies from A to Z."""
    remedies = Remedy.objects.published().order_by("sort_key")
    return render(request, "remedies/remedy_list.html", {"remedies": list(remedies)})


@require_safe
@tells_unfinished_drafts
def remedy_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A remedy's overview."""
    remedy = selectors.find_remedy(slug)
    if remedy is None:
        return moved_or_404(request)
    draft = wants_draft(request, remedy)
    if not draft and (answer := remedy_unseen(request, remedy)):
        return answer
    page = selectors.remedy_page(remedy, draft=draft)
    sort = request.GET.get("sort")
    return render(
        request,
        "remedies/remedy_detail.html",
        {"page": page, "sort": sort if sort in _SORTS else "evidence"},
    )


@require_safe
def remedy_references(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the overview cites, as a file."""
    remedy = selectors.find_remedy(slug)
    if remedy is None:
        return moved_or_404(request)
    if answer := remedy_unseen(request, remedy):
        return answer
    return references_file(selectors.remedy_page(remedy).references, ending, remedy.slug)


@require_safe
def remedy_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A remedy as it was published at one time."""
    remedy = selectors.find_remedy(slug)
    if remedy is None:
        return moved_or_404(request)
    if answer := remedy_unseen(request, remedy):
        return answer
    revision = get_object_or_404(RemedyRevision, remedy=remedy, number=number)
    page = selectors.remedy_page(remedy, revision=revision)
    return render(
        request,
        "remedies/remedy_detail.html",
        {"page": page, "sort": "evidence", "old_revision": revision},
    )


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


@require_safe
def grading(request: HttpRequest) -> HttpResponse:
    """How evidence is graded, printed from the constants of the rule."""
    return render(request, "about/grading.html", {"method": method()})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over names and other names. Queries are neither stored nor logged."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    results = selectors.search_names(query)
    return render(request, "search/search.html", {"query": query, "results": results})


def remedy_unseen(request: HttpRequest, remedy: Remedy) -> HttpResponse | None:
    """410 for a withdrawn remedy, 404 for an unpublished one, None where it may be shown."""
    if remedy.withdrawn_at is not None:
        return _gone(request, remedy.shown_name, remedy)
    if not remedy.is_published:
        raise Http404
    return None


def entry_unseen(request: HttpRequest, entry: RemedyConditionEntry) -> HttpResponse | None:
    """As `remedy_unseen`, by all three parts: the entry, its remedy and its condition."""
    parts: tuple[Subject, ...] = (entry, entry.remedy, entry.condition)
    if not all(part.was_published for part in parts):
        return _missing(request, entry.remedy, entry.condition)
    name = _("%(remedy)s for %(condition)s") % {
        "remedy": entry.remedy.shown_name,
        "condition": entry.condition.shown_name,
    }
    for part in parts:
        if part.withdrawn_at is not None:
            return _gone(request, name, part)
    return None


def _gone(request: HttpRequest, name: str, subject: Subject) -> HttpResponse:
    title = _("The page on %(name)s was withdrawn") % {"name": name}
    return gone(request, title=title, reason=subject.withdrawn_reason)


def _no_entry(request: HttpRequest, remedy_slug: str, condition_slug: str) -> HttpResponse:
    """No entry has this address: it moved, or nobody has looked at this pair yet."""
    remedy = Remedy.objects.filter(slug=remedy_slug).first()
    condition = Condition.objects.filter(slug=condition_slug).first()
    if remedy is None or condition is None:
        return moved_or_404(request)
    return _missing(request, remedy, condition)


def _missing(request: HttpRequest, remedy: Remedy, condition: Condition) -> HttpResponse:
    """404 that names the pair where both are public: the same for a draft and for nothing."""
    if not (remedy.is_published and condition.is_published):
        raise Http404
    context = {"remedy": remedy, "condition": condition}
    return render(request, "remedies/entry_missing.html", context, status=404)
