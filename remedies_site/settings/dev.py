"""For `make dev`: debug pages, static files as they lie, nothing else different."""

from remedies_site.settings.base import *  # noqa: F403
from remedies_site.settings.base import STORAGES

DEBUG = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
