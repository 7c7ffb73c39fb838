"""Setting, confirming and lifting safety notices.

A publisher sets one alone and at once, also with REVIEW=two: readers must not wait for a second person
to be warned. That person looks at it afterwards.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from accounts.services import lock_member
from citations.models import Citation
from publishing.models import LONGEST_BANNER, Revision, SafetyBanner, Subject
from remedies_site.exceptions import InvalidInput, NotPermitted
from remedies_site.markup import without_controls

SET = "publishing.set_safetybanner"
CONFIRM = "publishing.confirm_safetybanner"
_LONGEST_REASON = 400


def set_banner(
    subject: Subject[Revision] | None,
    *,
    by: User,
    text: str,
    work: Citation | None = None,
    replaced_reason: str = "",
) -> SafetyBanner:
    """Put a safety notice on the pages of a subject, or on the whole site (None); readers see it at once.

    Where one stands already, it is lifted with `replaced_reason` in the same moment. Raises
    NotPermitted or InvalidInput.
    """
    text = " ".join(without_controls(text).split())
    if not text:
        raise InvalidInput(_("Write what readers have to know."))
    if len(text) > LONGEST_BANNER:
        raise InvalidInput(
            _("A safety notice has at most %(most)s characters.") % {"most": LONGEST_BANNER}
        )
    if work is not None and work.retracted_on is not None:
        raise InvalidInput(_("This work was retracted: name another source, or none."))
    try:
        return _set(subject, by=by, text=text, work=work, replaced_reason=replaced_reason)
    except IntegrityError as error:
        raise InvalidInput(
            _("Somebody set a safety notice here in this moment. Look at it first.")
        ) from error


@transaction.atomic
def _set(
    subject: Subject[Revision] | None,
    *,
    by: User,
    text: str,
    work: Citation | None,
    replaced_reason: str,
) -> SafetyBanner:
    lock_member(by)
    _require(by, SET, _("Only a publisher sets a safety notice."))
    standing = standing_banner(subject)
    if standing is not None:
        _lift(standing, by, replaced_reason)
    banner = SafetyBanner.objects.create(
        whole_site=subject is None,
        content_type=ContentType.objects.get_for_model(subject) if subject else None,
        object_id=subject.pk if subject else None,
        subject_name=(subject.shown_title or str(subject)) if subject else "",
        text=text,
        work=work,
        set_by=by,
    )
    _log("safety_banner_set", banner, by)
    return banner


def standing_banner(subject: Subject[Revision] | None) -> SafetyBanner | None:
    """The one that stands on a subject, or on the whole site (None)."""
    rows = SafetyBanner.objects.filter(lifted_at__isnull=True)
    if subject is None:
        return rows.filter(whole_site=True).first()
    meta = subject._meta
    return rows.filter(
        content_type__app_label=meta.app_label,
        content_type__model=meta.model_name,
        object_id=subject.pk,
    ).first()


@transaction.atomic
def lift_banner(banner: SafetyBanner, *, by: User, reason: str) -> SafetyBanner:
    """Take a safety notice from the pages; it stays on record with the reason.

    Raises NotPermitted, or InvalidInput where the reason is missing or somebody lifted it before.
    """
    lock_member(by)
    _require(by, SET, _("Only a publisher lifts a safety notice."))
    locked = SafetyBanner.objects.select_for_update(of=("self",)).get(pk=banner.pk)
    return _lift(locked, by, reason)


def _lift(banner: SafetyBanner, by: User, reason: str) -> SafetyBanner:
    reason = " ".join(without_controls(reason).split())[:_LONGEST_REASON]
    if not banner.is_active:
        raise InvalidInput(_("It was lifted already."))
    if not reason:
        raise InvalidInput(_("Say why it is lifted: the reason stays on record."))
    banner.lifted_by, banner.lifted_at, banner.lifted_reason = by, timezone.now(), reason
    banner.save(update_fields=["lifted_by", "lifted_at", "lifted_reason"])
    _log("safety_banner_lifted", banner, by)
    return banner


@transaction.atomic
def confirm_banner(banner: SafetyBanner, *, by: User) -> SafetyBanner:
    """Record that a second person looked at a safety notice. Raises NotPermitted or InvalidInput."""
    lock_member(by)
    locked = SafetyBanner.objects.select_for_update(of=("self",)).get(pk=banner.pk)
    if message := confirmation_error(locked, by):
        raise NotPermitted(message)
    if locked.confirmed_at is not None:
        raise InvalidInput(_("Somebody looked at it already."))
    locked.confirmed_by, locked.confirmed_at = by, timezone.now()
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    _log("safety_banner_confirmed", locked, by)
    return locked


def confirmation_error(banner: SafetyBanner, by: User) -> str:
    """Why this person may not confirm a notice; empty where they may."""
    if not by.has_perm(CONFIRM):
        return _("Only editors and publishers confirm a safety notice.")
    if banner.set_by_id == by.pk:
        return _("A second person has to look at it: you set it.")
    return ""


def _require(person: User, permission: str, message: str) -> None:
    if not person.has_perm(permission):
        raise NotPermitted(message)


def _log(name: str, banner: SafetyBanner, by: User) -> None:
    log_event(name, actor=by.pk, number=banner.pk)
