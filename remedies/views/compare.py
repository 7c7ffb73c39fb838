"""Two to four remedies for one condition, side by side; and the form that chooses them."""

import re
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conditions.models import Condition
from conditions.selectors import find_condition
from conditions.views import moved_or_404, unseen
from remedies.comparing import compare_page
from remedies.models import Remedy
from remedies_site.answers import refused
from remedies_site.documents import SLUG
from remedies_site.refusals import BadInput

FEWEST, MOST = 2, 4


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """The comparison that `?r=…&r=…` asks for; without any, the form to choose with."""
    condition = find_condition(slug)
    if condition is None:
        return moved_or_404(request)
    if answer := unseen(request, condition):
        return answer
    wanted = request.GET.getlist("r")
    if not wanted:
        return render(request, "remedies/compare_choose.html", _choice(condition, []))
    remedies = _published(wanted)
    try:
        _check(wanted, remedies)
    except BadInput as refusal:
        context = _choice(condition, remedies)
        return refused(request, refusal, "remedies/compare_choose.html", context)
    return render(request, "remedies/compare.html", {"page": compare_page(condition, remedies)})


def _published(wanted: Sequence[str]) -> list[Remedy]:
    """Those of the wanted remedies that readers may see, in the order they were named, each once."""
    slugs = [slug for slug in dict.fromkeys(wanted) if len(slug) <= 80 and _is_slug(slug)][:50]
    found = Remedy.objects.published().filter(slug__in=slugs).select_related("current_revision")
    by_slug = {remedy.slug: remedy for remedy in found}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def _is_slug(text: str) -> bool:
    return re.fullmatch(SLUG.pattern, text) is not None


def _check(wanted: Sequence[str], remedies: Sequence[Remedy]) -> None:
    """Raise BadInput, with what to mend, unless two to four remedies were named once each."""
    if len(set(wanted)) < len(wanted):
        raise BadInput(_("One remedy was named twice. Tick each remedy once."))
    if len(wanted) < FEWEST:
        raise BadInput(_("Only one remedy was ticked. Tick two, three or four."))
    if len(wanted) > MOST:
        raise BadInput(_("More than four remedies were ticked. Tick two, three or four."))
    if len(remedies) < len(wanted):
        raise BadInput(_("We have no page on one of these remedies. Tick two, three or four."))


def _choice(condition: Condition, chosen: Sequence[Remedy]) -> dict[str, object]:
    """The condition's remedies from A to Z, and what was chosen beyond them."""
    entries = condition.entries.published().with_names().order_by("remedy__sort_key", "pk")
    remedies = [entry.remedy for entry in entries]
    known = {remedy.pk for remedy in remedies}
    remedies += [remedy for remedy in chosen if remedy.pk not in known]
    return {
        "condition": condition,
        "remedies": remedies,
        "chosen": {remedy.pk for remedy in chosen},
    }
