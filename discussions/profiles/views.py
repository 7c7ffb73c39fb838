"""The page of a member: name, role, when they joined, and what they chose to show."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.decorators import current_member_or_none
from discussions.profiles.selectors import find_member, listed_comments, readable_comments
from remedies_site.key_pages import read_position


@require_safe
@never_cache  # what a member takes back is gone with the next request
def profile(request: HttpRequest, name: str) -> HttpResponse:
    """The profile of an active member, for no search engine; a redirect where the case of the name differs.

    A former name is 404 as an unknown one is: a redirect would tell who it was.
    """
    member = find_member(name)
    if member is None:
        raise Http404
    if member.name != name:
        return redirect(
            "member", member.name
        )  # not permanent: the member may change the case again
    context = {
        "member": member,
        "count": readable_comments(member).count(),
        "page": listed_comments(member, read_position(request.GET)),
        "is_own": current_member_or_none(request) == member,
    }
    response = render(request, "discussions/profiles/profile.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
