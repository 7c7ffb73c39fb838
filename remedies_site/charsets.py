"""What the site is sent is UTF-8. Django looks a request's charset up among all of Python's codecs,
before any middleware, and fails on those that are no text encoding (`base64`, `hex`)."""

from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any

_TAKEN = {"utf-8", "utf8", "us-ascii", "ascii"}
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def utf8_only(app: App) -> App:
    """The WSGI application, answering 415 to any other charset."""

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if _charset(environ.get("CONTENT_TYPE", "")) in _TAKEN:
            return app(environ, start_response)
        kind = [("Content-Type", "text/plain; charset=utf-8")]
        start_response("415 Unsupported Media Type", kind)
        return [b"This site takes UTF-8 only."]

    return guarded


def _charset(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type
    return str(message.get_param("charset", "utf-8")).strip().lower()
