"""Settings of the site as tests of log-in limits serve it: passwords that are looked at are noted."""

from remedies_site.settings.test import *  # noqa: F403
from remedies_site.settings.test import VAR_DIR

PASSWORD_HASHERS = ["tests.counting_hasher.CountingHasher"]
EMAIL_BACKEND = EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
