"""The numbers and addresses by which a work is found, each in one normal form.

Forms, imports, look-ups and search all read identifiers here. Pure text: nothing is looked up. A
function named for an identifier takes what people and programs write in its place ("PMID: 123",
"https://doi.org/10.1000/X", "10.1000/x [doi]") and returns the normal form, or "" where the text
is no such identifier.
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from remedies_site.patterns import lazy_pattern

MAX_LENGTHS = {"doi": 200, "pmid": 9, "pmcid": 12, "nct": 11, "url": 500}
"""Letters that fit the column of each identifier."""

DOI_PATTERN = r"10\.\d+(?:\.\d+)*/\S+"
"""A prefix of "10." and a registrant's digits, a slash, and anything but blanks (DOI Handbook)."""

_INVISIBLE = lazy_pattern(r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_DOI_LABEL = lazy_pattern(r"(?:doi|digital object identifier)\s*[:=]?\s*(?=10\.|https?:)", re.I)
_DOI_HOST = lazy_pattern(
    r"(?:https?://)?(?:(?:dx|www)\.)?doi(?:\.org|-org\.[\w.-]+|\.org\.[\w.-]+)/+", re.I
)
_DOI_MARK = lazy_pattern(r"\s*\[doi\]\s*\Z", re.I)
_DOI = lazy_pattern(DOI_PATTERN)
_SAFE = "/:;()!*',@&=+$~"
_ESCAPE = lazy_pattern(r"%[0-9A-Fa-f]{2}")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"))
_OPENED_BY = dict(_PAIRS)
_CLOSING = ".,;:\"'“”’"
_PMID = lazy_pattern(
    r"(?:(?:pmid|pubmed(?:\s*id)?|medline)\s*[:=]?\s*)?0*([1-9]\d{0,8})(?:\.\d)?\s*(?:\[pmid\])?",
    re.I,
)
_PMID_URL = lazy_pattern(
    r"(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)"
    r"/0*([1-9]\d{0,8})(?:[/?#].*)?",
    re.I,
)
_PMCID = lazy_pattern(
    r"(?:pmcid\s*[:=]?\s*)?(?:PMC)?\s*0*([1-9]\d{0,8})(?:\.\d+)?\s*(?:\[pmcid\])?", re.I
)
_PMCID_URL = lazy_pattern(
    r"(?:https?://)?(?:www\.)?(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pmc)"
    r"/(?:articles/)?PMC0*([1-9]\d{0,8})(?:\.\d+)?(?:[/?#].*)?",
    re.I,
)
_NCT = lazy_pattern(
    r"(?:(?:https?://)?(?:www\.|beta\.|classic\.)?clinicaltrials\.gov\S*?/|"
    r"clinicaltrials?\.gov(?:\s*identifier)?\s*[:=/]?\s*|nct\s*[:=]\s*)?"
    r"NCT[\s-]?(\d{8})(?:[/?#]\S*)?",
    re.I,
)
_SCHEME = lazy_pattern(r"[a-z][a-z0-9+.-]*:(?!\d)", re.I)
_HOST = lazy_pattern(
    r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][^\W_]+\.?|\d+\.\d+\.\d+\.\d+|localhost"
)


class Identifier(NamedTuple):
    """An identifier in its normal form, with the column of the library that holds it."""

    column: str
    value: str


def doi(text: str) -> str:
    """A DOI as it stands in the library: without prefix or address, in lower case as DOIs compare."""
    written = _DOI_MARK.sub("", _visible(text)).lstrip("<\"'“([ ")
    written = _DOI_LABEL.sub("", written, count=1) if _DOI_LABEL.match(written) else written
    if host := _DOI_HOST.match(written):
        written = written[host.end() :]
        # Only an address is percent-encoded; in a bare DOI the sign stands for itself.
        written = unquote(written) if _ESCAPE.search(written) else written
    match = _DOI.match(written)
    found = _without_closing_marks(match[0]) if match else ""
    return found.lower() if _DOI.fullmatch(found) else ""


def pmid(text: str) -> str:
    """The number of a work in PubMed, digits alone."""
    written = _visible(text)
    match = _PMID.fullmatch(written) or _PMID_URL.fullmatch(written)
    return match[1] if match else ""


def pmcid(text: str) -> str:
    """The number of a work in PubMed Central, with its letters: "1234567" is "PMC1234567"."""
    written = _visible(text)
    match = _PMCID.fullmatch(written) or _PMCID_URL.fullmatch(written)
    return f"PMC{match[1]}" if match else ""


def nct(text: str) -> str:
    """The number of a trial at ClinicalTrials.gov: NCT and eight digits."""
    match = _NCT.fullmatch(_visible(text))
    return f"NCT{match[1]}" if match else ""


def url(text: str) -> str:
    """An http or https address; "www.example.org" gets its scheme. Other schemes are none."""
    written = _visible(text).strip("<>\"' ")
    bare = not _SCHEME.match(written)
    if bare:
        written = f"https://{written.removeprefix('//')}"
    try:
        parts = urlsplit(written)
        host = parts.hostname or ""
        parts.port  # noqa: B018  (raises where it is no number)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or " " in host:
        return ""
    if bare and not _HOST.fullmatch(host):
        return ""  # a word, not an address
    scheme, _colon, rest = written.partition(":")
    return f"{scheme.lower()}:{''.join(quote(letter) if letter.isspace() else letter for letter in rest)}"


NORMALISERS: dict[str, Callable[[str], str]] = {
    "doi": doi,
    "pmid": pmid,
    "pmcid": pmcid,
    "nct": nct,
    "url": url,
}
"""By the column that holds the identifier."""


def from_url(address: str) -> Identifier | None:
    """The identifier that an address stands for: doi.org, PubMed, PubMed Central, the registry."""
    written = _visible(address)
    if _DOI_HOST.match(written) and (number := doi(written)):
        return Identifier("doi", number)
    if match := _PMID_URL.fullmatch(written):
        return Identifier("pmid", match[1])
    if match := _PMCID_URL.fullmatch(written):
        return Identifier("pmcid", f"PMC{match[1]}")
    if "clinicaltrials.gov" in written.lower() and (number := nct(written)):
        return Identifier("nct", number)
    return None


def doi_link(number: str) -> str:
    """Where a DOI leads; signs that an address reads otherwise (#, ?, %, <) are encoded."""
    return f"https://doi.org/{quote(number, safe=_SAFE)}"


def parse_identifier(text: str) -> Identifier | None:
    """The identifier that a whole text is, for search boxes and look-ups; None for anything else.

    A bare number counts as a PMID from five digits on: shorter ones are years and doses. A DOI
    needs a registrant of four digits, so that "10.5/3" stays what it is.
    """
    written = _visible(text)
    if found := from_url(written):
        return found
    if re.search(r"10\.\d{4}", written) and (number := doi(written)) and " " not in written[10:]:
        return Identifier("doi", number)
    if number := nct(written):
        return Identifier("nct", number)
    if re.search(r"pmc", written, re.I) and (number := pmcid(written)):
        return Identifier("pmcid", number)
    if (number := pmid(written)) and (not written.isdigit() or len(number) >= 5):
        return Identifier("pmid", number)
    return None


def comparable_url(address: str) -> str:
    """An address for comparing: scheme, "www.", case of the host and a closing slash left out."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{host}{parts.path.rstrip('/')}{query}{fragment}"


def _visible(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text.replace("\n", " ").replace("\t", " ")).split())


def _without_closing_marks(number: str) -> str:
    """Marks of the sentence around a DOI, and brackets that it does not open, are none of it."""
    unopened = {last: number.count(last) - number.count(first) for first, last in _PAIRS}
    end = len(number)
    while end:
        closing = number[end - 1]
        if unopened.get(closing, 0) > 0:
            unopened[closing] -= 1
        elif closing in _OPENED_BY:
            unopened[_OPENED_BY[closing]] += 1
        elif closing not in _CLOSING:
            break
        end -= 1
    return number[:end]
