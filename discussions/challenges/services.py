"""What members write to challenges. Raises subclasses of `remedies_site.exceptions.ServiceError`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from accounts.notifications.choices import NotificationKind
from accounts.notifications.services import notify
from accounts.rate_limits import POSTS, acquire
from accounts.sanctions.services import require_unsanctioned
from accounts.selectors import people_with_permission
from accounts.services import lock_member, require_consent
from citations.identifiers import MAX_LENGTHS, Identifier, doi_link, parse_identifier, url
from discussions.bodies import body_version
from discussions.challenges.choices import ChallengeKind, ChallengeState, Visibility
from discussions.challenges.claimed_parts import Claim, ClaimedPart, find_part
from discussions.challenges.selectors import claimed_revision, scope_of
from discussions.composer.findings import Finding, FindingKind
from discussions.composer.labels_of_kinds import kind_label
from discussions.composer.selectors import check_comment
from discussions.composer.services import NeedsCare
from discussions.composer.text_check import kinds_of
from discussions.models import Challenge
from discussions.models.challenge import ChallengedSubject
from discussions.policies import DUPLICATE_WINDOW, MAX_CHALLENGE, MAX_QUOTED, MOST_WAITING
from discussions.services import require_permission
from discussions.trust import Level, count_edit, level_of
from remedies_site.exceptions import InvalidInput
from remedies_site.markup import without_controls

_URGENT = {FindingKind.SELF_HARM, FindingKind.EMERGENCY}
_ADDRESSES: Mapping[str, Callable[[str], str]] = {
    "doi": doi_link,
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/".format,
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/".format,
    "nct": "https://clinicaltrials.gov/study/{}".format,
    "url": str,
}


@dataclass(frozen=True)
class WrittenChallenge:
    """What a form brings: the claim (`part`, `place`, `quote`) in revision `number`, and what is said of it."""

    number: int | None
    part: str
    place: str
    kind: str
    text: str
    quote: str = ""
    source: str = ""


def send_challenge(
    subject: ChallengedSubject,
    written: WrittenChallenge,
    *,
    by: User,
    consent: bool = False,
    checked: str = "",
) -> Challenge:
    """Challenge a claim, or name a source for it. Raises: InvalidInput, NeedsCare, NotPermitted, RateLimited.

    It is public at once, but for newcomers, and where the rules of the composer find something: then it
    waits until an editor has looked. The same one within DUPLICATE_WINDOW is returned instead of a second.
    `checked`: the `body_version` of the text that its author sends as it is.
    """
    text = _clean_text(written.text)
    number, part, claim = _find_claim(subject, written)
    quote = _clean_quote(written.quote, part, claim)
    source = read_source(written.source)
    if written.kind not in ChallengeKind.values:
        raise InvalidInput(_("Choose what you bring: a correction, or a source."))
    if written.kind == ChallengeKind.SOURCE and source is None:
        raise InvalidInput(_("Name the source: a DOI, a PubMed number or an address."))
    findings = check_comment(text, subject)  # before anybody waits for the transaction
    with transaction.atomic():
        require_consent(by, consent)
        require_unsanctioned(by)
        allowance = acquire(by, POSTS)
        if duplicate := _find_duplicate(subject, claim, text, by):
            return duplicate
        _require_room(by)
        if findings and checked != body_version(text):
            raise NeedsCare(text, findings)
        count_edit(allowance, by=by, body=text)
        challenge = Challenge.objects.create(
            **scope_of(subject),
            revision_number=number,
            part=part.key,
            place=claim.place,
            claim=claim.words,
            quote=quote,
            kind=written.kind,
            text=text,
            source_type=source.column if source else "",
            source=source.value if source else "",
            by=by,
            visibility=_first_visibility(findings, by),
            care="; ".join(kind_label(kind) for kind in kinds_of(findings))[:200],
        )
        log_event("challenge_sent", actor=by.pk, challenge=challenge.pk)
        _warn_of_danger(challenge, findings)
        return challenge


def read_source(text: str) -> Identifier | None:
    """The source that somebody typed, None where nothing was. Raises: InvalidInput, where it names none."""
    text = without_controls(text).strip()
    if not text:
        return None
    found = parse_identifier(text)
    if found is None and (address := url(text)):
        found = Identifier("url", address)
    if found is None or len(found.value) > MAX_LENGTHS[found.column]:
        raise InvalidInput(
            _("We cannot read this source. Give a DOI, a PubMed number or a whole address.")
        )
    return found


def source_url(challenge: Challenge) -> str:
    """Where the source of a challenge is; empty without one."""
    return _ADDRESSES[challenge.source_type](challenge.source) if challenge.source else ""


def _clean_text(text: str) -> str:
    text = without_controls(text.replace("\r\n", "\n")).strip()
    if not text:
        raise InvalidInput(_("Write something first."))
    if len(text) > MAX_CHALLENGE:
        raise InvalidInput(
            _("This has %(count)s characters; %(most)s are the most.")
            % {"count": len(text), "most": MAX_CHALLENGE}
        )
    return text


def _find_claim(
    subject: ChallengedSubject, written: WrittenChallenge
) -> tuple[int, ClaimedPart, Claim]:
    """The number of the revision, and the claim there."""
    revision = claimed_revision(subject, written.number)
    part = find_part(revision[1], written.part) if revision else None
    claim = part.find(written.place) if part else None
    if revision is None or part is None or claim is None:
        raise InvalidInput(_("Choose the claim that you mean."))
    return revision[0], part, claim


def _clean_quote(quote: str, part: ClaimedPart, claim: Claim) -> str:
    quote = " ".join(without_controls(quote).split())
    if len(quote) > MAX_QUOTED:
        raise InvalidInput(_("Quote fewer words: the sentence that you mean is enough."))
    if quote and not part.holds(quote, claim):
        raise InvalidInput(
            _(
                "These words do not stand in the claim that you chose. Copy them from it, or quote none."
            )
        )
    return quote


def _find_duplicate(
    subject: ChallengedSubject, claim: Claim, text: str, by: User
) -> Challenge | None:
    return Challenge.objects.filter(
        **scope_of(subject),
        by=by,
        place=claim.place,
        text=text,
        created_at__gt=timezone.now() - DUPLICATE_WINDOW,
    ).first()


def _require_room(by: User) -> None:
    waiting = Challenge.objects.filter(by=by, state=ChallengeState.OPEN)
    if level_of(by) is not Level.STAFF and waiting.count() >= MOST_WAITING:
        raise InvalidInput(
            _(
                "%(count)s challenges of yours still wait for an answer. Please wait for one of these first."
            )
            % {"count": MOST_WAITING}
        )


def _first_visibility(findings: list[Finding], by: User) -> Visibility:
    waits = bool(findings) or level_of(by) is Level.NEWCOMER
    return Visibility.HELD if waits else Visibility.VISIBLE


def _warn_of_danger(challenge: Challenge, findings: list[Finding]) -> None:
    """Tell every moderator at once where somebody may be in danger."""
    if _URGENT.intersection(kinds_of(findings)):
        notify(
            people_with_permission("discussions.moderate_comment"),
            NotificationKind.URGENT,
            title=_("Somebody may be in danger: please look at what they wrote now"),
            url=reverse("admin:discussions_challenge_change", args=[challenge.pk]),
        )


@transaction.atomic
def delete_challenge(challenge: Challenge, *, by: User) -> None:
    """Delete one's own challenge with the answer to it, at any time. Raises: NotPermitted."""
    lock_member(by)
    own = Challenge.objects.filter(pk=challenge.pk, by=by)
    require_permission(own.exists(), _("You can delete your own challenges only."))
    own.delete()
    log_event("challenge_deleted", actor=by.pk, challenge=challenge.pk)


def withdraw_challenges(user: User, *, words: bool) -> None:
    """Delete the challenges of a member who leaves; in the transaction of who locked the member.

    Without `words` those that are public stay, without a name.
    """
    own = Challenge.objects.filter(by=user)
    list(own.select_for_update().order_by("pk").values_list("pk"))
    (own if words else own.filter(~Q(visibility=Visibility.VISIBLE))).delete()
    own.update(by=None)
