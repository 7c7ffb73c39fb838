"""The groups of staff with their permissions, written as strings: the models are in packages above."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from accounts.choices import PublicRole

_SUBJECTS = ("conditions.condition", "remedies.remedy", "remedies.remedyconditionentry")
_ROWS = (
    "conditions.redflag",
    "conditions.firstcare",
    "remedies.intakelimit",
    "remedies.intakegap",
    "remedies.interaction",
    "remedies.precaution",
    "remedies.product",
    "remedies.evidenceitem",
    "remedies.doseregimen",
    "remedies.entryjudgement",
    "remedies.smallestdifference",
    "remedies.guideline",
    "remedies.nextstep",
)
_REVISIONS = (
    "conditions.conditionrevision",
    "remedies.remedyrevision",
    "remedies.entryrevision",
)
_ROW_REVISIONS = ("publishing.citationrevision", "remedies.circumstancerevision")
_MERGE = "publishing.merge"


def _permissions(models: tuple[str, ...], *actions: str) -> list[str]:
    return [
        f"{app}.{action}_{model}"
        for app, model in (name.split(".") for name in models)
        for action in actions
    ]


_REVIEWERS = (
    "publishing.reviewer",
    "publishing.conflictstatement",
    "publishing.clinicalreview",
)

EDITOR = [
    *_permissions(_SUBJECTS, "add", "change", "view", "withdraw"),
    *_permissions(("citations.citation",), "add", "change", "view"),
    *_permissions(("remedies.circumstance",), "add", "change", "view"),
    *_permissions(_ROWS, "add", "change", "delete", "view"),
    *_permissions((*_REVISIONS, *_ROW_REVISIONS, "publishing.submission", _MERGE), "view"),
    *_permissions((*_REVIEWERS, "publishing.safetybanner"), "view"),
    *_permissions(("publishing.safetybanner",), "confirm"),
    *_permissions(("discussions.challenge",), "view", "decide"),
    *_permissions(("search.pagerequest",), "view", "change", "delete"),
]
PUBLISHER = [
    *EDITOR,
    *_permissions(_SUBJECTS, "publish"),
    *_permissions((*_ROW_REVISIONS, _MERGE), "approve"),
    *_permissions(("publishing.reviewer",), "add", "change"),
    *_permissions(("publishing.safetybanner",), "set"),
]
REVIEWER = [
    *_permissions(_SUBJECTS, "view"),
    *_permissions(_REVIEWERS, "view"),
    "publishing.review_pages",
]
MODERATOR = [
    *_permissions(_SUBJECTS, "view"),
    *_permissions(("discussions.comment",), "view", "moderate"),
    *_permissions(("discussions.report", "discussions.challenge"), "view"),
]
ROLES = {
    "editor": EDITOR,
    "publisher": PUBLISHER,
    "reviewer": REVIEWER,
    "moderator": MODERATOR,
}
"""The permissions of each role. Publishers approve the work of editors where REVIEW=two.

Reviewers look at pages and review them in their own name; they edit nothing.
"""
PUBLIC_ROLES = {
    "editor": PublicRole.EDITOR,
    "publisher": PublicRole.EDITOR,
    "moderator": PublicRole.MODERATOR,
}
"""What readers are told of a new account with the role."""


def refresh_roles(**_kwargs: object) -> None:
    """Create or update the groups with their permissions; a receiver of `post_migrate`."""
    for role, names in ROLES.items():
        group, _created = Group.objects.get_or_create(name=role)
        in_role = Q(pk__in=[])
        for name in names:
            app, codename = name.split(".")
            in_role |= Q(content_type__app_label=app, codename=codename)
        group.permissions.set(Permission.objects.filter(in_role))
