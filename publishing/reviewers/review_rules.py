"""When a review counts. Pure functions of days and documents."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date


def document_digest(document: Mapping[str, object]) -> str:
    """64 hexadecimal digits that are the same for the same document, as it is stored."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def last_day_of_statement(dated: date) -> date:
    """The last day on which a conflict statement is not older than twelve months."""
    try:
        return dated.replace(year=dated.year + 1)
    except ValueError:  # 29 February
        return dated.replace(year=dated.year + 1, day=28)


def is_statement_current(dated: date, on: date) -> bool:
    """Whether a statement of one day holds on another: made by then, and not older than twelve months."""
    return dated <= on <= last_day_of_statement(dated)


def review_counts(*, reviewed_on: date, checked_on: date, statement_dated: date) -> bool:
    """Whether, on the day of a review, the credential was checked and the conflict statement held."""
    return checked_on <= reviewed_on and is_statement_current(statement_dated, reviewed_on)
