"""Settings of the tests: fast password hashes, mail in memory, unhashed static files."""

import os
import tempfile

if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="remedies-test-")
os.environ.setdefault("SECRET_KEY", "for tests only, never for a site: 0123456789abcdef")
os.environ.pop("LANGUAGE", None)

from remedies_site.settings.base import *  # noqa: F403
from remedies_site.settings.base import DATABASES, STORAGES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file: in memory, threads of a concurrency test fail with "table is locked".
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

LOOKUP_TEST_HOSTS = ["127.0.0.1"]

# Their pages are tested at the address of the tests, too, to which no browser would bind a key.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
