"""Pages without content of the database: those about the site, robots.txt, favicon.ico."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from remedies_site.criteria import FRAMES


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who runs the site, who funds it, and how its content is made."""
    return render(
        request,
        "about/about.html",
        {
            "operator": settings.SITE_OPERATOR,
            "contact": settings.SITE_CONTACT,
            "funding": settings.SITE_FUNDING,
        },
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy page: which personal data is stored."""
    return render(request, "about/privacy.html", {"contact": settings.SITE_CONTACT})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of discussion."""
    return render(request, "about/rules.html", {"contact": settings.SITE_CONTACT})


@require_safe
def editorial_policy(request: HttpRequest) -> HttpResponse:
    """How a page comes to be, is kept true, and is corrected."""
    context = {"two_people": settings.REVIEW == "two"}
    return render(request, "about/editorial.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is done so that everybody can use the site, what is not, and whom to write to."""
    context = {"audit": settings.ACCESSIBILITY_AUDIT, "contact": settings.SITE_CONTACT}
    return render(request, "about/accessibility.html", context)


@require_safe
def data_licence(request: HttpRequest) -> HttpResponse:
    """Who may use what of the site, as far as the operator states it."""
    context = {
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
        "contact": settings.SITE_CONTACT,
    }
    return render(request, "about/licence.html", context)


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Where somebody in danger finds help. No country is guessed."""
    return render(request, "about/help.html", {"helplines": settings.HELPLINES})


@require_safe
def criteria(request: HttpRequest) -> HttpResponse:
    """Which criteria for health sites are met, and where."""
    return render(request, "about/criteria.html", {"frames": FRAMES})


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the icon is, for clients that look for it without reading a page."""
    return redirect(static("img/favicon.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read everything but search results and the admin."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('search')}",
        f"Disallow: {reverse('admin:index')}",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
