"""Examples of what authors read before a comment that wants care is sent."""

from collections.abc import Iterator

from discussions.composer.care_notices import LimitNotice, Notice
from workbench.gallery.example import Example, example

_PART = "discussions/composer/_findings.html"
_LIMIT = LimitNotice(
    "We read it as 600 mg of Example a day. The upper limit for adults is 250 mg a day (An authority).",
    "supplements, not food",
    "Example",
    "#",
)


def examples() -> Iterator[Example]:
    """Each kind of finding alone, and several at once."""
    context = {"service_error": "Nothing has been sent yet.", "emergency_number": "112"}
    notices = {
        "self-harm": Notice("self_harm", ["some words"]),
        "an emergency": Notice("emergency", ["some words"]),
        "advice on a dose": Notice("dose", ["600 mg"], [_LIMIT]),
        "an own dose": Notice("dose", ["600 mg"], [_LIMIT], is_advice=False),
        "advice to stop a medicine": Notice("stop", ["stop your example"]),
        "selling": Notice("selling", ["use code EXAMPLE"]),
    }
    for name, notice in notices.items():
        yield example(_PART, name, notices=[notice], **context)
    several = [notices["advice on a dose"], notices["advice to stop a medicine"]]
    yield example(_PART, "two kinds", notices=several, **context)
    yield example("discussions/composer/_ways_on.html", "", checked="0")
