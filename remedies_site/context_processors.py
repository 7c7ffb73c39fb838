"""Template variables of every page."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The operator's settings that templates show, and the canonical URL of the page."""
    return {
        "site_name": settings.SITE_NAME,
        "has_wordmark": settings.SITE_NAME == settings.WORDMARK_NAME,
        "site_url": settings.SITE_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
        "emergency_number": settings.EMERGENCY_NUMBER,
        "products_on": settings.PRODUCTS,
    }
