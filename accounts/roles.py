"""The groups of staff and just the rights each needs. Rights are named as text: the tables they
are about stand above this package."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

_SUBJECTS = ("conditions.condition", "remedies.remedy", "remedies.remedyconditionentry")
_ROWS = (
    "conditions.redflag",
    "conditions.firstcare",
    "remedies.intakelimit",
    "remedies.interaction",
    "remedies.precaution",
    "remedies.product",
    "remedies.evidenceitem",
    "remedies.doseregimen",
    "remedies.entryjudgement",
)
_REVISIONS = (
    "conditions.conditionrevision",
    "remedies.remedyrevision",
    "remedies.entryrevision",
)


def _rights(models: tuple[str, ...], *actions: str) -> list[str]:
    return [
        f"{app}.{action}_{model}"
        for app, model in (name.split(".") for name in models)
        for action in actions
    ]


EDITOR = [
    *_rights(_SUBJECTS, "add", "change", "view", "withdraw"),
    *_rights(("citations.citation",), "add", "change", "view"),
    *_rights(("remedies.circumstance",), "add", "change", "view"),
    *_rights(_ROWS, "add", "change", "delete", "view"),
    *_rights(_REVISIONS, "view"),
]
PUBLISHER = [*EDITOR, *_rights(_SUBJECTS, "publish")]
MODERATOR = [
    *_rights(_SUBJECTS, "view"),
    *_rights(("discussions.comment",), "view", "moderate"),
    *_rights(("discussions.report",), "view"),
]
ROLES = {"editor": EDITOR, "publisher": PUBLISHER, "moderator": MODERATOR}
"""Role name to its rights. Publishers approve what editors wrote where REVIEW=two."""


def refresh_roles(**_kwargs: Any) -> None:
    """Make the groups and give them their rights; after every migration, so none is forgotten."""
    for role, rights in ROLES.items():
        group, _made = Group.objects.get_or_create(name=role)
        wanted = Q(pk__in=[])
        for right in rights:
            app, codename = right.split(".")
            wanted |= Q(content_type__app_label=app, codename=codename)
        group.permissions.set(Permission.objects.filter(wanted))
