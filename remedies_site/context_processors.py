"""What every page knows of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Name, address and the operator's words; the canonical address of the page at hand."""
    return {
        "site_name": settings.SITE_NAME,
        "name_is_drawn": settings.SITE_NAME == settings.DRAWN_NAME,
        "site_url": settings.SITE_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
        "emergency_number": settings.EMERGENCY_NUMBER,
        "products_on": settings.PRODUCTS,
    }
