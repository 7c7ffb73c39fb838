"""A bare project with admin and allauth, behind the site's own server: what starting is compared with.

    python -m scripts.bench.bare_project PORT FILE

FILE is its SQLite database; with PORT 0 its tables are made and nothing is served.
"""

import logging
import sys

from django.conf import settings

from remedies_site.server import serve

THREADS = 8


def configure(database: str) -> None:
    """The settings that both packages ask for, and no others."""
    apps = ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
    processors = (
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    )
    settings.configure(
        SECRET_KEY="for measuring only",  # noqa: S106  nobody logs in
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="scripts.bench.bare_urls",
        STATIC_URL="/static/",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            *(f"django.contrib.{app}" for app in apps),
            "allauth",
            "allauth.account",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": list(processors)},
            }
        ],
    )


def main(port: int, database: str) -> int:
    """Serve until SIGTERM, or make the tables."""
    configure(database)
    if port == 0:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return 0
    from django.core.wsgi import get_wsgi_application

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # as ours
    return serve(get_wsgi_application(), host="127.0.0.1", port=port, threads=THREADS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2]))
