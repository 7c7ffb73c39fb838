"""What programs look for at places that are the same on every site: RFC 8615, RFC 9116, OpenSearch 1.1."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from remedies_site.contact_uri import contact_uri

SECURITY_TXT_DAYS = 180
"""How long a copy of security.txt is good for; RFC 9116 advises less than a year."""
_LONGEST_SHORT_NAME = 16
"""Characters of a ShortName in OpenSearch."""


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). Raises Http404 where the operator names no address."""
    contact = contact_uri(settings.SECURITY_CONTACT) or contact_uri(settings.SITE_CONTACT)
    if not contact:
        raise Http404
    day = timezone.now().astimezone(UTC).date() + timedelta(days=SECURITY_TXT_DAYS)
    expires = datetime.combine(day, time.min, tzinfo=UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE}",
        f"Canonical: {settings.SITE_URL}{request.path}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers send their users."""
    return redirect("account_change_password")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The search of the site for the address bars of browsers."""
    search = f"{settings.SITE_URL}{reverse('search')}?q={{searchTerms}}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(settings.SITE_NAME[:_LONGEST_SHORT_NAME].strip())}</ShortName>",
        f"<Description>{escape(_('Search %(site)s') % {'site': settings.SITE_NAME})}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f"<Language>{settings.LANGUAGE_CODE}</Language>",
        f'<Url type="text/html" template="{escape(search)}"/>',
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{escape(settings.SITE_URL + request.path)}"/>',
        "</OpenSearchDescription>",
        "",
    ]
    media_type = "application/opensearchdescription+xml; charset=utf-8"
    return HttpResponse("\n".join(lines), content_type=media_type)
