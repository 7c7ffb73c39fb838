"""Pages that stand for themselves: about, privacy, rules, robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this, who pays, and how the content is made."""
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
    """What is stored about whom."""
    return render(request, "about/privacy.html", {"contact": settings.SITE_CONTACT})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of discussion."""
    return render(request, "about/rules.html", {"contact": settings.SITE_CONTACT})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything that readers see may be read by machines too, except search results."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('search')}",
        f"Disallow: {reverse('admin:index')}",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
