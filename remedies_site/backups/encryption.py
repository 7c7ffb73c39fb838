"""Encrypted files: AES-256-GCM over chunks, so that a changed, moved or missing chunk is found out.

The key of each file is derived from the operator's key and a random salt at the head of the file. The nonce
of a chunk is its number and whether it is the last one, which a file that was cut off does not have (the
construction STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, https://eprint.iacr.org/2015/189).
"""

import base64
import binascii
import os
import secrets
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from remedies_site.backups import CannotRestore

MAGIC = b"remedies-backup-encrypted-1\n"
KEY_BYTES = 32
_SALT = 16
_KEY_ID = 8
_HEAD = len(MAGIC) + _SALT + _KEY_ID
_CHUNK = 1 << 20
_TAG = 16
MAKE_A_KEY = "head -c 32 /dev/urandom | base64 > FILE; chmod 600 FILE"


class KeyFileError(Exception):
    """The file of the key cannot be used; `str()` is the reason."""


def read_key(path: Path) -> bytes:
    """The key in a file that its owner alone can read. Raises KeyFileError."""
    try:
        mode = path.stat().st_mode
        text = path.read_bytes().strip()
        key = base64.b64decode(text, validate=True)
    except OSError as error:
        raise KeyFileError(f"the file of the key cannot be read: {error}") from error
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFileError(
            f"{path} does not hold {KEY_BYTES} bytes in base64. Make a key with: {MAKE_A_KEY}"
        )
    if mode & 0o077:
        raise KeyFileError(f"others can read the key in {path}: chmod 600 {path}")
    return key


class EncryptingWriter:
    """Encrypts what is written to `target`, which must be closed with `finish`."""

    def __init__(self, target: IO[bytes], key: bytes) -> None:
        salt = os.urandom(_SALT)
        file_key, key_id = _derive(key, salt)
        self._target = target
        self._cipher = AESGCM(file_key)
        self._head = MAGIC + salt + key_id
        self._waiting = bytearray()
        self._number = 0
        target.write(self._head)

    def write(self, content: bytes) -> int:
        """Take content; whole chunks go out."""
        self._waiting += content
        while len(self._waiting) > _CHUNK:  # the last chunk stays, to be marked as the last
            self._put(bytes(self._waiting[:_CHUNK]), last=False)
            del self._waiting[:_CHUNK]
        return len(content)

    def finish(self) -> None:
        """Write the last chunk. Without it the file counts as cut off."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last), chunk, self._head))
        self._number += 1


class DecryptingReader:
    """Reads what EncryptingWriter wrote. Raises CannotRestore where it is not whole and unchanged."""

    def __init__(self, source: IO[bytes], key: bytes) -> None:
        head = source.read(_HEAD)
        salt, key_id = head[len(MAGIC) : -_KEY_ID], head[-_KEY_ID:]
        if len(head) < _HEAD or not head.startswith(MAGIC):
            raise CannotRestore("it is cut off within its first bytes")
        file_key, expected = _derive(key, salt)
        if not secrets.compare_digest(key_id, expected):
            raise CannotRestore("it was encrypted with another key, or its first bytes are damaged")
        self._source = source
        self._cipher = AESGCM(file_key)
        self._head = head
        self._next = source.read(_CHUNK + _TAG)
        self._number = 0
        self._ready = bytearray()
        self._ended = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        while len(self._ready) < size and not self._ended:
            self._ready += self._chunk()
        content = bytes(self._ready[:size])
        del self._ready[:size]
        return content

    def _chunk(self) -> bytes:
        chunk, self._next = self._next, self._source.read(_CHUNK + _TAG)
        self._ended = not self._next
        try:
            content = self._cipher.decrypt(_nonce(self._number, self._ended), chunk, self._head)
        except InvalidTag:
            raise CannotRestore(
                f"it is damaged or cut off: part {self._number + 1} is not what was written"
            ) from None
        self._number += 1
        return content


def _derive(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """The key of one file, and eight bytes by which a wrong key is known."""
    derived = HKDF(
        algorithm=SHA256(), length=KEY_BYTES + _KEY_ID, salt=salt, info=MAGIC.strip()
    ).derive(key)
    return derived[:KEY_BYTES], derived[KEY_BYTES:]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
