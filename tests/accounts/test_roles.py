import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from accounts.roles import EDITOR, MODERATOR, PUBLISHER, REVIEWER, ROLES, refresh_roles
from publishing.models import Revision, Subject
from remedies_site.voting import Vote
from tests.factories import make_user

pytestmark = pytest.mark.django_db
DERIVED_OR_MEMBERS = {
    *("OldAddress", "SearchItem", "Mention", "LinkCheck", "LintReport"),
    *("ExperienceReport", "ReportedSideEffect"),
    *("FormerKey", "UploadedPack"),
}
CURATED = [
    model
    for label in ("citations", "conditions", "remedies")
    for model in apps.get_app_config(label).get_models()
    if not issubclass(model, Revision | Vote)
    and not model.__name__.endswith("Revision")
    and model.__name__ not in DERIVED_OR_MEMBERS
]
SUBJECTS = [model for model in CURATED if issubclass(model, Subject)]


def rights_of(role: str) -> set[str]:
    permissions = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{right.content_type.app_label}.{right.codename}" for right in permissions}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_just_its_rights(role):
    assert rights_of(role) == set(ROLES[role])
    assert make_user(role).get_all_permissions() == set(ROLES[role])


def test_every_right_is_one_that_exists():
    known = {
        f"{right.content_type.app_label}.{right.codename}"
        for right in Permission.objects.select_related("content_type")
    }
    assert {*EDITOR, *PUBLISHER, *REVIEWER, *MODERATOR} <= known


@pytest.mark.parametrize("model", CURATED, ids=lambda model: model.__name__)
def test_an_editor_can_make_and_change_whatever_is_curated(model):
    label, name = model._meta.app_label, model._meta.model_name
    assert {f"{label}.{action}_{name}" for action in ("add", "change", "view")} <= set(EDITOR)


@pytest.mark.parametrize("model", SUBJECTS, ids=lambda model: model.__name__)
def test_an_editor_withdraws_but_never_deletes_nor_approves(model):
    label, name = model._meta.app_label, model._meta.model_name
    assert f"{label}.withdraw_{name}" in EDITOR
    assert not {f"{label}.delete_{name}", f"{label}.publish_{name}"} & set(EDITOR)
    assert f"{label}.publish_{name}" in PUBLISHER


def test_an_editor_has_no_right_over_people_or_history():
    apart = {right for right in PUBLISHER if right.startswith(("accounts.", "auth."))}
    assert apart == set()
    history = {right for right in PUBLISHER if "revision" in right}
    assert {right.split(".")[1].split("_")[0] for right in history} == {"view", "approve"}
    assert not {right for right in EDITOR if "revision" in right and "view" not in right}


def test_a_moderator_looks_at_everything_and_moderates_comments():
    actions = {right.split(".")[1].split("_")[0] for right in MODERATOR}
    assert actions == {"view", "moderate"}
    assert {right for right in MODERATOR if "moderate" in right} == {"discussions.moderate_comment"}


def test_a_reviewer_looks_at_pages_and_reviews_them_and_edits_nothing():
    actions = {right.split(".")[1].split("_")[0] for right in REVIEWER}
    assert actions == {"view", "review"}


def test_an_editor_confirms_a_safety_notice_and_a_publisher_alone_sets_one():
    notices = {right for right in PUBLISHER if "safetybanner" in right} - set(EDITOR)
    assert notices == {"publishing.set_safetybanner"}
    assert "publishing.confirm_safetybanner" in EDITOR


def test_a_migration_gives_each_role_its_rights_back_and_takes_others_away():
    editor = Group.objects.get(name="editor")
    editor.permissions.set(Permission.objects.filter(codename="delete_user"))
    Group.objects.get(name="moderator").delete()
    refresh_roles()
    assert rights_of("editor") == set(EDITOR)
    assert rights_of("moderator") == set(MODERATOR)
