"""What operators see of the site: logs, numbers for Prometheus, slow queries, reports of errors."""

from django.core.exceptions import ImproperlyConfigured

from remedies_site import env


def _port(name: str) -> int:
    value = env.text(name, "0")
    if not (value.isascii() and value.isdecimal()) or int(value) > 65_535:
        raise ImproperlyConfigured(f"{name} must be a port from 1 to 65535; it is {value!r}.")
    return int(value)


LOG_FORMAT = env.choice("LOG_FORMAT", ("text", "json"), "text")
METRICS_HOST = env.text("METRICS_HOST", "127.0.0.1")
METRICS_PORT = _port("METRICS_PORT")  # 0: no numbers are served
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 0, least=0)  # 0: none is logged
SENTRY_DSN = env.text("SENTRY_DSN")

# What waits, by the name of the metric: functions without arguments, which return a number from the database.
WAITING_COUNTS = {
    "outgoing_mails": "accounts.outbox.count_waiting_mails",
    "submissions": "publishing.review.submissions.count_waiting_submissions",
    "overdue_reviews": "publishing.selectors.count_overdue_reviews",
    "reported_comments": "discussions.moderation.queue.count_waiting_comments",
    "open_appeals": "discussions.moderation.appeals.count_open_appeals",
    "open_challenges": "discussions.challenges.selectors.count_open_challenges",
}

_formatter = {"text": "line", "json": "json"}[LOG_FORMAT]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "remedies_site.logs.BoundedFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "remedies_site.logs.JsonFormatter"},
    },
    "filters": {"no_traceback": {"()": "remedies_site.logs.NoTraceback"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": _formatter},
        # What Django refuses is an error of a client's: a line is enough.
        "refused": {
            "class": "logging.StreamHandler",
            "formatter": _formatter,
            "filters": ["no_traceback"],
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.security": {"handlers": ["refused"], "level": "INFO", "propagate": False},
        "fido2": {"level": "WARNING"},  # it names the passkey of each log-in
        "waitress.queue": {"level": "ERROR"},  # not a line for each request of a flood
        # No warnings for 4xx: their URLs may hold what somebody searched for.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
