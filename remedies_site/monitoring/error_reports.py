"""Sends errors of ours to a Sentry server, where the operator names one (`SENTRY_DSN`); never by itself.

The package `sentry-sdk` is no part of this project and is imported only then. What it would collect of a
request is taken out: cookies, bodies, headers, query strings, paths, the user, values of variables, and
the messages of exceptions, which may quote what somebody typed.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from remedies_site.monitoring.request_ids import current_request_id, quotes_clients

_MISSING = (
    "SENTRY_DSN is set, and the package sentry-sdk is not installed. Install it into the site's environment "
    "(python -m pip install sentry-sdk), or unset SENTRY_DSN."
)
_PERSONAL = ("request", "user", "breadcrumbs", "extra", "server_name", "transaction")
_VALUES = ("vars", "pre_context", "context_line", "post_context")


def start_error_reports(dsn: str) -> None:
    """Send errors from now on. Raises: ImproperlyConfigured, where the package is missing."""
    try:
        import sentry_sdk  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise ImproperlyConfigured(_MISSING) from error
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        before_send=scrub_event,
    )


def scrub_event(event: dict[str, Any], _hint: object = None) -> dict[str, Any]:
    """What is sent of an event: where it happened and the type of the error, with the name of the request."""
    clean = {name: value for name, value in event.items() if name not in _PERSONAL}
    for exception in clean.get("exception", {}).get("values", []):
        exception["value"] = ""
        for frame in exception.get("stacktrace", {}).get("frames", []):
            for name in _VALUES:
                frame.pop(name, None)
    entry = clean.get("logentry")
    if entry and quotes_clients(name := str(clean.get("logger", ""))):
        clean["logentry"] = {"message": name}
    elif entry:  # the form of the message, without its arguments
        clean["logentry"] = {"message": entry.get("message", "")}
    clean.pop("message", None)
    clean["tags"] = {"request_id": current_request_id()}
    return clean
