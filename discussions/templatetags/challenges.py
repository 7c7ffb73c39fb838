"""Template tags of challenges, for pages of other packages too."""

from django import template
from django.template import RequestContext
from django.urls import reverse

from accounts.decorators import current_member
from conditions.models import Condition
from discussions.challenges.selectors import challenges_by, credits_of, waiting_about
from discussions.challenges.services import source_url
from discussions.models import Challenge
from discussions.models.challenge import ChallengedSubject
from remedies.models import Remedy

register = template.Library()
register.filter("source_url", source_url)


@register.simple_tag
def challenge_url(subject: ChallengedSubject) -> str:
    """The form to challenge a claim of the subject's page."""
    return _subject_url(subject, "challenge")


@register.simple_tag
def challenges_url(subject: ChallengedSubject) -> str:
    """The list of what readers said about the subject's page."""
    return _subject_url(subject, "challenges")


@register.simple_tag
def revision_url(challenge: Challenge) -> str:
    """The version of the page that followed from a challenge."""
    subject, number = challenge.subject, challenge.credited_number
    if isinstance(subject, Remedy):
        return reverse("remedy_revision", args=[subject.slug, number])
    if isinstance(subject, Condition):
        return reverse("condition_revision", args=[subject.slug, number])
    slugs = [subject.remedy.slug, subject.condition.slug]
    return reverse("entry_revision", args=[*slugs, number])


def _subject_url(subject: ChallengedSubject, word: str) -> str:
    joined = "_of_" if word == "challenges" else "_"
    if isinstance(subject, Remedy):
        return reverse(f"{word}{joined}remedy", args=[subject.slug])
    if isinstance(subject, Condition):
        return reverse(f"{word}{joined}condition", args=[subject.slug])
    return reverse(f"{word}{joined}entry", args=[subject.remedy.slug, subject.condition.slug])


@register.inclusion_tag("discussions/challenges/_prompted_by.html")
def prompted_by(subject: ChallengedSubject, number: int) -> dict[str, object]:
    """Whom the revision with this number names: the readers whose challenges prompted it."""
    return {"challenges": credits_of(subject, [number]).get(number, [])}


@register.simple_tag
def subject_credits(subject: ChallengedSubject) -> dict[int, list[Challenge]]:
    """The challenges that prompted each revision, for `credited_readers`; one query for all."""
    return credits_of(subject)


@register.inclusion_tag("discussions/challenges/_prompted_by.html")
def credited_readers(credited: dict[int, list[Challenge]], number: int) -> dict[str, object]:
    """As `prompted_by`, from what `subject_credits` gave."""
    return {"challenges": credited.get(number, [])}


@register.inclusion_tag("discussions/challenges/_own_challenges.html", takes_context=True)
def own_challenges(context: RequestContext) -> dict[str, object]:
    """The member's own challenges, each with its state and a link to delete it."""
    challenges, total = challenges_by(current_member(context.request))
    return {"challenges": challenges, "total": total}


@register.inclusion_tag("admin/_waiting_challenges.html")
def waiting_challenges(subject: ChallengedSubject | None) -> dict[str, object]:
    """What readers said about a subject, for whoever edits it; nothing while it is not stored."""
    return {"challenges": waiting_about(subject) if subject and subject.pk else []}
