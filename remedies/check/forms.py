"""What the two private forms share. What is sent reaches no row, no cookie, no log, no address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Self

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from remedies.check import services
from remedies.check.names import ParsedNames, Term, match_names, mended
from remedies_site.markup import without_controls

MOST_LETTERS = 4000

View = Callable[..., HttpResponse]


def private_form(view: View) -> View:
    """A view whose form is posted so that no address tells what somebody takes; it changes nothing.

    Without a token, since readers' pages carry none; no store of a browser keeps the answer.
    """

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def private(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if request.method == "POST":
            patch_cache_control(answer, no_store=True)
        return answer

    return private


@dataclass(frozen=True, repr=False)
class CheckQuery:
    """What the form sent: medicines as they were typed and as they were read, and what was ticked."""

    terms: Sequence[Term]
    text: str
    typed: ParsedNames
    chosen: set[str]

    @classmethod
    def by(cls, request: HttpRequest, terms: Sequence[Term]) -> Self:
        """What the form sent; nothing before it was sent. No more than may be typed is read."""
        text = without_controls(request.POST.get("medicines", ""))
        typed = match_names(text[:MOST_LETTERS], terms)
        return cls(terms, text, typed, set(request.POST.getlist("circumstance")))

    @property
    def form(self) -> services.CheckForm:
        """The form with all of it kept."""
        groups = services.term_groups(self.terms, self.chosen)
        return services.CheckForm(groups, self.text[:MOST_LETTERS], self.chosen)

    @property
    def known(self) -> list[str]:
        """What was ticked, in the order of the list."""
        return [term.slug for term in self.terms if term.slug in self.chosen]

    @property
    def problem(self) -> str:
        """What keeps it from being compared; empty where nothing does."""
        if self.chosen - {term.slug for term in self.terms}:
            return _("One of the ticked boxes is not in our list. Choose from the list.")
        if len(self.text) > MOST_LETTERS:
            return _("That is too long. Type the names of your medicines only.")
        if not self.chosen and self.typed.is_empty:
            return _("Type a medicine or tick a box, so that there is something to check.")
        return ""

    def again(self, action: str, **others: Sequence[str]) -> services.Again | None:
        """The same form with every guess taken; None where nothing had to be guessed."""
        guesses = self.typed.guesses
        if not guesses:
            return None
        sent = {**others, "circumstance": sorted(self.chosen)}
        fields = [(name, value) for name, values in sent.items() for value in values]
        fields.append(("medicines", mended(self.text, guesses)))
        return services.Again(action, list(guesses.values()), fields)
