"""Examples of reviewers, their reviews, and safety notices: nobody here exists."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace

from publishing.reviewers.selectors import PageReview
from workbench.gallery.example import Example, example

CHECKED = date(2026, 3, 2)
REVIEWED = date(2026, 5, 4)
DUE = date(2999, 5, 4)
REVIEWER = SimpleNamespace(
    public_name="Example Person (made up)",
    credential="Made-up pharmacist",
    credential_checked_on=CHECKED,
    credential_checked_in="Register of made-up pharmacists",
    get_absolute_url="#",
)
STATEMENT = SimpleNamespace(dated=CHECKED, text="An example: none.\nNo shares, no fees.", source="")


def _page_review(*, is_of_this_text: bool) -> PageReview:
    return PageReview(
        name=REVIEWER.public_name,
        url="#",
        credential=REVIEWER.credential,
        checked_on=CHECKED,
        reviewed_on=REVIEWED,
        number=3,
        scope="Warnings and doses against their sources.",
        is_of_this_text=is_of_this_text,
    )


def _shown(*, may_review: bool, statement: object = STATEMENT) -> SimpleNamespace:
    return SimpleNamespace(
        reviewer=REVIEWER, statement=statement, statement_ends_on=DUE, may_review=may_review
    )


def examples() -> Iterator[Example]:
    """Lines under titles, profiles, notices."""
    yield from _reviews()
    yield from _profiles()
    yield from _notices()


def _reviews() -> Iterator[Example]:
    this, older = _page_review(is_of_this_text=True), _page_review(is_of_this_text=False)
    for title, review in (("this text", this), ("the text has changed", older)):
        yield example("components/_reviewed_by.html", title, review=review, review_due=DUE)
        yield example(
            "components/_review_state.html",
            f"reviewed: {title}",
            written_on=CHECKED,
            review_due=DUE,
            authors=["example-1", "example-2"],
            review=review,
        )
        yield example("components/_page_dates.html", f"reviewed: {title}", review=review)


def _profiles() -> Iterator[Example]:
    sourced = SimpleNamespace(**vars(STATEMENT) | {"source": "an example of a letter"})
    shown = {
        "may review": _shown(may_review=True),
        "recorded by an editor": _shown(may_review=True, statement=sourced),
        "too old": _shown(may_review=False),
        "none": _shown(may_review=False, statement=None),
    }
    for title, person in shown.items():
        yield example("publishing/_reviewer_line.html", title, shown=person)
        yield example("publishing/_conflict_statement.html", title, shown=person)
    yield example("publishing/_reviewer_facts.html", "", reviewer=REVIEWER)
    yield example("publishing/_how_reviewed.html")
    subject = SimpleNamespace(get_absolute_url="#", shown_title="Example for an example")
    review = SimpleNamespace(
        subject=subject,
        revision_number=3,
        reviewed_on=REVIEWED,
        scope="Warnings and doses.",
        note="An example of a note to readers.",
    )
    yield example("publishing/_listed_review.html", "", review=review)
    yield example("about/_about_nav.html", "reviewers", here="reviewers")


def _notices() -> Iterator[Example]:
    work = SimpleNamespace(key="Example2020", short_name="Example 2020", retracted_on=None)
    notice = {"set_at": datetime(2026, 5, 4, 12, tzinfo=UTC), "text": "An example of a warning."}
    banners = [
        SimpleNamespace(subject_name="", work=None, **notice),
        SimpleNamespace(subject_name="Example remedy", work=work, **notice),
    ]
    yield example("components/_safety_banners.html", "site and remedy", banners=banners)
    yield example("components/_safety_banners.html", "nothing to warn of", banners=[])
