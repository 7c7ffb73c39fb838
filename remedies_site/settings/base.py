"""Production settings, from environment variables; `dev` and `test` only relax them.

`make run` uses this module too, so that what runs locally is what runs in production.
"""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.conf.global_settings import LANGUAGES as DJANGO_LANGUAGES

from remedies_site import env
from remedies_site.settings.community import *  # noqa: F403
from remedies_site.settings.factors import *  # noqa: F403
from remedies_site.settings.factors import factor_types
from remedies_site.settings.keys import *  # noqa: F403
from remedies_site.settings.monitoring import *  # noqa: F403
from remedies_site.settings.open_data import *  # noqa: F403
from remedies_site.settings.sharing import *  # noqa: F403
from remedies_site.settings.sharing import REPLICAS

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.private_folder(Path(env.text("VAR_DIR", str(BASE_DIR / "var"))))

# Statements of the operator ---------------------------------------------------------------------
SITE_URL = env.site_url("http://127.0.0.1:8000")
WORDMARK_NAME = "Plain Remedies"  # the name that scripts/identity.py has drawn letters for
SITE_NAME = env.text("SITE_NAME", WORDMARK_NAME)
SITE_OPERATOR = env.text("SITE_OPERATOR")
SITE_CONTACT = env.text("SITE_CONTACT")
SITE_FUNDING = env.text("SITE_FUNDING")
EMERGENCY_NUMBER = env.text("EMERGENCY_NUMBER")
HELPLINES = env.text_list("HELPLINES", [])
ACCESSIBILITY_AUDIT = env.text("ACCESSIBILITY_AUDIT")
REVIEW = env.choice("REVIEW", ("one", "two"), "one")
PRODUCTS = env.switch("PRODUCTS", default=False)

CROSSREF_URL = (
    "https://api.crossref.org"  # for editors; only tests use other hosts, on this machine
)
PUBMED_URL = "https://eutils.ncbi.nlm.nih.gov"
LOOKUP_TEST_HOSTS: list[str] = []

_site = urlsplit(SITE_URL)
IS_HTTPS = _site.scheme == "https"
IS_LOOPBACK = _site.hostname in env.LOOPBACK

# Security ---------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env.secret_key(VAR_DIR)
ALLOWED_HOSTS = env.text_list(
    "ALLOWED_HOSTS",
    ["127.0.0.1", "localhost", "[::1]"] if IS_LOOPBACK else [str(_site.hostname)],
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = IS_HTTPS
# A program is told to ask on https, and not led on: api/views.py refuses plain http.
SECURE_REDIRECT_EXEMPT = [r"^api/v1/"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
TRUSTED_PROXIES = env.trusted_proxies()
# Only what a trusted proxy says is left of this header: remedies_site/proxies.py.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
SESSION_COOKIE_AGE = 30 * 24 * 3600  # seconds without a log-in; what is used is not prolonged
MEMBER_SESSION_SECONDS = 30 * 24 * 3600
SESSION_IDLE_DAYS = 14  # without a request; a session of staff is over long before
STAFF_SESSION_SECONDS = 12 * 3600
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
MESSAGE_STORAGE = "remedies_site.messages.MessageStorage"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "report-uri": "/browser-reports/",
        "report-to": "site",
    },
}

# Application ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    # Pages and commands for those who build the site: a site in production has none of them.
    *(["workbench"] if env.switch("WORKBENCH", default=not IS_HTTPS) else []),
    "api",
    "search",
    "discussions",
    "remedies",
    "conditions",
    "publishing",
    "citations",
    "accounts",
    "remedies_site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "markdownx",
    "remedies_site.editing.apps.EditorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]
MIDDLEWARE = [
    "remedies_site.proxies.believe_trusted_proxies",
    "remedies_site.health.believe_probes",
    "remedies_site.monitoring.request_ids.name_requests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "remedies_site.middleware.static_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "remedies_site.compression.CompressionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # no tag for what `cache_headers` lets nobody keep
    "remedies_site.middleware.cache_headers",
    "remedies_site.middleware.not_too_large",
    "remedies_site.unavailable.UnavailableMiddleware",
    "remedies_site.replica.admission.ReplicaMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.events.log_refusals",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.sessions",
    "accounts.middleware.staff_rights",
    "accounts.middleware.InvalidFormStatusMiddleware",
    "accounts.middleware.PageLimitsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "remedies_site.kept_text.carry_text",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "remedies_site.paths.redirect_untidy_paths",
    "remedies_site.middleware.allowed_methods",
]
ROOT_URLCONF = "remedies_site.urls"
WSGI_APPLICATION = "remedies_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": ["remedies_site.template_loaders.Loader"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "remedies_site.context_processors.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data -------------------------------------------------------------------------------------------
DATABASES = {"default": env.database(f"sqlite:///{VAR_DIR / 'db.sqlite3'}"), **REPLICAS}
STATEMENT_SECONDS = env.statement_seconds()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache()}
for _name, _value in env.email(VAR_DIR / "mail").items():
    globals()[_name] = _value
EDITORIAL_PART_BYTES = env.page_store_bytes() // 4  # half of PAGE_STORE_MB is for whole pages
TALK_STORE_BYTES = COMMENT_STORE_BYTES = env.page_store_bytes() // 8
# Requests write mails into the outbox; a worker hands them to the backend that EMAIL_URL names.
EMAIL_DELIVERY_BACKEND = globals()["EMAIL_BACKEND"]
EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
EMAIL_TIMEOUT = 10  # seconds for each step of a connection to the mail server
BACKGROUND_WORKER = "accounts.worker.run_worker"  # a function of a threading.Event that ends it
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "FROM_EMAIL", f"noreply@{'localhost' if IS_LOOPBACK else _site.hostname}"
)

# People -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.NameOrEmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "accounts.passwords.LeakedPasswordValidator"},
    {"NAME": "accounts.passwords.ContextWordsValidator"},
]
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "remedies_site.errors.csrf_failure"
LOGIN_REDIRECT_URL = "/"
SIGNUP = env.choice("SIGNUP", ("open", "invite", "closed"), "open")
RATE_LIMITS = env.switch("RATE_LIMITS", default=True)
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # the mailed link lets the owner in while guessers wait
ACCOUNT_RATE_LIMITS = False  # ours are exact over processes, and nobody can push them out
STAFF_MFA = env.switch("STAFF_MFA", default=IS_HTTPS)
MFA_SUPPORTED_TYPES = factor_types(_site)

# Language and time ------------------------------------------------------------------------------
LANGUAGES = DJANGO_LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_CODE = env.language(
    {code for code, _label in DJANGO_LANGUAGES},
    "en",
    translated={"en", *(path.name for path in LOCALE_PATHS[0].glob("[a-z]*"))},
)
FORMAT_MODULE_PATH = ["remedies_site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.time_zone("UTC")

# Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "remedies_site.staticbundle.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}

# Editors' Markdown: the preview uses the renderer of the pages, for staff; there is no upload URL -
MARKDOWNX_MARKDOWNIFY_FUNCTION = "citations.preview.preview_markdown"
MARKDOWNX_URLS_PATH = "/admin/markdown-preview/"
MARKDOWNX_UPLOAD_URLS_PATH = ""
CONTENT_PACK = BASE_DIR / "fixtures"
CITED_WORKS = "search.citing.cited_works"  # a function: the cited works counted by study type
CITING_PAGES = "search.citing.citing_pages"  # a function of (key): the pages that cite a work

# Limits on what a client may send ---------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # an entry with 250 rows of evidence
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # an entry with about a thousand rows in the admin
FILE_UPLOAD_HANDLERS = ["remedies_site.uploads.RefuseUploads"]

# Browsers' built-in lists bind a whole domain for years: the operator's act, at the list's own site.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
