"""The private forms: their check boxes, what was posted, and a second try with another spelling.

What holds a person's own words has no repr: a template that misses a variable logs its whole context.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest
from django.utils.translation import gettext as _

from remedies.check.guesses import correct_spelling
from remedies.check.names import ParsedNames, parse_names
from remedies.check.spoken import shipped_vocabulary
from remedies.check.tokens import clean
from remedies.check.vocabulary import Term
from remedies.choices import CircumstanceKind
from remedies_site.markup import without_controls

MAX_LENGTH = 4000
"""Characters of typed medicines that are read and shown again."""
_GROUP_ORDER = (
    CircumstanceKind.LIFE,
    CircumstanceKind.CONDITION,
    CircumstanceKind.MEDICINE,
    CircumstanceKind.SUBSTANCE,
)
_ALWAYS_OPEN = {CircumstanceKind.LIFE}


@dataclass(frozen=True)
class TermGroup:
    """Check boxes under one legend; long lists are closed until something in them is ticked."""

    kind: CircumstanceKind
    terms: list[Term]
    is_open: bool


@dataclass(frozen=True, repr=False)
class CheckForm:
    """What the form's template needs: check boxes, and what was posted, to be shown again."""

    groups: list[TermGroup]
    text: str = ""
    ticked: Collection[str] = ()


@dataclass(frozen=True, repr=False)
class SpellingRetry:
    """A form of one button that posts the same again with misspelt names corrected."""

    action: str
    names: list[str]
    fields: list[tuple[str, str]]


def group_terms(terms: Iterable[Term], ticked: Collection[str] = ()) -> list[TermGroup]:
    """The terms by kind, what concerns most readers first; empty groups left out."""
    by_kind: dict[str, list[Term]] = {}
    for term in terms:
        by_kind.setdefault(term.kind, []).append(term)
    return [
        TermGroup(kind, listed, kind in _ALWAYS_OPEN or any(term.slug in ticked for term in listed))
        for kind in _GROUP_ORDER
        if (listed := by_kind.get(kind))
    ]


@dataclass(frozen=True, repr=False)
class CheckQuery:
    """What was posted: medicines as typed and as parsed, and the slugs of the ticked boxes."""

    terms: Sequence[Term]
    text: str
    parsed: ParsedNames
    ticked: set[str]

    @classmethod
    def from_request(cls, request: HttpRequest, terms: Sequence[Term]) -> Self:
        """Read the posted form; empty for a GET. Text beyond `MAX_LENGTH` is not parsed."""
        text = without_controls(request.POST.get("medicines", ""))
        parsed = parse_names(text[:MAX_LENGTH], shipped_vocabulary(tuple(terms)))
        return cls(terms, text, parsed, set(request.POST.getlist("circumstance")))

    @property
    def form(self) -> CheckForm:
        """The form filled in as it was posted."""
        return CheckForm(group_terms(self.terms, self.ticked), self.text[:MAX_LENGTH], self.ticked)

    @property
    def circumstances(self) -> list[str]:
        """Slugs of the ticked boxes that are terms, in the order of the vocabulary."""
        return [term.slug for term in self.terms if term.slug in self.ticked]

    @property
    def error(self) -> str:
        """Message about what keeps it from being compared; empty where it is valid."""
        if self.ticked - {term.slug for term in self.terms}:
            return _("One of the ticked boxes is not in our list. Choose from the list.")
        if len(self.text) > MAX_LENGTH:
            return _("That is too long. Type the names of your medicines only.")
        if not self.ticked and self.parsed.is_empty:
            return _("Type a medicine or tick a box, so that there is something to check.")
        return ""

    def spelling_retry(self, action: str, **others: Sequence[str]) -> SpellingRetry | None:
        """The same form with every guess in place; None where no guess is the only one for its name.

        `action` is the URL to post to, `others` the form's other fields with their values.
        """
        guesses = {name: names for name, names in self.parsed.guesses.items() if len(names) == 1}
        if not guesses:
            return None
        posted = {**others, "circumstance": sorted(self.ticked)}
        fields = [(name, value) for name, values in posted.items() for value in values]
        fields.append(("medicines", correct_spelling(clean(self.text), guesses)))
        return SpellingRetry(action, [name for names in guesses.values() for name in names], fields)
