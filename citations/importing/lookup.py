"""A work by its DOI or PMID, asked of the registers that keep them.

Only the hosts below are asked, over HTTPS, with limits of time and size; redirects are not followed.
Addresses are settings for tests alone, which ask a server of their own on this machine.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from citations import identifiers
from citations.importing.csl_json import read_item
from citations.importing.reading import read_references
from citations.importing.records import Record

if TYPE_CHECKING:
    import httpx

HOSTS = frozenset({"api.crossref.org", "eutils.ncbi.nlm.nih.gov"})
_SECONDS, _CONNECT_SECONDS = 10, 5
_MOST_BYTES = 2_000_000


class LookupFailed(Exception):
    """The register could not be asked or did not know; the words are for the editor."""


def look_up(identifier: str) -> Record:
    """The work with this DOI or PMID, as a number or as an address. Raises LookupFailed."""
    written = identifier.strip()
    found = identifiers.from_url(written)
    if found is None or found.column not in {"doi", "pmid"}:
        if number := identifiers.doi(written):
            return _by_doi(number)
        if number := identifiers.pmid(written):
            return _by_pmid(number)
        raise LookupFailed(f"“{written[:80]}” is neither a DOI (10.…) nor a PMID (a number)")
    return _by_doi(found.value) if found.column == "doi" else _by_pmid(found.value)


def _by_doi(number: str) -> Record:
    answer = _ask(f"{settings.CROSSREF_URL}/works/{quote(number, safe='')}", number)
    try:
        message: dict[str, Any] = dict(answer.json()["message"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LookupFailed(f"The answer about {number} cannot be read.") from error
    message.setdefault("DOI", number)
    # What was asked for is the work; its address at Crossref only repeats the number.
    return read_item(1, {name: value for name, value in message.items() if name != "URL"})


def _by_pmid(number: str) -> Record:
    query = f"db=pubmed&id={number}&rettype=medline&retmode=text"
    answer = _ask(f"{settings.PUBMED_URL}/entrez/eutils/efetch.fcgi?{query}", number)
    record = next(read_references(answer.text), None)
    if record is None:
        raise LookupFailed(f"PubMed knows no work with the number {number}.")
    return record


def _ask(url: str, number: str) -> "httpx.Response":
    import httpx  # here: it takes a tenth of a server's start, and few processes ask anything

    if urlsplit(url).hostname not in HOSTS | set(settings.LOOKUP_TEST_HOSTS):
        raise LookupFailed("This host is not on the list of registers that may be asked.")
    try:
        timeout = httpx.Timeout(_SECONDS, connect=_CONNECT_SECONDS)
        with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client:
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
