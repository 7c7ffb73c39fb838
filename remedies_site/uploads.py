"""No address of this site takes a file, so none is read into memory or onto disk."""

from typing import Any, NoReturn

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadhandler import FileUploadHandler


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
