"""A paste or file cut into its records, in one pass, whatever formats stand in it.

Headers of programs ("Record #1 of 12", "Provider: …", "% Encoding: UTF-8", "1. ") stand before and
between records and belong to none.
"""

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum

_RIS_START = re.compile(r"[ \t\ufeff]*(?:\d+\.[ \t]+)?TY {0,2}-[ \t]*(?:\w+[ \t]*)?$")
_RIS_END = re.compile(r"[ \t]*ER {0,2}-")
_NBIB_START = re.compile(r"[ \t\ufeff]*PMID ?-")
_BIBTEX_START = re.compile(r"[ \t\ufeff]*@[ \t]*[A-Za-z]+[ \t]*[{(]")
_BIBTEX_ENTRY = re.compile(r"[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][^,{}=\"]*,")
_BIBTEX_MARK = re.compile(
    r"\\.|[{}]"
    r"|\n(?=[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][^,{}=\"\n]*,)"  # the next entry: this one never ended
    r"|\n(?=TY {1,2}-[ \t]*\w+[ \t]*$|PMID- )",
    re.MULTILINE | re.DOTALL,
)
_PARENTHESIS = re.compile(r"\)[ \t]*$|\n(?=[ \t]*@[A-Za-z]+[{(])", re.MULTILINE)
_JSON_START = re.compile(r"[\s\ufeff]*(?:\[\s*\{\s*[\"}]|\{\s*\")")
_JSON_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
_BLANKS = re.compile(r"[\s,\ufeff]*")
_START = re.compile(
    r"^[ \t\ufeff]*(?:"
    r"(?P<ris>(?:\d{1,9}\.[ \t]+)?TY {0,2}-[ \t]*(?:\w+[ \t]*)?$)"
    r"|(?P<nbib>PMID ?-)"
    r"|(?P<bibtex>@[ \t]*[A-Za-z]+[ \t]*[{(])"
    r"|(?P<json>\[\s*\{\s*[\"}]|\{\s*\"))",
    re.MULTILINE,
)
_LOOKED_AT = 20_000
"""Letters between two records in which a line is looked for that should be named."""
_MOST_BROKEN = 200
"""Broken items of one JSON list, after which the rest of the list is left alone."""
_HEADER = re.compile(
    r"\s*(?:%.*|//.*|Record #\d+ of \d+|\d+\.|<\d+>|Provider:.*|Content:.*|Database:.*|Scopus|"
    r"EXPORT DATE:.*|Citation exported.*|Search(?: name| strategy)?:.*|EF|[\[\],;}]*|[-=_*]+)\s*",
    re.IGNORECASE,
)
_DECODER = json.JSONDecoder()


class Format(StrEnum):
    """The formats that are read."""

    RIS = "RIS"
    NBIB = "NBIB"
    BIBTEX = "BibTeX"
    CSL_JSON = "CSL-JSON"


@dataclass(frozen=True)
class RawRecord:
    """The text of one record; of JSON its value."""

    format: Format
    text: str
    value: object = None
    complete: bool = True
    """Whether its own end was found: the line ER, or the closing brace."""


@dataclass(frozen=True)
class UnreadLine:
    """A line that belongs to no record and is no known header."""

    text: str


Piece = RawRecord | UnreadLine


def split_records(text: str) -> Iterator[Piece]:
    """The records of a text in its order, and lines that belong to none. Lines end with “\\n”."""
    position = 0
    while start := _START.search(text, position):
        yield from _between(text, position, start.start())
        if start["json"]:
            position = yield from _json(text, start.end() - len(start["json"]))
            continue
        if start["bibtex"]:
            record, position = _bibtex(text, start.start())
        else:
            kind = Format.RIS if start["ris"] else Format.NBIB
            record, position = _tagged(text, start.start(), kind)
        yield record
    yield from _between(text, position, len(text))


def _between(text: str, start: int, end: int) -> Iterator[UnreadLine]:
    """The first line between two records that is no known header; it stands for all of them."""
    for line in text[start : min(end, start + _LOOKED_AT)].split("\n"):
        if line.strip("\ufeff \t") and not _HEADER.fullmatch(line):
            yield UnreadLine(line.strip("\ufeff \t")[:200])
            return


def _line(text: str, position: int) -> tuple[str, int]:
    """The line that begins here, without its end, and where the next one begins."""
    end = text.find("\n", position)
    return (text[position:], len(text)) if end < 0 else (text[position:end], end + 1)


def _tagged(text: str, start: int, kind: Format) -> tuple[RawRecord, int]:
    """A record of RIS or NBIB: to its end, or to where another one begins."""
    _first, position = _line(text, start)
    while position < len(text):
        line, after = _line(text, position)
        if kind is Format.RIS and _RIS_END.match(line):
            return RawRecord(kind, text[start:position]), after
        if _begins(line) or (line[:1] in {"[", "{"} and _JSON_START.match(text, position)):
            break
        position = after
    return RawRecord(kind, text[start:position], complete=kind is Format.NBIB), position


def _begins(line: str) -> bool:
    return bool(_RIS_START.match(line) or _NBIB_START.match(line) or _BIBTEX_ENTRY.match(line))


def _bibtex(text: str, start: int) -> tuple[RawRecord, int]:
    """An entry of BibTeX to its closing brace; where that is missing, to the next entry."""
    opening = _BIBTEX_START.match(text, start)
    if opening and text[opening.end() - 1] == "(":
        return _in_parentheses(text, start, opening.end())
    depth = 0
    for mark in _BIBTEX_MARK.finditer(text, start):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
            if depth <= 0:
                return RawRecord(Format.BIBTEX, text[start : mark.end()]), mark.end()
        elif mark[0] == "\n":
            return _unended(text, start, mark.start()), mark.end()
    return _unended(text, start, len(text)), len(text)


def _in_parentheses(text: str, start: int, inside: int) -> tuple[RawRecord, int]:
    """`@article(key, …)` ends with a parenthesis at the end of a line."""
    match = _PARENTHESIS.search(text, inside)
    if match and match[0] != "\n":
        return RawRecord(Format.BIBTEX, text[start : match.start() + 1]), match.end()
    end = match.start() if match else len(text)
    return _unended(text, start, end), match.end() if match else end


def _unended(text: str, start: int, end: int) -> RawRecord:
    return RawRecord(Format.BIBTEX, text[start:end], complete=False)


def _json(text: str, position: int) -> Generator[RawRecord, None, int]:
    """The objects of a list, or one object; returns the position behind them."""
    in_list = text[position] == "["
    position = _skip(text, position + in_list)
    broken = 0
    while position < len(text) and text[position] != "]":
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            broken += 1
            stopped = max(position + 1, getattr(error, "pos", position))
            following = _JSON_NEXT.search(text, stopped) if broken < _MOST_BROKEN else None
            end = following.end() if following else len(text)
            yield RawRecord(Format.CSL_JSON, text[position : position + 200], complete=False)
        else:
            yield RawRecord(Format.CSL_JSON, text[position : position + 200], value)
        if not in_list:
            return end
        position = _skip(text, end)
    return min(position + 1, len(text))


def _skip(text: str, position: int) -> int:
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position
