"""Uploaded files: refused everywhere, but for views that say that they take one.

What a view takes goes to a temporary file on disk, never whole into memory, and only after the view
has looked at who sends it.
"""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])


class RefuseUploads(FileUploadHandler):
    """Answers any uploaded file with 400."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Stop at the first file of a request."""
        raise SuspiciousFileOperation("This site takes no files.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Never reached: `new_file` has refused."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Never reached: `new_file` has refused."""


def accepts_files(max_bytes: int) -> Callable[[View], View]:
    """Mark a view that takes bodies of up to `max_bytes`, files among them.

    The view is exempt from the check of the token before it runs, since that check reads the body:
    it has to check permissions, call `receive_files`, and then apply `csrf_protect` itself.
    """

    def mark(view: View) -> View:
        view.max_body_bytes = max_bytes  # type: ignore[attr-defined]
        view.csrf_exempt = True  # type: ignore[attr-defined]
        return view

    return mark


def receive_files(request: HttpRequest) -> None:
    """Have the files of this request written to disk when its body is read."""
    request.upload_handlers = [TemporaryFileUploadHandler(request)]


def max_body_bytes(request: HttpRequest) -> int:
    """The longest body that the view at the request's path takes."""
    usual = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return usual
    return int(getattr(view, "max_body_bytes", usual))
