"""Settings of `make dev`: debug pages and unhashed static files."""

from remedies_site.settings.base import *  # noqa: F403
from remedies_site.settings.base import EMAIL_DELIVERY_BACKEND, STORAGES

DEBUG = True
EDITORIAL_PART_BYTES = TALK_STORE_BYTES = COMMENT_STORE_BYTES = (
    0  # templates change while they are looked at
)
EMAIL_BACKEND = EMAIL_DELIVERY_BACKEND  # runserver has no worker
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
