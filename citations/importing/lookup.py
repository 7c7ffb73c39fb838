"""A work by its DOI or PMID, asked of the registers that keep them.

Only the hosts below are asked, over HTTPS, with limits of time and size; redirects are not followed.
Addresses are settings for tests alone, which ask a server of their own on this machine.
"""

import re
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from django.conf import settings

from citations.choices import StudyType
from citations.importing import nbib
from citations.importing.works import Broken, Found, doi, found, one_line, person

HOSTS = frozenset({"api.crossref.org", "eutils.ncbi.nlm.nih.gov"})
_TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_MOST_BYTES = 2_000_000
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMID = re.compile(r"(?:PMID:?\s*)?([1-9]\d{0,8})", re.IGNORECASE)


class LookupFailed(Exception):
    """The register could not be asked or did not know; the words are for the editor."""


def look_up(identifier: str) -> Found:
    """The work with this DOI or PMID. Raises LookupFailed."""
    written = identifier.strip()
    if _DOI.fullmatch(doi(written)):
        return _by_doi(doi(written))
    if match := _PMID.fullmatch(written):
        return _by_pmid(match[1])
    raise LookupFailed(f"“{written[:80]}” is neither a DOI (10.…) nor a PMID (a number)")


def _by_doi(number: str) -> Found:
    answer = _ask(f"{settings.CROSSREF_URL}/works/{quote(number, safe='')}", number)
    try:
        message = answer.json()["message"]
    except (ValueError, KeyError, TypeError) as error:
        raise LookupFailed(f"The answer about {number} cannot be read.") from error
    return _from_crossref(number, message)


def _from_crossref(number: str, message: dict[str, Any]) -> Found:
    def first(name: str) -> str:
        values = message.get(name) or [""]
        return one_line(re.sub(r"<[^>]+>", "", str(values[0])))

    issued = (message.get("issued") or {}).get("date-parts") or [[None]]
    authors = [
        person(author.get("family", ""), author.get("given", "")) or author.get("name", "")
        for author in message.get("author", [])
    ]
    return found(
        1,
        number,
        title=first("title"),
        authors=[author for author in authors if author],
        container=first("container-title"),
        publisher=one_line(str(message.get("publisher") or "")),
        year=issued[0][0] if issued[0] else None,
        doi=doi(str(message.get("DOI") or number)),
        study_type=StudyType.REFERENCE_WORK,
    )


def _by_pmid(number: str) -> Found:
    query = f"db=pubmed&id={number}&rettype=medline&retmode=text"
    answer = _ask(f"{settings.PUBMED_URL}/entrez/eutils/efetch.fcgi?{query}", number)
    works = nbib.read(answer.text)
    if not works or (isinstance(works[0], Broken) and "PMID" not in answer.text):
        raise LookupFailed(f"PubMed knows no work with the number {number}.")
    return works[0]


def _ask(url: str, number: str) -> httpx.Response:
    if urlsplit(url).hostname not in HOSTS | set(settings.LOOKUP_TEST_HOSTS):
        raise LookupFailed("This host is not on the list of registers that may be asked.")
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            answer = client.get(url, headers={"User-Agent": f"{settings.SITE_NAME} (references)"})
    except httpx.TimeoutException as error:
        raise LookupFailed("The register did not answer in time. Try again later.") from error
    except httpx.HTTPError as error:
        raise LookupFailed(
            "The register cannot be reached. This machine may be offline: paste RIS, BibTeX or NBIB "
            "instead."
        ) from error
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise LookupFailed(f"The register knows no work with the number {number}.")
    if answer.status_code != httpx.codes.OK or len(answer.content) > _MOST_BYTES:
        raise LookupFailed(f"The register answered with an error ({answer.status_code}).")
    return answer
