"""Accepts UTF-8 requests only. Django looks a request's charset up among all of Python's codecs, before
any middleware, and raises on those that are not text encodings (`base64`, `hex`)."""

from collections.abc import Iterable
from email.message import Message
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_ACCEPTED = {"utf-8", "utf8", "us-ascii", "ascii"}


def utf8_only(app: WSGIApplication) -> WSGIApplication:
    """Wrap a WSGI application: 415 for a request in any other charset."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if _charset(environ.get("CONTENT_TYPE", "")) in _ACCEPTED:
            return app(environ, start_response)
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        start_response("415 Unsupported Media Type", headers)
        return [b"This site takes UTF-8 only."]

    return application


def _charset(content_type: str) -> str:
    if not content_type:
        return "utf-8"
    message = Message()
    message["Content-Type"] = content_type
    return str(message.get_param("charset", "utf-8")).strip().lower()
