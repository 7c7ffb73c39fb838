"""Files of references as text, whatever programs and years they come from."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4_000
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
_IN_A_ROW = re.compile(rb"[\x80-\xff]{2,}")
_RARE = re.compile(rb"[\x82-\x84\x86-\x89\x8b\x98\x9b\x9f]")
"""Signs of Windows-1252 that no title has, and bytes with which letters of Shift-JIS begin."""
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
SAVE_AS_UTF_8 = (
    "The letters of this file cannot be told. Open it in the program that wrote it and save or "
    "export it as UTF-8 (in a text editor: Save as, encoding UTF-8)."
)


class UnknownEncoding(ValueError):
    """The bytes are no text in UTF-8, UTF-16, UTF-32 or Windows-1252; `str()` says what to do."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file, and a warning where its letters were guessed ("" otherwise).

    Byte order marks are honoured, UTF-16 without one is known by its zeros. What is not UTF-8 is
    read as Windows-1252 where it looks like a western language. Raises UnknownEncoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding), ""
    if wide := _utf_16_without_mark(data):
        return _decode(data, wide), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _western(data)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(SAVE_AS_UTF_8) from error


def _utf_16_without_mark(data: bytes) -> str:
    """Every other byte of English text in UTF-16 is a zero."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(sample) % 2:
        sample = sample[: len(sample) // 2 * 2]
    half = len(sample) // 2
    zeros_first, zeros_second = sample[0::2].count(0), sample[1::2].count(0)
    if half and zeros_second > half * 0.6 and zeros_first < half * 0.1:
        return "utf-16-le"
    if half and zeros_first > half * 0.6 and zeros_second < half * 0.1:
        return "utf-16-be"
    return ""


def _western(data: bytes) -> tuple[str, str]:
    sequences = len(_SEQUENCE.findall(data))
    stray = len(_ABOVE_ASCII.findall(_SEQUENCE.sub(b"", data)))
    if sequences > stray:  # UTF-8 with letters of another file pasted in
        text = data.decode("utf-8", errors="windows-1252-letters")
        return text, f"{stray} letters of this file are not UTF-8; they were read as Windows-1252."
    high = len(_ABOVE_ASCII.findall(data))
    together = sum(map(len, _IN_A_ROW.findall(data)))
    # Accents stand alone among plain letters; Greek, Cyrillic and Chinese letters stand in rows.
    if together > high * 0.4 or len(_RARE.findall(data)) > high * 0.3:
        raise UnknownEncoding(SAVE_AS_UTF_8)
    return _decode(data, "windows-1252"), (
        "This file is not UTF-8. It was read as Windows-1252: look at the letters with accents."
    )


def _one_letter(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("windows-1252", errors="replace"), error.end


codecs.register_error("windows-1252-letters", _one_letter)
