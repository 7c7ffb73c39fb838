"""Files of references in the encodings that programs write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.importing.encoding import UnknownEncoding, decode

TEXT = "TY  - JOUR\nAU  - Müller, Jörg\nTI  - Étude à São Paulo – “œufs”\nER  - \n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_with_and_without_its_mark(encoding):
    assert decode(TEXT.encode(encoding)) == (TEXT, "")


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe"])
def test_byte_order_is_that_of_the_mark(mark):
    encoding = "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"
    assert decode(mark + TEXT.encode(encoding)) == (TEXT, "")


def test_windows_1252_is_read_and_it_is_said():
    text, warning = decode(TEXT.encode("windows-1252"))
    assert text == TEXT
    assert "read as Windows-1252" in warning


def test_one_foreign_letter_spoils_no_utf_8():
    text, warning = decode(TEXT.encode() + b"caf\xe9\n")
    assert text == f"{TEXT}café\n"
    assert "1 letters of this file are not UTF-8" in warning


@pytest.mark.parametrize(
    ("letters", "encoding"),
    [
        ("Магний и сон", "windows-1251"),
        ("マグネシウム", "shift-jis"),
        ("镁与睡眠", "gb18030"),
        ("μαγνήσιο", "iso8859-7"),
    ],
)
def test_other_alphabets_are_not_guessed(letters, encoding):
    text = f"TY  - JOUR\nTI  - {letters}\nER  - \n"
    with pytest.raises(UnknownEncoding, match="save or export it as UTF-8"):
        decode(text.encode(encoding))


def test_half_a_file_in_utf_16_is_named():
    with pytest.raises(UnknownEncoding):
        decode(TEXT.encode("utf-16") + b"x")


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(data):
    try:
        text, _warning = decode(data)
    except UnknownEncoding:
        return
    assert isinstance(text, str)


@given(st.text())
def test_any_utf_8_is_itself(text):
    decoded, _warning = decode(b"\xef\xbb\xbf" + text.encode())
    assert decoded == text
