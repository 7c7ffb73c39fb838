"""A password hasher that notes in a file, for all processes of a test, whenever a password is looked at."""

import os

from django.contrib.auth.hashers import MD5PasswordHasher
from django.utils.crypto import constant_time_compare

FILE = "PASSWORD_CHECKS"
"""The environment variable that names the file."""


class CountingHasher(MD5PasswordHasher):
    """One line for each password: the hash that it was compared with, or `nobody` for no account's."""

    def verify(self, password: str, encoded: str) -> bool:
        _note(encoded)
        salt = self.decode(encoded)["salt"]
        return constant_time_compare(encoded, super().encode(password, salt))

    def encode(self, password: str, salt: str) -> str:
        _note("nobody")
        return super().encode(password, salt)


def _note(line: str) -> None:
    """Lines that are appended whole, whoever else writes."""
    file = os.open(os.environ[FILE], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, f"{line}\n".encode())
    finally:
        os.close(file)
