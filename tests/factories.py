"""Each makes the least valid object, and nothing clever. Names are unique by counting."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import Allowance, User
from accounts.services import add_member
from citations.models import Citation
from conditions.models import Condition
from conditions.services import publish_condition
from discussions.bodies import body_version, clean_body
from discussions.challenges.selectors import scope_of
from discussions.choices import State
from discussions.models import Challenge, Comment, Report
from discussions.models.challenge import ChallengedSubject
from discussions.services import count_replies, post_comment
from publishing.models import ClinicalReview, ConflictStatement, Reviewer, Revision, Subject
from publishing.reviewers.services import record_review
from remedies.choices import (
    Certainty,
    Direction,
    Effect,
    PrecautionKind,
    PrecautionSeverity,
    RemedyKind,
)
from remedies.models import EvidenceItem, Precaution, Remedy, RemedyConditionEntry
from remedies.services import publish_entry, publish_remedy

_numbers = count(1)
VERDICTS = {
    "no_studies": "There are no studies in people.",
    "very_low": "We do not know whether it helps.",
    "low": "There may be something to it.",
    "moderate": "There probably is something to it.",
}
PASSWORD = "a long enough password"


def log_in(client: Client, user: User) -> None:
    """Log in by the form, and give the password again, as a change of the address requires it."""
    client.post("/accounts/login/", {"login": user.name, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def make_user(role: str = "member", **values: Any) -> User:
    """A person who can log in with PASSWORD, past the limits of an account's first day."""
    number = next(_numbers)
    name = values.pop("name", f"person{number}")
    user = add_member(
        email=values.pop("email", f"{name}@example.org"),
        password=values.pop("password", PASSWORD),
        name=name,
        role=role,
    )
    user.joined_at -= values.pop("age", timedelta(days=2))
    user.save(update_fields=["joined_at"])
    return user


def make_citation(key: str = "", **values: Any) -> Citation:
    """A work that can be found."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "key": key or f"Work{number}",
        "title": f"Work number {number}",
        "url": f"https://example.org/works/{number}",
        "study_type": "randomised_trial",
        "year": 2020,
    }
    return Citation.objects.create(**defaults | values)


def make_condition(name: str = "", *, published: bool = True, **values: Any) -> Condition:
    """A condition, published unless told otherwise."""
    number = next(_numbers)
    name = name or f"Condition {number}"
    defaults: dict[str, Any] = {
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "category": "other",
        "one_line": f"What {name} is.",
    }
    condition = Condition.objects.create(**defaults | values)
    if published:
        publish_condition(condition, by=None)
    return condition


def make_remedy(name: str = "", *, published: bool = True, **values: Any) -> Remedy:
    """A remedy, published unless told otherwise."""
    number = next(_numbers)
    name = name or f"Remedy {number}"
    defaults: dict[str, Any] = {
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "kind": RemedyKind.OTHER.value,
        "one_line": f"What {name} is.",
    }
    remedy = Remedy.objects.create(**defaults | values)
    if published:
        publish_remedy(remedy, by=None)
    return remedy


def make_entry(
    remedy: Remedy | None = None,
    condition: Condition | None = None,
    *,
    published: bool = True,
    **values: Any,
) -> RemedyConditionEntry:
    """An entry with one warning, published unless told otherwise.

    Its grade is the `effect` and `certainty` it is given (certainty at most moderate): a review
    without numbers stands behind them, so that the editors' reading counts.
    """
    defaults: dict[str, Any] = {
        "remedy": remedy or make_remedy(),
        "condition": condition or make_condition(),
        "verdict": VERDICTS.get(values.get("certainty", ""), VERDICTS["very_low"]),
        "effect": Effect.UNKNOWN.value,
        "certainty": Certainty.VERY_LOW.value,
        "written_on": date(2026, 1, 1),
    }
    entry = RemedyConditionEntry.objects.create(**defaults | values)
    Precaution.objects.create(
        entry=entry,
        kind=PrecautionKind.CAUTION.value,
        severity=PrecautionSeverity.CAUTION.value,
        text="Ask a pharmacist about your other medicines.",
        checked=False,
    )
    if entry.certainty != Certainty.NO_STUDIES:
        EvidenceItem.objects.create(
            entry=entry,
            citation=make_citation(study_type="systematic_review", year=None),
            outcome="symptoms",
            direction=Direction.UNCLEAR.value,
            result="The review draws no number from its studies.",
        )
    if published:
        publish_entry(entry, by=None)
    return entry


def make_reviewer(
    *, statement: date | None = None, declares: bool = True, **values: Any
) -> Reviewer:
    """A made-up person who may review today, with a conflict statement of today or of another day."""
    number = next(_numbers)
    today = timezone.localdate()
    defaults: dict[str, Any] = {
        "public_name": f"Made-up Person {number}",
        "slug": f"made-up-person-{number}",
        "credential": "Made-up pharmacist",
        "credential_checked_on": today - timedelta(days=400),
        "credential_checked_in": "Register of made-up pharmacists",
        "is_shown": True,
    }
    user = values.pop("user", None) or make_user("reviewer")
    reviewer = Reviewer.objects.create(user=user, **defaults | values)
    if declares:
        ConflictStatement.objects.create(
            reviewer=reviewer,
            dated=statement or today,
            text="Made up: nothing to declare.",
            recorded_by=user,
        )
    return reviewer


def make_review(
    subject: Subject[Revision], *, by: Reviewer | None = None, scope: str = "The warnings."
) -> ClinicalReview:
    """A review of the current version, by a made-up reviewer unless told otherwise."""
    number = subject.revisions.latest("number").number
    return record_review(subject, by=(by or make_reviewer()).user, number=number, scope=scope)


def make_comment(
    subject: Remedy | RemedyConditionEntry | None = None,
    *,
    by: User | None = None,
    body: str = "",
    parent: Comment | None = None,
) -> Comment:
    """A visible comment by somebody who may write; past the limits, which have tests of their own.

    A moderator has let it through, whatever the rules notice in it; nothing of it waits.
    """
    author = by or make_user()
    body = body or f"Words number {next(_numbers)}."
    Allowance.objects.filter(user=author).delete()
    comment = post_comment(
        by=author,
        subject=subject or (parent.thread.subject if parent else make_entry()),
        body=body,
        parent=parent,
        checked=body_version(clean_body(body)),
    ).comment
    Report.objects.filter(comment=comment, is_automatic=True).delete()
    if not comment.is_visible:
        Comment.objects.filter(pk=comment.pk).update(state=State.VISIBLE)
        comment.state = State.VISIBLE
        if comment.parent:
            count_replies(comment.parent, +1)
    return comment


def make_challenge(
    subject: ChallengedSubject | None = None, *, by: User | None = None, **values: Any
) -> Challenge:
    """A public challenge that nobody has decided; past the rules, which have tests of their own."""
    subject = subject or make_entry()
    part = {Remedy: "general", Condition: "overview", RemedyConditionEntry: "verdict"}
    defaults: dict[str, Any] = {
        **scope_of(subject),
        "revision_number": 1,
        "part": part[type(subject)],
        "place": part[type(subject)],
        "kind": "correction",
        "text": f"Words number {next(_numbers)}.",
        "by": by or make_user(),
        "visibility": "visible",
    }
    return Challenge.objects.create(**defaults | values)
