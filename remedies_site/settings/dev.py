"""Settings of `make dev`: debug pages and unhashed static files."""

from remedies_site.settings.base import *  # noqa: F403
from remedies_site.settings.base import STORAGES

DEBUG = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
