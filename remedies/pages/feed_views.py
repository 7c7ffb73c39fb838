"""Feeds of what changed editorially, as Atom: the site, a remedy, a condition."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conditions.models import Condition
from conditions.selectors import find_condition
from publishing.models import Kind
from publishing.views import subject_view
from remedies.models import Remedy
from remedies.pages.feeds import atom_feed, newest_revisions
from remedies.selectors import find_remedy


@require_safe
def updates_feed(request: HttpRequest) -> HttpResponse:
    """The newest revisions of all pages."""
    title = _("%(site)s: new and changed pages") % {"site": settings.SITE_NAME}
    return _atom_response(request, None, title, reverse("home"))


@require_safe
def corrections_feed(request: HttpRequest) -> HttpResponse:
    """The newest corrections of all pages, each with a link to what it changed."""
    feed = atom_feed(
        newest_revisions(kinds=(Kind.CORRECTION,)),
        title=_("%(site)s: corrections") % {"site": settings.SITE_NAME},
        page_path=reverse("recently_corrected"),
        feed_path=request.path,
        to_differences=True,
    )
    return HttpResponse(feed, content_type=Atom1Feed.content_type)


@require_safe
@subject_view(find_remedy, "slug")
def remedy_feed(request: HttpRequest, remedy: Remedy) -> HttpResponse:
    """The newest revisions of a remedy and of its uses."""
    return _atom_response(request, remedy, _title_of(remedy), remedy.get_absolute_url())


@require_safe
@subject_view(find_condition, "slug")
def condition_feed(request: HttpRequest, condition: Condition) -> HttpResponse:
    """The newest revisions of a condition and of the remedies for it."""
    return _atom_response(request, condition, _title_of(condition), condition.get_absolute_url())


def _title_of(subject: Remedy | Condition) -> str:
    return _("%(name)s: new and changed pages") % {"name": subject.shown_name}


def _atom_response(
    request: HttpRequest, about: Remedy | Condition | None, title: str, page_path: str
) -> HttpResponse:
    items = newest_revisions(about)
    feed = atom_feed(items, title=title, page_path=page_path, feed_path=request.path)
    return HttpResponse(feed, content_type=Atom1Feed.content_type)
