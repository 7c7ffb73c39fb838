"""A populated site: the shipped content with members, votes, a discussion and unusual states.

For the browser tests, the HTML checker and the pictures in docs/. People and comments are made up, and
say so. `PAGE_TYPES` has a URL of every type of page, and who opens it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from accounts.models import SanctionKind, User
from accounts.notifications.unsubscribing import unsubscribe_url
from accounts.services import set_shows_comments
from conditions.models import Condition
from discussions.challenges.deciding import decide
from discussions.challenges.services import WrittenChallenge, send_challenge
from discussions.following.services import follow
from discussions.models import Challenge, Comment, Decision, Report
from discussions.moderation.appeals import appeal
from discussions.moderation.member_services import sanction_author
from discussions.moderation.services import remove_comment, report_comment
from discussions.services import delete_comment, vote_on_comment
from discussions.templatetags.discussions import comment_action
from publishing.models import Reviewer
from remedies.choices import Felt, Onset, TakenAs, TakenFor
from remedies.experience.services import ExperienceAnswers, report_experience
from remedies.models import Remedy, RemedyConditionEntry
from remedies.services import publish_entry, vote_on_entry, withdraw_entry
from search.models import PageRequest
from tests.factories import (
    make_comment,
    make_entry,
    make_remedy,
    make_review,
    make_reviewer,
    make_user,
)

LONG = "Unforeseeablyverylongwordwithoutasinglespaceinit" * 3


@dataclass(frozen=True)
class PopulatedSite:
    """The rows that the URLs of `PAGE_TYPES` are made from.

    `quiet` has no comments, `gone` is withdrawn by `populate`, `overdue` is past its review date.
    """

    member: User
    editor: User
    moderator: User
    entry: RemedyConditionEntry
    quiet: RemedyConditionEntry
    gone: RemedyConditionEntry
    overdue: RemedyConditionEntry
    comment: Comment
    own: Comment
    removed: Comment


def populate() -> PopulatedSite:
    """As `populate_activity`, with a withdrawn entry, an overdue one, and a remedy with a long name."""
    site = populate_activity()
    withdraw_entry(site.gone, by=site.editor, reason="It is being rewritten.")
    return replace(site, overdue=_overdue(site.entry.condition))


def populate_activity() -> PopulatedSite:
    """The content, which is loaded where the database is empty, with members' votes, comments and reports.

    The entry `gone` is still published, and `overdue` is the same as `entry`.
    """
    if not RemedyConditionEntry.objects.exists():
        call_command("load_content", "fixtures", verbosity=0)
    entries = {
        entry.condition.slug: entry
        for entry in RemedyConditionEntry.objects.filter(remedy__slug="magnesium").select_related(
            "remedy", "condition"
        )
    }
    legs = entries["restless-legs-syndrome"]
    people = [make_user(name=f"example-{number}") for number in range(1, 12)]
    editor = make_user("editor", name="example-editor")
    moderator = make_user("moderator", name="example-moderator")
    talk = _talk(legs, people, editor, moderator)
    _vote(legs, people)
    follow(legs.remedy, by=people[0])
    follow(talk["comment"].thread, by=people[0])
    set_shows_comments(people[0], shown=True)
    _report(legs, [*people, moderator])
    make_review(
        entries["asthma"], by=make_reviewer(user=make_user("reviewer", name="example-reviewer"))
    )
    _challenge(legs, people[0], editor)
    _ask()
    return PopulatedSite(
        member=people[0],
        editor=editor,
        moderator=moderator,
        entry=legs,
        quiet=entries["asthma"],
        gone=entries["insomnia"],
        overdue=legs,
        **talk,
    )


def _talk(
    entry: RemedyConditionEntry, people: list[User], editor: User, moderator: User
) -> dict[str, Comment]:
    """A thread of depth five, a long word, an editor's reply, a removed and a deleted comment."""
    one, two, three, *_others = people
    first = make_comment(
        entry, by=two, body="An **example** of a comment: what I took, for how long, what happened."
    )
    answer = make_comment(by=three, parent=first, body="An example of a reply, with a question?")
    parent = answer
    for author in (two, three, one, two):
        parent = make_comment(by=author, parent=parent, body="An example of a reply to that reply.")
    make_comment(by=editor, parent=first, body="An example of an editor's reply.")
    own = make_comment(entry, by=one, body=f"An example of the member's own comment. {LONG}")
    gone = make_comment(entry, by=three, body="An example that a moderator removed.")
    make_comment(by=two, parent=gone, body="An example of a reply that stays below it.")
    remove_comment(gone, by=moderator, reason="dose")
    deleted = make_comment(by=three, parent=first, body="An example that its author deleted.")
    make_comment(by=two, parent=deleted, body="An example of a reply below a deleted one.")
    delete_comment(deleted, by=three)
    for number in range(6):
        make_comment(by=people[4 + number], parent=own, body=f"Example reply {number + 1}.")
    make_comment(entry.remedy, by=two, body="An example of a comment on the remedy as a whole.")
    vote_on_comment(first, by=one, value=1, consent=True)
    report_comment(
        own, by=two, reason="off_topic", detail="An example of what somebody says about it."
    )
    report_comment(first, by=one, reason="other", detail="An example of a report.")
    sanction_author(own, by=moderator, kind=SanctionKind.REMINDER, reason="An example of a reason.")
    appeal(gone.decisions.get(), by=three, text="An example of why it is wrong.")
    return {"comment": first, "own": own, "removed": gone}


def _vote(entry: RemedyConditionEntry, people: list[User]) -> None:
    for number, person in enumerate(people):
        vote_on_entry(entry, by=person, value=-1 if number % 3 == 1 else 1, consent=True)


def _challenge(entry: RemedyConditionEntry, member: User, editor: User) -> None:
    """An open one that waits for an editor, an accepted one with a source, and a declined one on a remedy."""
    correction = WrittenChallenge(None, "doses", "doses", "correction", f"An example. {LONG}")
    send_challenge(entry, correction, by=member)
    source = WrittenChallenge(
        None, "verdict", "verdict:1", "source", "An example of a source.", source="10.1000/example"
    )
    accepted = send_challenge(entry, source, by=member)
    decide(accepted, by=editor, accept=True, answer="An example of an answer.")
    on_remedy = WrittenChallenge(None, "general", "general", "correction", "An example.")
    declined = send_challenge(entry.remedy, on_remedy, by=member)
    decide(declined, by=editor, accept=False, answer="An example of why not.")


def _ask() -> None:
    """What readers asked for: often enough, and planned."""
    PageRequest.objects.create(folded="example herb", words="Example herb", asks=4)
    PageRequest.objects.create(
        folded="nothing of the kind", words="nothing-of-the-kind", state="planned", listing="shown"
    )


def _report(entry: RemedyConditionEntry, people: list[User]) -> None:
    """Experience reports, one a person: enough of them to show percentages."""
    for number, person in enumerate(people):
        stopped = number % 4 == 3
        answers: ExperienceAnswers = {
            "form": TakenAs.values[number % 3],
            "dose_amount": None,
            "dose_unit": "",
            "times_per_day": None,
            "duration": TakenFor.values[number % 5],
            "outcome": Felt.values[number % 4],
            "onset": Onset.values[number % 5],
            "side_effects": ["gut", "sleep"] if number % 3 == 2 else ["none"],
            "stopped": stopped,
            "stop_reason": "no_effect" if stopped else "",
        }
        report_experience(entry, by=person, consent=True, answers=answers)


def _overdue(condition: Condition) -> RemedyConditionEntry:
    """An entry past its review date, of a remedy with a long name and a longer word."""
    remedy: Remedy = make_remedy("Example remedy with a long name Hydroxypropylmethylcellulose")
    entry = make_entry(
        remedy,
        condition,
        published=False,
        written_on=date(2020, 1, 1),
        review_due=date(2022, 1, 1),
    )
    publish_entry(entry, by=None)
    entry.verdict = "We do not know yet whether it helps."
    entry.save()
    entry.precautions.create(
        kind="caution",
        severity="ask",
        who="you take other medicines",
        text="Ask a pharmacist first.",
        checked=False,
    )
    publish_entry(entry, by=None, note="An example of a second version.")
    return entry


@dataclass(frozen=True)
class PageType:
    """A type of page: its URL, who opens it, and the status of the response."""

    name: str
    address: Callable[[PopulatedSite], str]
    viewer: str = "anybody"  # or "member", "editor", "moderator"
    status: int = 200

    def person(self, site: PopulatedSite) -> User | None:
        """The member or editor who opens it; None for an anonymous reader."""
        return None if self.viewer == "anybody" else getattr(site, self.viewer)


def _named(name: str, query: str = "") -> Callable[[PopulatedSite], str]:
    return lambda _site: reverse(name) + query


def _thread(part: str) -> Callable[[PopulatedSite], str]:
    """The URL that a comment redirects to: its page, with its thread alone."""

    def address(site: PopulatedSite) -> str:
        comment = getattr(site, part)
        return f"{comment.thread.page_url}?thread={comment.root_id or comment.pk}"

    return address


def _of(part: str, after: str = "") -> Callable[[PopulatedSite], str]:
    return lambda site: getattr(site, part).get_absolute_url() + after


def _compared(query: str) -> Callable[[PopulatedSite], str]:
    return lambda site: reverse("compare", args=[site.entry.condition.slug]) + query


def _unsubscribe_path(site: PopulatedSite) -> str:
    return unsubscribe_url(site.member, "reply").removeprefix(settings.SITE_URL)


def _condition_of_entry(site: PopulatedSite) -> str:
    return site.entry.condition.get_absolute_url()


_UNKNOWN_LINK = "/accounts/notifications/unsubscribe/nonsense/"


def _quoted(site: PopulatedSite) -> str:
    return f"{comment_action(site.entry)}?parent={site.comment.pk}&quote=1"


def _moderated(site: PopulatedSite) -> str:
    return reverse("moderation_decide", args=[site.own.pk])


def _stated(site: PopulatedSite) -> str:
    return Decision.objects.filter(comment=site.own).latest("pk").get_absolute_url()


def _reported(site: PopulatedSite) -> str:
    report = Report.objects.filter(reporter=site.member).latest("pk")
    return reverse("report_withdraw", args=[report.pk])


def _challenge_of(state: str, after: str = "") -> Callable[[PopulatedSite], str]:
    """A challenge of the member in a state."""
    return lambda site: (
        Challenge.objects.filter(by=site.member, state=state).latest("pk").get_absolute_url()
        + after
    )


def _profile(site: PopulatedSite) -> str:
    return reverse("member", args=[site.member.name])


ANYBODY = [
    PageType("home", _named("home")),
    PageType("remedies", _named("remedies")),
    PageType("conditions", _named("conditions")),
    PageType("remedies of a kind", _named("remedies", "?kind=mineral")),
    PageType("conditions, none", _named("conditions", "?category=other")),
    PageType("recently reviewed", _named("recently_reviewed")),
    PageType("recently corrected", _named("recently_corrected")),
    PageType("remedy", lambda site: site.entry.remedy.get_absolute_url()),
    PageType("entry", _of("entry")),
    PageType("entry without comments, reviewed", _of("quiet")),
    PageType("entry in discussion order", _of("entry", "?order=new")),
    PageType("entry revision", _of("entry", "r/1/")),
    PageType("why this grade", _of("entry", "grade/")),
    PageType("history", _of("overdue", "history/")),
    PageType("difference", _of("overdue", "history/1...2/")),
    PageType("history of a remedy", lambda site: f"{site.entry.remedy.url_below}history/"),
    PageType("overdue entry", _of("overdue")),
    PageType("withdrawn entry", _of("gone"), status=410),
    PageType("condition", lambda site: site.entry.condition.get_absolute_url()),
    PageType("avoid", lambda site: reverse("avoid", args=[site.entry.condition.slug])),
    PageType("compare", _compared("?r=magnesium&r=iron")),
    PageType("compare chooser", _compared("?r=magnesium"), status=400),
    PageType("evidence map", _named("evidence_map")),
    PageType("discussion", _thread("comment")),
    PageType("tombstone", _thread("removed")),
    PageType("report", _of("comment", "report/")),
    PageType("search", _named("search", "?q=magnesium")),
    PageType("search with a wrong letter", _named("search", "?q=magnesum")),
    PageType("reference", lambda _site: reverse("reference", args=["Jadidi2022"])),
    PageType("search without results", _named("search", "?q=nothing-of-the-kind")),
    PageType("search without words", _named("search")),
    PageType("check", _named("check", "?r=magnesium")),
    PageType("about", _named("about")),
    PageType("privacy", _named("privacy")),
    PageType("open data", _named("api_page")),
    PageType("grading", _named("grading")),
    PageType("rules", _named("rules")),
    PageType("editorial policy", _named("editorial_policy")),
    PageType("accessibility", _named("accessibility")),
    PageType("licence", _named("data_licence")),
    PageType("help now", _named("help_now")),
    PageType("criteria", _named("criteria")),
    PageType("trust", _named("trust")),
    PageType("moderation log", _named("moderation_log")),
    PageType("reviewers", _named("reviewers")),
    PageType("reviewer", lambda _site: Reviewer.objects.get().get_absolute_url()),
    PageType("challenge a claim", _of("entry", "challenge/?p=evidence")),
    PageType("challenge, which part", _of("entry", "challenge/")),
    PageType("challenges of an entry", _of("entry", "challenges/")),
    PageType(
        "challenges of a remedy", lambda site: f"/remedies/{site.entry.remedy.slug}/-/challenges/"
    ),
    PageType("challenges", _named("challenges")),
    PageType("challenge", _challenge_of("accepted")),
    PageType("requests", _named("requests")),
    PageType("ask for a page", _named("ask", "?q=nothing")),
    PageType("profile", _profile),
    PageType("profile without a list", lambda site: reverse("member", args=[site.editor.name])),
    PageType("log-in", _named("account_login")),
    PageType("sign-up", _named("account_signup")),
    PageType("password reset", _named("account_reset_password")),
    PageType("not found", lambda _site: "/no/such/page/", status=404),
]
MEMBERS = [
    PageType("home, member", _named("home"), viewer="member"),
    PageType("remedy, member", lambda site: site.entry.remedy.get_absolute_url(), viewer="member"),
    PageType("entry, member", _of("entry"), viewer="member"),
    PageType("discussion, member", _thread("comment"), viewer="member"),
    PageType("reply with a quote", _quoted, viewer="member"),
    PageType("edit", _of("own", "edit/"), viewer="member"),
    PageType("challenge, member", _of("entry", "challenge/?p=doses"), viewer="member"),
    PageType("challenge that waits", _challenge_of("open"), viewer="member"),
    PageType("challenge delete", _challenge_of("open", "delete/"), viewer="member"),
    PageType("delete", _of("own", "delete/"), viewer="member"),
    PageType("experience report", _of("entry", "experience/"), viewer="member"),
    PageType("experience delete", _of("entry", "experience/delete/"), viewer="member"),
    PageType("account", _named("account"), viewer="member"),
    PageType("own profile", _profile, viewer="member"),
    PageType("choice of the profile", _named("account_profile"), viewer="member"),
    PageType("rename", _named("account_rename"), viewer="member"),
    PageType("colours", _named("account_colours"), viewer="member"),
    PageType("e-mail", _named("account_email"), viewer="member"),
    PageType("password", _named("account_change_password"), viewer="member"),
    PageType("second step", _named("mfa_index"), viewer="member"),
    PageType("passkeys", _named("mfa_list_webauthn"), viewer="member"),
    PageType("sessions", _named("account_sessions"), viewer="member"),
    PageType("notifications", _named("notifications"), viewer="member"),
    PageType("no notifications", _named("notifications"), viewer="editor"),
    PageType("mails about them", _named("notification_settings"), viewer="member"),
    PageType("unsubscribe", _unsubscribe_path),
    PageType("unknown unsubscribe", lambda _site: _UNKNOWN_LINK, status=404),
    PageType("condition, member", _condition_of_entry, viewer="member"),
    PageType("own data", _named("account_data"), viewer="member"),
    PageType("consent", _named("account_consent"), viewer="member"),
    PageType("delete the account", _named("account_delete"), viewer="member"),
    PageType("deletion planned", _named("account_deletion_planned")),
    PageType("log-out", _named("account_logout"), viewer="member"),
    PageType("moderation queue", _named("moderation"), viewer="moderator"),
    PageType("moderation of one", _moderated, viewer="moderator"),
    PageType("appeals", _named("moderation_appeals"), viewer="moderator"),
    PageType("bursts of votes", _named("moderation_bursts"), viewer="moderator"),
    PageType("statement of reasons", _stated, viewer="member"),
    PageType("withdrawal of a report", _reported, viewer="member"),
    PageType("draft entry, editor", _of("entry", "?draft"), viewer="editor"),
    PageType("entry, editor", _of("entry"), viewer="editor"),
]
PAGE_TYPES = [*ANYBODY, *MEMBERS]
