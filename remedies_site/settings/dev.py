"""Settings of `make dev`: debug pages and unhashed static files."""

from remedies_site.settings.base import *  # noqa: F403
from remedies_site.settings.base import EMAIL_DELIVERY_BACKEND, STORAGES

DEBUG = True
EMAIL_BACKEND = EMAIL_DELIVERY_BACKEND  # runserver has no worker
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
