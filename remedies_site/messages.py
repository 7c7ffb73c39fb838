"""Where messages wait for the next page: in a cookie of this host alone, longer ones in the session."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    """Django's cookie, signed by Django, under a name that browsers tie to https and to this host."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        """`__Host-messages`; on plain http, which is for one machine alone, without the prefix."""
        return "__Host-messages" if settings.IS_HTTPS else "messages"


class MessageStorage(FallbackStorage):
    """Django's usual order of storages, with that cookie."""

    storage_classes = (HostCookieStorage, SessionStorage)
