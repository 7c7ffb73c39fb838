"""Packs that people upload: kept with their plan until they are applied, a day at most."""

import re
import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import log_event
from accounts.models import User
from remedies.content.archive import read_archive
from remedies.content.files import read_pack
from remedies.content.load_plan import LoadPlan
from remedies.content.load_state import LoadOptions
from remedies.content.loading import load_pack
from remedies.content.pack import Pack
from remedies.content.planning import plan_load
from remedies.content.unchanged_rows import ChangedSincePlan
from remedies.models import UploadedPack
from remedies_site.exceptions import InvalidInput, NotPermitted
from remedies_site.markup import without_controls

MOST_KEPT = 3
"""Packs that one person may have waiting; the oldest goes for a new one."""
KEPT_FOR = timedelta(days=1)
_PATH = re.compile(r"(?:citations|circumstances|conditions)\.yaml|remedies/[a-z0-9-]{1,80}\.yaml")
_PERMISSIONS = (
    *("conditions.publish_condition", "remedies.publish_remedy"),
    "remedies.publish_remedyconditionentry",
)
Report = Callable[[int], None]


def may_load(user: User) -> bool:
    """Whether this person may upload packs: publishers may, editors save one page at a time."""
    return user.has_perms(_PERMISSIONS)


def read_upload(file: IO[bytes]) -> dict[str, str]:
    """The YAML files of an uploaded pack as texts, by path. Raises InvalidInput."""
    files = read_archive(file, (".yaml", ".yml"))
    for path in files:
        if not _PATH.fullmatch(path):
            raise InvalidInput(
                _("%(path)s is no file of a content pack: see docs/content-format.md.")
                % {"path": path}
            )
    try:
        return {path: content.decode("utf-8-sig") for path, content in files.items()}
    except UnicodeDecodeError as error:
        raise InvalidInput(_("The files of a pack are UTF-8; one of these is not.")) from error


def pack_of(files: Mapping[str, str]) -> Pack:
    """Read and check the files of a pack. Raises InvalidPack."""
    with tempfile.TemporaryDirectory(prefix="pack-") as folder:
        for path, text in files.items():
            target = Path(folder) / path
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return read_pack(Path(folder), partial=True)


def plan_of(
    pack: Pack, by: User, *, publishes: bool, report: Report = lambda _more: None
) -> LoadPlan:
    """What applying a pack would do now, in this person's name."""
    return plan_load(pack, LoadOptions(by=by, publishes=publishes), report).plan


@transaction.atomic
def keep_pack(
    files: Mapping[str, str], plan: LoadPlan, *, by: User, name: str, publishes: bool
) -> UploadedPack:
    """Keep a pack with its plan; old ones go."""
    delete_old_packs()
    earlier = UploadedPack.objects.filter(uploaded_by=by)
    surplus = earlier.values_list("pk", flat=True)[MOST_KEPT - 1 :]
    earlier.filter(pk__in=list(surplus)).delete()
    return UploadedPack.objects.create(
        uploaded_by=by,
        name=without_controls(name)[:200],
        publishes=publishes,
        files=dict(files),
        plan=plan.as_json(),
        digest=plan.digest,
    )


def delete_old_packs() -> None:
    """Delete packs that nobody applied within a day."""
    UploadedPack.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()


def plan_again(pack: UploadedPack, *, publishes: bool) -> None:
    """Replace the plan by one of this moment. Raises InvalidPack."""
    plan = plan_of(pack_of(pack.files), pack.uploaded_by, publishes=publishes)
    pack.publishes, pack.plan, pack.digest = publishes, plan.as_json(), plan.digest
    pack.save(update_fields=["publishes", "plan", "digest"])


def apply_pack(pack: UploadedPack, *, by: User, digest: str, note: str) -> LoadPlan:
    """Do what the plan says, all of it or nothing, in the name of the uploader; the pack is then gone.

    With REVIEW=two it becomes drafts that another person approves. Raises NotPermitted for anybody
    else; InvalidInput without a reason; ChangedSincePlan where the plan with this digest is not that of
    this moment; AlreadyRunning.
    """
    if by.pk != pack.uploaded_by_id or not may_load(by):
        raise NotPermitted(_("Whoever uploaded a pack applies it: the words count as theirs."))
    if not note.strip():
        raise InvalidInput(_("Say what changed and why: it is kept with every change."))
    if digest != pack.digest:
        raise ChangedSincePlan(_("This plan is not the newest one."))
    options = LoadOptions(by=by, publishes=pack.publishes, note=note.strip()[:400])
    with transaction.atomic():
        plan = load_pack(pack_of(pack.files), lambda _line: None, options, digest=digest)
        log_event("pack_applied", actor=by.pk, mode=plan.mode.value, **_numbers(plan))
        pack.delete()
    return plan


def _numbers(plan: LoadPlan) -> dict[str, int]:
    return {name: plan.counts[name] for name in ("new", "changed")}
