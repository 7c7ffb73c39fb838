"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from remedies_site import env
from remedies_site.charsets import utf8_only
from remedies_site.pagecache.application import PageCache

os.environ["TIME_LIMITS"] = "requests"  # those of remedies_site.env for the database
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remedies_site.settings.base")
application = utf8_only(PageCache(get_wsgi_application(), env.page_store_bytes() // 2))
