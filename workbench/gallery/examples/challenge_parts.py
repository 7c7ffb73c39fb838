"""Examples of what readers say about claims, and of the pages that they ask for; all of it is made up."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

from accounts.models import User
from discussions.challenges.claimed_parts import Claim, ClaimedPart
from discussions.challenges.forms import ChallengeForm
from discussions.models import Challenge
from search.models import PageRequest
from workbench.gallery.example import Example, example
from workbench.gallery.examples.sample_documents import sample_entry

_MOMENT = datetime(2026, 3, 3, tzinfo=UTC)


def _challenge(pk: int, **values: object) -> Challenge:
    """A challenge about the sample entry that nobody has stored."""
    fields: dict[str, object] = {
        "entry": sample_entry(pk=1),
        "revision_number": 1,
        "part": "verdict",
        "place": "verdict:1",
        "claim": "It may help a little.",
        "kind": "correction",
        "text": "An example of what a reader says.\n\nWith a second paragraph.",
        "by": User(name="example-1"),
        "created_at": _MOMENT,
        "visibility": "visible",
    }
    return Challenge(pk=pk, **(fields | values))


def examples() -> Iterator[Example]:
    """A challenge in each state, the claims to choose from, and requests."""
    decided = {"answer": "An example of an answer.", "decided_at": _MOMENT}
    source = {"kind": "source", "source_type": "doi", "source": "10.1000/example"}
    accepted = _challenge(2, state="accepted", credited_number=2, **decided, **source)
    name = "discussions/challenges/_challenge.html"
    yield example(name, "open", challenge=_challenge(1, quote="may help"), level="h2")
    yield example(name, "accepted", challenge=accepted, level="h2", with_page=True)
    gone = _challenge(3, by=None, claim="", state="declined", **decided)
    yield example(name, "declined, its member left", challenge=gone, level="h2")
    about = "discussions/challenges/_about_subject.html"
    yield example(about, "", subject=sample_entry(pk=1), part_label="Doses")
    yield example("discussions/challenges/_prompted_by.html", "", challenges=[accepted, gone])
    held = _challenge(4, visibility="held")
    own = "discussions/challenges/_own_challenges.html"
    yield example(own, "", challenges=[held, accepted], total=3)
    yield example("discussions/challenges/_links.html", "", url="#")
    here = "discussions/challenges/_here.html"
    yield example(here, "of a part", url="#", part="doses")
    yield example(here, "at the end", url="#", list_url="#")
    yield from _choices()
    yield from _requests()


def _choices() -> Iterator[Example]:
    claims = (Claim("regimens[1]", "magnesium oxide: 250 mg a day"), Claim("dosing:1", "A text."))
    part = ClaimedPart("doses", claims)
    name = "discussions/challenges/_claim_choices.html"
    form = ChallengeForm(part=part, user=None)
    yield example(name, "", field=form["place"], part=part, chosen="regimens[1]")


def _requests() -> Iterator[Example]:
    wishes = [
        PageRequest(words="Example herb", asks=4),
        PageRequest(words="Example root", asks=3, state="declined", answer="It is no remedy."),
    ]
    name = "search/requests/_requests.html"
    yield example(name, "", requests=wishes)
    yield example(name, "none", requests=[])
    offer = "search/requests/_offer.html"
    yield example(offer, "", query="xyz", wish=None, contact="editors@example.org")
    planned = PageRequest(words="xyz", state="planned", answer="Next month.")
    yield example(offer, "planned", query="xyz", wish=planned, contact="")
    page = SimpleNamespace(get_absolute_url="#", shown_name="Example")
    yield example(offer, "there", query="xyz", wish=SimpleNamespace(page=page), contact="")
