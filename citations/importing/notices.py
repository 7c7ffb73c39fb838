"""Works that are retracted, withdrawn or superseded, as registers and publishers say it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from remedies_site.patterns import lazy_pattern

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAY = lazy_pattern(r"\b(\d{4})(?:[ ,/-]+([A-Za-z]{3})[a-z]*\.?(?:[ ,-]+(\d{1,2})\b)?)?")
_DIGITS = lazy_pattern(r"\b(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\b")
_RETRACTED_TYPES = {
    "retracted publication", "retracted article", "retracted", "retracted paper",
}  # fmt: skip
_WITHDRAWN_TYPES = {"withdrawn publication", "withdrawn article", "withdrawn", "article withdrawn"}
_NOTICE_TYPES = {
    "retraction of publication", "retraction notice", "retraction", "withdrawal notice",
    "published erratum", "expression of concern",
}  # fmt: skip
_RETRACTED_TITLE = lazy_pattern(
    r"[\W_]*retracted(?: (?:article|paper|publication|chapter|study))?\s*[\])]?\s*[:.–—-]\s|"
    r"[\W_]*\[retracted\]|.*[\[(]\s*(?:this article has been )?retracted"
    r"(?: article| paper| publication)?\b[^)\]]*[\])]?\.?\s*\Z",
    re.I | re.S,
)
_WITHDRAWN_TITLE = lazy_pattern(
    r"[\W_]*withdrawn(?: (?:article|paper|publication))?\s*[\])]?\s*[:.–—-]\s|[\W_]*\[withdrawn\]|"
    r".*[\[(]\s*withdrawn(?: article| paper)?\s*[\])]\.?\s*\Z",
    re.I | re.S,
)
_SUPERSEDED_TITLE = lazy_pattern(
    r"[\W_]*superseded\s*[\])]?\s*[:.–—-]\s|.*[\[(]\s*superseded\b[^)\]]*[\])]\.?\s*\Z", re.I | re.S
)
_NOTICE_TITLE = lazy_pattern(
    r"[\W_]*(?:retraction(?: notice| note)?\s*[:.–—-]|retraction (?:notice|note) to\b|"
    r"notice of retraction\b|withdrawal notice\b|expression of concern\s*[:.–—-]|"
    r"(?:erratum|corrigendum|correction)(?: to)?\s*[:.–—-])",
    re.I,
)
_NOTES = (
    ("retraction in", "retracted"),
    ("retracted in", "retracted"),
    ("update in", "superseded"),
    ("updated in", "superseded"),
    ("republished in", "superseded"),
    ("expression of concern in", "concerns"),
)


@dataclass
class Standing:
    """What has become of a work since it was published; each word names where it is said."""

    retracted: str = ""
    withdrawn: str = ""
    superseded: str = ""
    concerns: str = ""
    is_notice: bool = False
    notices: list[str] = field(default_factory=list)
    """References to retractions, which may hold a day: “Lancet. 2010 Feb 6;375(9713):445”."""

    def retracted_on(self) -> date | None:
        """The day for `retracted_on`: as the notice says it, else the day of this import."""
        if not (self.retracted or self.withdrawn):
            return None
        return self._day()[0]

    def warnings(self) -> list[str]:
        """Sentences for the editor."""
        said = []
        if self.retracted or self.withdrawn:
            word = "retracted" if self.retracted else "withdrawn"
            how = f"This work was {word} ({self.retracted or self.withdrawn}). It is marked as retracted"
            said.append(f"{how}, so that no grade counts it. {self._day()[1]}".strip())
        if self.superseded:
            said.append(f"A newer version of this work exists: {self.superseded}")
        if self.concerns:
            said.append(f"An expression of concern was published about it: {self.concerns}")
        if self.is_notice:
            said.append("This is a notice about another work, not the work itself.")
        return said

    def _day(self) -> tuple[date, str]:
        for notice in self.notices:
            if found := _notice_day(notice):
                return found
        today = timezone.localdate()
        return today, f"The record gives no day; {today.isoformat()}, today, stands for it."


def standing(
    title: str, types: Iterable[str], notes: Iterable[str], known: Standing | None = None
) -> Standing:
    """What title, types of publication and notes say, added to what the format itself said."""
    found = known or Standing()
    words = {word.strip().lower() for kind in types for word in (kind, *kind.split(";"))}
    if words & _RETRACTED_TYPES:
        found.retracted = found.retracted or "its type of publication says so"
    if words & _WITHDRAWN_TYPES:
        found.withdrawn = found.withdrawn or "its type of publication says so"
    if _NOTICE_TITLE.match(title) or words & _NOTICE_TYPES:
        found.is_notice = True
    elif _RETRACTED_TITLE.match(title):
        found.retracted = found.retracted or "its title says so"
    elif _WITHDRAWN_TITLE.match(title):
        found.withdrawn = found.withdrawn or "its title says so"
    if _SUPERSEDED_TITLE.match(title):
        found.superseded = found.superseded or "its title says so."
    for note in notes:
        _read_note(note, found)
    return found


def _read_note(note: str, found: Standing) -> None:
    for start, name in _NOTES:
        label, _colon, rest = note.strip().partition(":")
        if label.strip().lower().rstrip("s") != start:
            continue
        setattr(found, name, getattr(found, name) or rest.strip()[:200] or "a note says so")
        if name == "retracted":
            found.notices.append(rest)


def _notice_day(notice: str) -> tuple[date, str] | None:
    """The day that a reference to a notice holds, and what of it had to be filled in."""
    if match := _DIGITS.search(notice):
        year, month, day = (int(part or 1) for part in match.groups())
        exact = bool(match[3])
    elif match := _DAY.search(notice):
        month = _MONTHS.get((match[2] or "").lower(), 0)
        exact = bool(month and match[3])
        year, month, day = int(match[1]), month or 1, int(match[3] or 1) if month else 1
    else:
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if not 1900 <= found.year <= 2100:
        return None
    if exact:
        return found, ""
    return found, f"The notice gives no full day; {found.isoformat()} stands for it."
