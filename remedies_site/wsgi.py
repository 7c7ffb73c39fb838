"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from remedies_site import env
from remedies_site.charsets import utf8_only

os.environ["TIME_LIMITS"] = "requests"  # those of remedies_site.env for the database
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remedies_site.settings.base")
_django = get_wsgi_application()

from remedies_site.pagecache.application import PageCache  # noqa: E402  (needs the settings)

application = utf8_only(PageCache(_django, env.page_store_bytes()))
