"""Encrypted files: whole and unchanged, or refused with the reason."""

import base64
import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remedies_site.backups import CannotRestore, encryption
from remedies_site.backups.encryption import (
    DecryptingReader,
    EncryptingWriter,
    KeyFileError,
    read_key,
)

KEY, OTHER = b"k" * 32, b"o" * 32
HEAD = encryption._HEAD
SMALL = 64
SEALED = SMALL + 16


@pytest.fixture
def small_chunks(monkeypatch) -> None:
    monkeypatch.setattr(encryption, "_CHUNK", SMALL)


def encrypted(content: bytes, key: bytes = KEY) -> bytes:
    target = io.BytesIO()
    writer = EncryptingWriter(target, key)
    for start in range(0, len(content), 50):
        writer.write(content[start : start + 50])
    writer.finish()
    return target.getvalue()


def decrypted(file: bytes, key: bytes = KEY) -> bytes:
    reader = DecryptingReader(io.BytesIO(file), key)
    return b"".join(iter(lambda: reader.read(30), b""))


@pytest.mark.parametrize("size", [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL, 1000])
def test_what_was_written_comes_back(small_chunks, size):
    content = os.urandom(size)
    file = encrypted(content)
    assert decrypted(file) == content
    assert size < 16 or content[:16] not in file


def test_the_same_content_is_never_encrypted_alike():
    assert encrypted(b"x" * 100)[HEAD:] != encrypted(b"x" * 100)[HEAD:]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_that_was_cut_anywhere_is_refused(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encryption, "_CHUNK", SMALL)
        file = encrypted(b"content " * 40)
        end = data.draw(st.one_of(
            st.integers(0, len(file) - 1), st.sampled_from([HEAD, HEAD + SEALED, HEAD + 2 * SEALED])
        ))  # fmt: skip
        with pytest.raises(CannotRestore, match="cut off"):
            decrypted(file[:end])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_with_one_bit_changed_is_refused(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encryption, "_CHUNK", SMALL)
        file = bytearray(encrypted(b"content " * 40))
        place = data.draw(st.integers(0, len(file) - 1))
        file[place] ^= 1 << data.draw(st.integers(0, 7))
        with pytest.raises(CannotRestore):
            decrypted(bytes(file))


def test_chunks_that_changed_places_and_chunks_after_the_end_are_refused(small_chunks):
    file = encrypted(b"content " * 40)
    first, second = file[HEAD : HEAD + SEALED], file[HEAD + SEALED : HEAD + 2 * SEALED]
    swapped = file[:HEAD] + second + first + file[HEAD + 2 * SEALED :]
    for changed in (swapped, file + second):
        with pytest.raises(CannotRestore, match="is damaged"):
            decrypted(changed)


def test_another_key_is_named_as_the_reason():
    with pytest.raises(CannotRestore, match="with another key"):
        decrypted(encrypted(b"content"), OTHER)


def test_a_key_is_read_from_a_file_of_its_owner(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(base64.b64encode(KEY) + b"\n")
    path.chmod(0o600)
    assert read_key(path) == KEY
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="others can read the key"):
        read_key(path)


@pytest.mark.parametrize("content", [b"", b"secret", base64.b64encode(b"k" * 16), b"\xff" * 32])
def test_a_file_that_holds_no_key_is_refused_with_how_to_make_one(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="head -c 32 /dev/urandom"):
        read_key(path)


def test_a_key_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(KeyFileError, match="nowhere"):
        read_key(tmp_path / "nowhere")
